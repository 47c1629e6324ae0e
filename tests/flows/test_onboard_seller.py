"""The trainer's flow, on every kind of store and catalog."""

import json
import subprocess
import sys

import pytest

from models.edit import EditedField
from models.listing import ListingKey
from models.onboarding import Onboarding
from models.seller import Enrolment
from storage.catalog.edits import edit_listing
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release
from storage.catalog.sellers import enrol_seller
from storage.discovery import discover
from tests.command import RUN_SECONDS
from tests.installation import Installation
from tests.sellers import add_listing, draw_photo

TAMPAH = ListingKey(seller="ibu-ani", listing="tampah")
PROGRAM = """
import asyncio, sys
from flows.onboard_seller import onboard_seller
from flows.progress import ListingElsewhere, watched_by
from models.onboarding import Onboarding

def watch(event):
    if isinstance(event, ListingElsewhere):
        print("elsewhere", flush=True)

with watched_by(watch):
    print(asyncio.run(onboard_seller(Onboarding.model_validate_json(sys.argv[1]))).model_dump_json())
"""


def begin(installation: Installation, onboarding: Onboarding) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, onboarding.model_dump_json()],
        cwd=installation.folder,
        env=installation.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def onboard(installation: Installation, onboarding: Onboarding) -> dict[str, int]:
    """Run the flow to its end and return its summary."""
    run = begin(installation, onboarding)
    said, complaints = run.communicate(timeout=RUN_SECONDS)
    assert run.returncode == 0, complaints
    summary: dict[str, int] = json.loads(said.splitlines()[-1])
    return summary


def test_only_hers_is_processed_and_published(installation: Installation) -> None:
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})
    add_listing(installation.store, "bu-tini/tampah", {"depan.jpg": draw_photo(2)})

    summary = onboard(installation, Onboarding(seller="ibu-ani"))

    assert summary["published"] == summary["listings"] == 1
    assert {key.split("/")[1] for key in installation.objects("published/") if "receipt" in key} == {"ibu-ani"}


def test_photos_of_one_upload_batch_leave_her_other_listings_alone(installation: Installation) -> None:
    for listing in ("2026-11-24-tampah", "2026-11-24-bakul", "lama"):
        add_listing(installation.store, f"ibu-ani/{listing}", {"depan.jpg": draw_photo(1)})

    summary = onboard(installation, Onboarding(seller="ibu-ani", photos="2026-11-24"))

    assert summary["listings"] == 2
    assert installation.listings()["lama"].state == "due"


@pytest.mark.parametrize("enrolled", [True, False], ids=["enrolled", "unknown"])
def test_the_marketplaces_that_were_chosen_are_asked_from_then_on(
    installation: Installation, enrolled: bool
) -> None:
    if enrolled:
        enrolment = Enrolment(name="Ibu Ani", marketplaces=("tokopedia", "lazada"))
        enrol_seller(installation.catalog, enrolment, by="sari")
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})

    onboard(installation, Onboarding(seller="ibu-ani", marketplaces=("shopee",)))
    first = installation.listings()["tampah"].result
    edit_listing(installation.catalog, TAMPAH, {EditedField.TITLE: "Tampah Bambu"}, by="sari")
    onboard(installation, Onboarding(seller="ibu-ani"))
    later = installation.listings()["tampah"].result

    assert first is not None
    assert later is not None
    assert later.version == 2
    for result in (first, later):
        assert {verdict.marketplace for verdict in result.finished[0].verdicts} == {"shopee"}
        assert [appraisal.marketplace for appraisal in result.appraisals] == ["shopee"]


def test_what_is_not_to_be_published_stays_ready(installation: Installation) -> None:
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})

    summary = onboard(installation, Onboarding(seller="ibu-ani", publish=False))

    assert summary["publishable"] == 1
    assert installation.listings()["tampah"].state == "ready"
    assert installation.objects("published/") == {}


def test_a_listing_that_another_run_holds_is_waited_for(installation: Installation) -> None:
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})
    discover(installation.store, installation.catalog)
    (lease,) = lease_listings(installation.catalog, this_process(), seconds=600)

    run = begin(installation, Onboarding(seller="ibu-ani"))
    assert run.stdout is not None
    looked = [run.stdout.readline().strip() for _ in range(2)]
    release(installation.catalog, lease, error="the other run met a fault", retry_after=0)
    said, complaints = run.communicate(timeout=RUN_SECONDS)

    assert looked == ["elsewhere"] * 2, complaints
    assert json.loads(said.splitlines()[-1])["listings"] == 1
    assert installation.listings()["tampah"].state == "published"
