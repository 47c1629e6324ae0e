"""The layouts of docs/scale.md, each judged by the validator of whoever reads it, and by what we know."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import kubernetes_validate
import pytest
import yaml

from config.settings import Settings
from tests.servers.absence import report_absent

ROOT = Path(__file__).parents[2]
COMPOSE, DOCKERFILE = ROOT / "compose.yaml", ROOT / "Dockerfile"
MANIFESTS = sorted((ROOT / "deploy/kubernetes").glob("*.yaml"))
UNIT = ROOT / "deploy/systemd/etalase.service"
KUBERNETES = ("1.29", "1.37")
"""The oldest and the newest version that the manifests are for."""


def run(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def judge_compose(file: Path) -> "subprocess.CompletedProcess[str]":
    return run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", file)


def judge_dockerfile(file: Path) -> "subprocess.CompletedProcess[str]":
    return run(Path(sys.executable).with_name("hadolint"), file)


def judge_unit(file: Path, folder: Path) -> str:
    """Return what systemd says against a unit, whose program it wants to find where the unit says."""
    program = shutil.which("systemd-analyze")
    if program is None:
        report_absent("systemd", "apt-get install -y --no-install-recommends systemd")
    here = folder / file.name
    here.write_text(file.read_text().replace("/opt/etalase/.venv/bin/etalase", sys.executable))
    return run(program, "verify", here).stderr


def resources(file: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(file.read_text()))


def containers(resource: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        resource.get("spec", {}).get("template", {}).get("spec", {}).get("containers", [])
    )
    return found


def named_variables() -> Iterator[str]:
    for file in (COMPOSE, DOCKERFILE, UNIT, *MANIFESTS):
        yield from re.findall(r"\bETALASE_[A-Z_]+\b", file.read_text())


def test_the_compose_file_is_valid() -> None:
    judged = judge_compose(COMPOSE)

    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize(("right", "wrong"), [("restart:", "restrat:"), ("service_healthy", "soon")])
def test_a_broken_compose_file_is_refused(right: str, wrong: str, tmp_path: Path) -> None:
    broken = tmp_path / "compose.yaml"
    broken.write_text(COMPOSE.read_text().replace(right, wrong, 1))

    assert judge_compose(broken).returncode == 1


def test_the_dockerfile_is_valid() -> None:
    judged = judge_dockerfile(DOCKERFILE)

    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize(("right", "wrong"), [("WORKDIR /", "WORKDIR "), ("COPY . ./", "COPI . ./")])
def test_a_broken_dockerfile_is_refused(right: str, wrong: str, tmp_path: Path) -> None:
    broken = tmp_path / "Dockerfile"
    broken.write_text(DOCKERFILE.read_text().replace(right, wrong))

    assert judge_dockerfile(broken).returncode == 1


def test_the_image_is_no_ones_but_an_unprivileged_users_and_installs_the_lock_with_its_hashes() -> None:
    written = DOCKERFILE.read_text()

    assert re.search(r"^USER 10001$", written, re.MULTILINE)
    assert "--require-hashes -r requirements.txt" in written
    assert "HEALTHCHECK" in written


def test_every_package_is_let_into_the_image_and_compiled_there() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    rooms = {package.partition(".")[0] for package in packages}
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    (compiled,) = re.findall(r"compileall -q (.+)", DOCKERFILE.read_text())

    assert rooms <= let_in
    assert set(compiled.split()) == rooms


def test_the_bucket_is_asked_for_in_the_region_that_the_settings_name(monkeypatch: pytest.MonkeyPatch) -> None:
    (settings,) = resources(ROOT / "deploy/kubernetes/settings.yaml")
    named = {name: value for name, value in settings["data"].items() if name.startswith("AWS_")}
    for name, value in named.items():
        monkeypatch.setenv(name, value)

    assert boto3.session.Session().region_name == "ap-southeast-3"
    assert named.keys() <= set(re.findall(r"\bAWS_[A-Z_]+\b", (ROOT / ".env.example").read_text()))


@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.name)
def test_the_manifests_are_valid(file: Path, version: str) -> None:
    for resource in resources(file):
        kubernetes_validate.validate(resource, version, strict=True)


@pytest.mark.parametrize(
    ("right", "wrong"), [("replicas: 2", "replicas: two"), ("replicas: 2", "replica: 2"), ("containers:", "pods:")]
)
def test_a_broken_manifest_is_refused(right: str, wrong: str) -> None:
    broken = (ROOT / "deploy/kubernetes/worker.yaml").read_text().replace(right, wrong)

    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(yaml.safe_load(broken), KUBERNETES[-1], strict=True)


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.name)
def test_no_container_may_more_than_it_needs(file: Path) -> None:
    for resource in resources(file):
        for container in containers(resource):
            assert resource["spec"]["template"]["spec"]["securityContext"]["runAsNonRoot"]
            assert container["securityContext"]["readOnlyRootFilesystem"]
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["requests"].keys() == {"cpu", "memory"}
            assert container["resources"]["limits"]["memory"]


def test_services_and_budgets_select_pods_that_there_are() -> None:
    everything = [resource for file in MANIFESTS for resource in resources(file)]
    labels = [each["spec"]["template"]["metadata"]["labels"] for each in everything if containers(each)]
    for resource in everything:
        wanted = resource.get("spec", {}).get("selector", {})
        assert not wanted or wanted.get("matchLabels", wanted) in labels


def test_the_unit_is_valid(tmp_path: Path) -> None:
    assert judge_unit(UNIT, tmp_path) == ""


def test_a_broken_unit_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.service"
    broken.write_text(UNIT.read_text().replace("Restart=on-failure", "Restart=often"))
    (tmp_path / "judged").mkdir()

    assert "often" in judge_unit(broken, tmp_path / "judged")


def test_every_variable_of_ours_that_a_layout_names_is_a_setting() -> None:
    known = {f"ETALASE_{name}".upper() for name in Settings.model_fields}
    for_compose_alone = {"ETALASE_IMAGE"}

    assert set(named_variables()) <= known | for_compose_alone
