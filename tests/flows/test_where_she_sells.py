"""Where a seller sells holds in every run: for what is said of her photos and words, and none is made twice."""

import logging
from datetime import datetime

import pytest
from sqlalchemy import update

from config.settings import Settings
from flows.photo_work import open_photo_context
from models.edit import EditedField, Overrides
from models.listing import ListingKey, ListingResult
from models.seller import Enrolment
from storage.catalog.connection import Catalog
from storage.catalog.edits import edit_listing
from storage.catalog.schema import Enrolments
from storage.catalog.sellers import enrol_seller
from tests.command import run_etalase
from tests.installation import Installation
from tests.sellers import add_listing, draw_photo

OF_THE_INSTALLATION = {"tokopedia", "shopee"}


def process(installation: Installation) -> None:
    run = run_etalase(installation.folder, installation.environment, "process")
    assert run.returncode == 0, run.stderr


def enrol(catalog: Catalog, name: str, *marketplaces: str) -> None:
    enrol_seller(catalog, Enrolment(name=name, marketplaces=marketplaces), by="sari")


def correct(installation: Installation, place: str) -> None:
    """Have a person write a listing's title anew: it is due again."""
    seller, listing = place.split("/")
    words = {EditedField.TITLE: "Tampah Bambu"}
    edit_listing(installation.catalog, ListingKey(seller=seller, listing=listing), words, by="sari")


def asked(installation: Installation) -> dict[str, tuple[set[str], set[str], set[str]]]:
    """Return whose marketplaces were asked about each listing, its photos and its words."""
    return {name: _asked(row.result) for name, row in installation.listings().items()}


def _asked(result: ListingResult | None) -> tuple[set[str], set[str], set[str]]:
    assert result is not None
    return (
        {appraisal.marketplace for appraisal in result.appraisals},
        {verdict.marketplace for photo in result.finished for verdict in photo.verdicts},
        {copy.marketplace for copy in result.suggestion.marketplaces},
    )


def made(installation: Installation) -> dict[str, datetime]:
    """Return when each photo was worked on last."""
    found = installation.store.list("renditions/")
    return {each.key: each.modified for each in found if each.key.endswith("/photo.json")}


def test_each_sellers_own_are_asked_in_one_task_and_after_a_correction_and_no_photo_is_made_twice(
    installation: Installation,
) -> None:
    enrol(installation.catalog, "Ibu Ani", "shopee")
    enrol(installation.catalog, "Bu Tini", "lazada", "tokopedia")
    enrol(installation.catalog, "Pak Budi")
    places = ("ibu-ani/tampah", "bu-tini/bakul", "pak-budi/tikar", "tak-terdaftar/sapu")
    for number, place in enumerate(places):
        add_listing(installation.store, place, {"depan.jpg": draw_photo(number)})
    hers = {
        "tampah": ({"shopee"},) * 3,
        "bakul": ({"lazada", "tokopedia"},) * 3,
        "tikar": (OF_THE_INSTALLATION,) * 3,
        "sapu": (OF_THE_INSTALLATION,) * 3,
    }

    process(installation)
    assert asked(installation) == hers
    first = made(installation)
    assert len(first) == len(places)

    for place in places:
        correct(installation, place)
    process(installation)
    assert {row.version for row in installation.listings().values()} == {2}
    assert asked(installation) == hers
    assert made(installation) == first


def test_a_marketplace_that_is_not_known_any_more_is_left_out(installation: Installation) -> None:
    for name in ("Ibu Ani", "Bu Tini"):
        enrol(installation.catalog, name, "shopee")
    with installation.catalog.write() as connection:
        for seller, codes in (("ibu-ani", "pasar,shopee"), ("bu-tini", "pasar")):
            hers = update(Enrolments).where(Enrolments.seller == seller)
            connection.execute(hers.values(marketplaces=codes))
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})
    add_listing(installation.store, "bu-tini/bakul", {"depan.jpg": draw_photo(2)})

    process(installation)

    assert asked(installation) == {"tampah": ({"shopee"},) * 3, "bakul": (OF_THE_INSTALLATION,) * 3}


def test_what_is_left_out_is_told_once_in_a_process(
    folder_url: str, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    context = open_photo_context(Settings(store=folder_url, catalog=sqlite_url))
    with caplog.at_level(logging.WARNING):
        followed = [context.following(Overrides(marketplaces=("toko-lama", "etsy"))) for _ in range(3)]
    assert [[market.code for market in each.marketplaces] for each in followed] == [["etsy"]] * 3
    assert caplog.text.count("toko-lama") == 1
