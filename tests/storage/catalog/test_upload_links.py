"""What a link may send photos of: what it was made for and what it began, by a number that is its own for ever."""

import pytest

from models.listing import ListingKey
from models.seller import Enrolment
from models.upload import UploadLink
from storage.catalog import Catalog
from storage.catalog.arrival_schema import UploadLinks
from storage.catalog.arrivals import record_arrivals
from storage.catalog.sellers import enrol_seller
from storage.catalog.upload_links import is_open_to, make_link, products_of_link, withdraw_links
from storage.catalog.uploads import begin_upload
from tests.storage.made import arrival, key, let_pass

TAS, TOPI = key("bu-ani/tas"), key("bu-ani/topi")


@pytest.fixture
def link(catalog: Catalog) -> UploadLink:
    enrol_seller(catalog, Enrolment(name="Bu Ani"), by="sari")
    return make_link(catalog, TAS, by="sari")[0]


def send(catalog: Catalog, by: str, listing: ListingKey = TOPI, *, replaces: str | None = None) -> None:
    """Begin to send one more photo."""
    about = f"{by} {replaces}"
    begin_upload(catalog, listing, sender_key=about, stem="depan", size=9, by=by, replaces=replaces)


@pytest.mark.parametrize("ended", ["withdrawn", "expired"])
def test_no_link_has_the_number_or_the_products_of_one_that_has_ended(
    catalog: Catalog, link: UploadLink, ended: str
) -> None:
    send(catalog, link.sender)
    if ended == "withdrawn":
        withdraw_links(catalog, "bu-ani", by="sari")
    else:
        let_pass(catalog, UploadLinks, "expires_at")

    other, _ = make_link(catalog, TAS, by="sari")

    assert other.id > link.id
    assert products_of_link(catalog, other) == ("tas",)
    assert not is_open_to(catalog, other, "topi")


def test_what_a_link_began_stays_open_to_it_whoever_helps(catalog: Catalog, link: UploadLink) -> None:
    other, _ = make_link(catalog, TAS, by="sari")
    send(catalog, link.sender)
    send(catalog, "sari")
    record_arrivals(catalog, [arrival("bu-ani/topi")])
    send(catalog, "sari", replaces="00.jpg")

    assert is_open_to(catalog, link, "topi")
    assert products_of_link(catalog, link) == ("tas", "topi")
    assert not is_open_to(catalog, other, "topi")


def test_what_anybody_else_began_is_shut_even_to_a_link_that_has_sent_for_it(
    catalog: Catalog, link: UploadLink
) -> None:
    assert is_open_to(catalog, link, "topi")
    send(catalog, "sari")
    send(catalog, link.sender)
    record_arrivals(catalog, [arrival("bu-ani/besek")])

    assert products_of_link(catalog, link) == ("tas",)
    assert not is_open_to(catalog, link, "topi")
    assert not is_open_to(catalog, link, "besek")
