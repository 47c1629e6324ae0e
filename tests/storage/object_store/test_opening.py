import subprocess
import sys
from pathlib import Path

import pytest

from storage.object_store import open_store
from storage.object_store.folder import FolderStore
from storage.object_store.s3 import S3Store

ROOT = Path(__file__).parents[3]


def test_a_relative_folder_is_below_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_store("file:foto desa/2026").locate("a") == str(tmp_path / "foto desa/2026/a")


@pytest.mark.parametrize("url", ["file:{}/a%20b", "file://{}/a%20b"])
def test_an_absolute_folder_is_taken_as_written(url: str, tmp_path: Path) -> None:
    assert open_store(url.format(tmp_path)).locate("c") == f"{tmp_path}/a%20b/c"


def test_the_home_folder_may_be_written_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_store("file:~/foto").locate("a") == str(tmp_path / "foto/a")


def test_a_bucket_may_have_a_prefix() -> None:
    assert isinstance(open_store("s3://foto-desa"), S3Store)
    assert open_store("s3://foto-desa").locate("a") == "s3://foto-desa/a"
    assert open_store("s3://foto-desa/tahun/2026/").locate("a") == "s3://foto-desa/tahun/2026/a"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/srv/foto",
        "file",
        "file:",
        "file://",
        "file://host/foto",
        "file:a\0b",
        "s3:",
        "s3:bucket",
        "s3://",
        "s3:///prefix",
        "s3://bucket/a//b",
        "s3://bucket/../b",
        "s3://bu cket",
        "http://127.0.0.1/",
        "gs://bucket",
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(url: str) -> None:
    with pytest.raises(ValueError, match=r"write file:PATH .* or s3://BUCKET"):
        open_store(url)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    with pytest.raises(ValueError, match="not a folder"):
        open_store(f"file:{tmp_path / 'a'}")


def test_boto3_is_imported_for_s3_alone() -> None:
    check = (
        "import sys; from storage.object_store import open_store; open_store('file:a');"
        "print('boto3' in sys.modules, end=' '); open_store('s3://abc'); print('boto3' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, check=True, capture_output=True, text=True, timeout=600
    )
    assert found.stdout.split() == ["False", "True"]


def test_a_folder_is_a_folder_store(tmp_path: Path) -> None:
    store = open_store(f"file:{tmp_path}")
    assert isinstance(store, FolderStore)
    assert store.root == tmp_path
