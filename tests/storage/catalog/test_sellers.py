"""A centre's sellers: enrolled with their consent, found by who may see them, and forgotten whole."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from config.messages import load_messages
from models.audit import Act
from models.listing import ListingKey
from models.naming import plain_name
from models.seller import CONSENT_VERSION, EnrolledOtherwise, Enrolment, Seller
from storage.catalog import Catalog
from storage.catalog.arrival_schema import UploadLinks
from storage.catalog.arrivals import record_arrivals
from storage.catalog.audit import read_audit
from storage.catalog.edits import overrides_of, overrides_of_all
from storage.catalog.forgetting import begin_forgetting, finish_forgetting
from storage.catalog.sellers import choose_marketplaces, enrol_seller, seller_of, sellers_of
from storage.catalog.upload_links import link_of, make_link, withdraw_links
from storage.catalog.uploads import begin_upload
from storage.object_store.keys import check_key
from tests.storage.made import arrival, let_pass

ANI = Enrolment(
    name="Bu Ani", village="Sukamaju", shop="Dapur", centre="Balai", marketplaces=("shopee", "tokopedia")
)
TAMPAH = ListingKey(seller="bu-ani", listing="tampah")


def test_a_seller_is_enrolled_with_her_consent_and_it_is_on_record(catalog: Catalog) -> None:
    seller = enrol_seller(catalog, ANI, by="sari")
    assert seller.folder == "bu-ani"
    assert seller.consented_at is not None
    assert seller_of(catalog, "bu-ani") == seller
    (entry,) = read_audit(catalog)
    assert (entry.act, entry.by, entry.detail) == (Act.SELLER_ENROLLED, "sari", {"consent": CONSENT_VERSION})


def test_two_of_one_name_have_a_folder_each_and_nobody_elses(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("bu-ani-2/tampah")])
    folders = [enrol_seller(catalog, ANI, by="sari").folder for _ in range(3)]
    assert folders == ["bu-ani", "bu-ani-3", "bu-ani-4"]


def test_who_is_enrolled_again_under_one_key_is_the_same_and_has_agreed_once(catalog: Catalog) -> None:
    first, again = (enrol_seller(catalog, ANI, by="sari", sender_key="kunci-1") for _ in range(2))
    assert first == again
    assert len(list(read_audit(catalog))) == 1
    assert enrol_seller(catalog, ANI, by="sari", sender_key="kunci-2").folder == "bu-ani-2"


@pytest.mark.parametrize("keys", [("kunci-1", "kunci-1"), ("kunci-1", "kunci-2")], ids=["one", "two"])
def test_two_forms_at_once_enrol_as_many_as_there_are_keys(catalog: Catalog, keys: tuple[str, str]) -> None:
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda key: enrol_seller(catalog, ANI, by="sari", sender_key=key), keys))
    assert len(sellers_of(catalog, None)) == len(list(read_audit(catalog))) == len(set(keys))


def test_one_key_does_not_stand_for_two(catalog: Catalog) -> None:
    enrol_seller(catalog, ANI, by="sari", sender_key="kunci-1")
    with pytest.raises(EnrolledOtherwise):
        enrol_seller(catalog, ANI.model_copy(update={"village": "Lain"}), by="sari", sender_key="kunci-1")
    begin_forgetting(catalog, "bu-ani", by="sari")
    with pytest.raises(EnrolledOtherwise):
        enrol_seller(catalog, ANI, by="sari", sender_key="kunci-1")
    finish_forgetting(catalog, "bu-ani", by="sari")
    assert enrol_seller(catalog, ANI, by="sari", sender_key="kunci-1").folder == "bu-ani"


def test_a_centre_sees_its_own_sellers_and_all_are_seen_by_who_asks_for_all(catalog: Catalog) -> None:
    hers = enrol_seller(catalog, ANI, by="sari")
    other = enrol_seller(catalog, ANI.model_copy(update={"centre": "Lain"}), by="budi")
    record_arrivals(catalog, [arrival("pak-dari-jauh/tampah")])
    assert sellers_of(catalog, "Balai") == (hers,)
    assert {seller.folder for seller in sellers_of(catalog, None)} == {hers.folder, other.folder, "pak-dari-jauh"}
    assert seller_of(catalog, "pak-dari-jauh") == Seller(folder="pak-dari-jauh", name="pak-dari-jauh")
    assert seller_of(catalog, "nobody") is None


def test_a_listings_marketplaces_are_those_that_were_chosen_last_for_its_seller(catalog: Catalog) -> None:
    enrol_seller(catalog, ANI, by="sari")
    record_arrivals(catalog, [arrival("bu-ani/tampah"), arrival("pak-dari-jauh/tikar")])
    keys = [TAMPAH, ListingKey(seller="pak-dari-jauh", listing="tikar")]
    assert [overrides_of_all(catalog, keys)[key].marketplaces for key in keys] == [("shopee", "tokopedia"), ()]

    for seller in ("bu-ani", "pak-dari-jauh", "nobody"):
        choose_marketplaces(catalog, seller, ["lazada"])
    assert [overrides_of_all(catalog, keys)[key].marketplaces for key in keys] == [("lazada",)] * 2
    assert seller_of(catalog, "nobody") is None

    begin_forgetting(catalog, "bu-ani", by="sari")
    choose_marketplaces(catalog, "bu-ani", ["etsy"])
    assert overrides_of(catalog, TAMPAH).marketplaces == ("lazada",)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101, "a\0"])
def test_what_does_not_fit_on_a_line_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError):
        Enrolment(name=name)


def test_a_name_without_a_letter_has_no_folder(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="neither"):
        enrol_seller(catalog, Enrolment(name="!?"), by="sari")


@given(st.text())
def test_a_plain_name_is_a_key_everywhere_and_stays_as_it_is(words: str) -> None:
    name = plain_name(words)
    assert plain_name(name) == name
    if name:
        check_key(f"raw/{name}/{name}/01-{name}.jpg")
        assert not name.startswith(".")
        assert "/" not in name


def test_a_link_opens_for_whoever_has_the_token_until_it_is_withdrawn(catalog: Catalog) -> None:
    enrol_seller(catalog, ANI, by="sari")
    link, token = make_link(catalog, TAMPAH, by="sari")
    assert link_of(catalog, token) == link
    assert link_of(catalog, token[:-1]) is None
    assert withdraw_links(catalog, "bu-ani", by="sari") == 1
    assert link_of(catalog, token) is None
    acts = [entry.act for entry in read_audit(catalog, seller="bu-ani")]
    assert acts == [Act.SELLER_ENROLLED, Act.UPLOAD_LINK_MADE, Act.UPLOAD_LINKS_WITHDRAWN]


def test_a_link_expires(catalog: Catalog) -> None:
    enrol_seller(catalog, ANI, by="sari")
    _, token = make_link(catalog, TAMPAH, by="sari")
    let_pass(catalog, UploadLinks, "expires_at")
    assert link_of(catalog, token) is None


def test_there_is_no_link_for_a_seller_whom_nobody_knows(catalog: Catalog) -> None:
    with pytest.raises(LookupError):
        make_link(catalog, TAMPAH, by="sari")


def test_whoever_is_forgotten_takes_consent_links_and_uploads_along(catalog: Catalog) -> None:
    enrol_seller(catalog, ANI, by="sari")
    _, token = make_link(catalog, TAMPAH, by="sari")
    begin_upload(catalog, TAMPAH, sender_key="k", stem="depan", size=9, by="sari")
    begin_forgetting(catalog, "bu-ani", by="sari")
    assert seller_of(catalog, "bu-ani") is None
    assert sellers_of(catalog, "Balai") == ()
    assert link_of(catalog, token) is None
    removed = finish_forgetting(catalog, "bu-ani", by="sari").removed
    assert [removed[table] for table in ("enrolments", "upload_links", "uploads")] == [1, 1, 1]


def test_another_text_of_the_consent_is_another_version() -> None:
    texts = "\n".join(
        load_messages(language).text("console.sellers.enrol.consent_text") for language in ("id", "en")
    )
    assert (CONSENT_VERSION, hashlib.sha256(texts.encode()).hexdigest()[:16]) == ("2026-11-27", "e02046c8fb48e1a9")
