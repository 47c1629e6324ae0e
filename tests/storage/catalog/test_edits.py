"""What a person writes or answers is kept for good, and is a new version of the listing at the same moment."""

import pytest

from models.audit import Act
from models.edit import Answer, EditConflict, EditedField, Overrides
from models.fact import FactKind
from models.state import ListingState
from models.suggestion import Question
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.audit import read_audit
from storage.catalog.edits import (
    answer_questions,
    choose_recipe,
    count_edits,
    edit_listing,
    order_photos,
    overrides_of,
    overrides_of_all,
)
from storage.catalog.forgetting import begin_forgetting, finish_forgetting
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from tests.storage.made import arrival, key, result

TITLE, PRICE = EditedField.TITLE, EditedField.PRICE
TASTE = Answer(question=Question.WHICH_FLAVOUR, about=FactKind.FLAVOUR, value="balado")


def process(catalog: Catalog, *names: str) -> None:
    record_arrivals(catalog, [arrival(name) for name in names])
    for lease in lease_listings(catalog, this_process()):
        finish(catalog, lease, result(lease), ())


def stands(catalog: Catalog) -> tuple[ListingState, int]:
    (row,) = list_listings(catalog)
    return row.state, row.version


def test_an_edit_is_kept_through_every_run_until_it_is_taken_back(catalog: Catalog) -> None:
    process(catalog, "ani/keripik")

    assert edit_listing(catalog, key("ani/keripik"), {TITLE: "Keripik Bu Ani", PRICE: "15000"}, by="sari") == 2
    assert stands(catalog) == (ListingState.DUE, 2)
    process(catalog, "ani/keripik")
    assert stands(catalog)[1] == 2
    edit_listing(catalog, key("ani/keripik"), {TITLE: "Keripik Singkong Bu Ani"}, by="ani")

    overrides = overrides_of(catalog, key("ani/keripik"))
    assert {edit.field: (edit.value, edit.by) for edit in overrides.edits} == {
        TITLE: ("Keripik Singkong Bu Ani", "ani"),
        PRICE: ("15000", "sari"),
    }
    edit_listing(catalog, key("ani/keripik"), {TITLE: None}, by="ani")
    assert [edit.field for edit in overrides_of(catalog, key("ani/keripik")).edits] == [PRICE]


def test_what_was_said_of_several_listings_stays_with_each(catalog: Catalog) -> None:
    names = ("ani/keripik", "ani/tikar", "budi/sambal")
    process(catalog, *names)
    edit_listing(catalog, key("ani/keripik"), {TITLE: "Keripik Bu Ani"}, by="ani")
    answer_questions(catalog, key("budi/sambal"), [TASTE], by="budi")

    found = overrides_of_all(catalog, [key(name) for name in names])

    assert found == {key(name): overrides_of(catalog, key(name)) for name in names}
    assert [edit.value for edit in found[key("ani/keripik")].edits] == ["Keripik Bu Ani"]
    assert found[key("ani/tikar")] == Overrides()
    assert found[key("budi/sambal")].answers == (TASTE,)


def test_an_answer_is_kept_and_the_newest_to_a_question_counts(catalog: Catalog) -> None:
    process(catalog, "ani/keripik")

    answer_questions(catalog, key("ani/keripik"), [TASTE], by="ani")
    newer = TASTE.model_copy(update={"value": "pedas"})
    assert answer_questions(catalog, key("ani/keripik"), [newer], by="ani") == 3

    assert overrides_of(catalog, key("ani/keripik")).answers == (newer,)
    assert stands(catalog) == (ListingState.DUE, 3)


def test_which_value_is_right_has_an_answer_for_each_kind_of_fact(catalog: Catalog) -> None:
    process(catalog, "ani/keripik")
    right = [
        Answer(question=Question.WHICH_VALUE, about=FactKind.WEIGHT, value="250 g"),
        Answer(question=Question.WHICH_VALUE, about=FactKind.COUNT, value="isi 10"),
    ]
    unasked = TASTE.model_copy(update={"about": None, "value": "pedas"})

    answer_questions(catalog, key("ani/keripik"), [*right, TASTE, unasked], by="ani")

    assert overrides_of(catalog, key("ani/keripik")).answers == (*right, unasked)


def test_what_comes_while_somebody_works_on_it_is_worked_on_afterwards(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("ani/keripik")])
    (lease,) = lease_listings(catalog, this_process())

    edit_listing(catalog, key("ani/keripik"), {TITLE: "Keripik"}, by="ani")
    assert stands(catalog) == (ListingState.LEASED, 2)
    assert finish(catalog, lease, result(lease), ()) is ListingState.DUE

    (again,) = lease_listings(catalog, this_process())
    assert (again.version, again.files) == (2, lease.files)


@pytest.mark.parametrize("name", ["ani/besek", "budi/keripik"])
def test_what_nobody_knows_cannot_be_edited(name: str, catalog: Catalog) -> None:
    process(catalog, "ani/keripik")
    with pytest.raises(LookupError):
        edit_listing(catalog, key(name), {TITLE: "Besek"}, by="ani")
    with pytest.raises(LookupError):
        answer_questions(catalog, key(name), [TASTE], by="ani")
    assert overrides_of(catalog, key(name)) == Overrides()
    assert stands(catalog)[1] == 1


def test_how_often_each_field_is_edited_is_counted_by_listings_and_by_edits(catalog: Catalog) -> None:
    process(catalog, "ani/keripik", "ani/besek", "budi/tikar", "budi/kopi")
    edit_listing(catalog, key("ani/keripik"), {TITLE: "Satu", PRICE: "1000"}, by="ani")
    edit_listing(catalog, key("ani/keripik"), {TITLE: "Dua"}, by="ani")
    edit_listing(catalog, key("ani/besek"), {TITLE: "Tiga", PRICE: "2000"}, by="ani")
    edit_listing(catalog, key("ani/besek"), {PRICE: None}, by="ani")

    counts = {count.field: (count.listings, count.edits, count.share) for count in count_edits(catalog)}

    assert counts[TITLE] == (2, 3, 0.5)
    assert counts[PRICE] == (1, 3, 0.25)
    assert counts[EditedField.KEYWORDS] == (0, 0, 0.0)
    assert set(counts) == set(EditedField)


def test_the_record_says_which_fields_and_by_whom_and_none_of_the_words(catalog: Catalog) -> None:
    process(catalog, "ani/keripik")
    edit_listing(catalog, key("ani/keripik"), {TITLE: "Rahasia", PRICE: "1000"}, by="sari")
    answer_questions(catalog, key("ani/keripik"), [TASTE], by="ani")

    entries = [(entry.act, entry.by, entry.detail) for entry in read_audit(catalog)]

    assert entries == [
        (Act.LISTING_EDITED, "sari", {"version": 2, "about": "price, title"}),
        (Act.QUESTION_ANSWERED, "ani", {"version": 3, "about": "which_flavour"}),
    ]


def test_edits_and_answers_go_with_the_seller_who_is_forgotten(catalog: Catalog) -> None:
    process(catalog, "ani/keripik", "budi/tikar")
    for name in ("ani/keripik", "budi/tikar"):
        edit_listing(catalog, key(name), {TITLE: "Satu"}, by="ani")
        answer_questions(catalog, key(name), [TASTE], by="ani")

    begin_forgetting(catalog, "ani", by="sari")
    with pytest.raises(LookupError):
        edit_listing(catalog, key("ani/keripik"), {TITLE: "Dua"}, by="ani")
    receipt = finish_forgetting(catalog, "ani", by="sari")

    assert (receipt.removed["edits"], receipt.removed["answers"]) == (1, 1)
    assert overrides_of(catalog, key("ani/keripik")) == Overrides()
    assert len(overrides_of(catalog, key("budi/tikar")).edits) == 1


def test_nobodys_newer_words_are_written_over_by_who_has_not_seen_them(catalog: Catalog) -> None:
    process(catalog, "ani/keripik")
    edit_listing(catalog, key("ani/keripik"), {TITLE: "Keripik Bu Ani"}, by="sari", seen={TITLE: None})

    with pytest.raises(EditConflict) as conflict:
        edit_listing(catalog, key("ani/keripik"), {TITLE: "Keripik Pedas"}, by="dewi", seen={TITLE: None})

    assert conflict.value.newer is not None
    assert (conflict.value.newer.value, conflict.value.newer.by) == ("Keripik Bu Ani", "sari")
    assert stands(catalog)[1] == 2
    seen = {TITLE: "Keripik Bu Ani"}
    assert edit_listing(catalog, key("ani/keripik"), {TITLE: "Keripik Pedas"}, by="dewi", seen=seen) == 3


def test_who_is_not_answered_may_send_the_same_words_again(catalog: Catalog) -> None:
    process(catalog, "ani/keripik")

    sent = [
        edit_listing(catalog, key("ani/keripik"), {TITLE: "Keripik Bu Ani"}, by="sari", seen={TITLE: None})
        for _ in range(2)
    ]

    assert sent == [2, 2]
    assert [entry.detail["version"] for entry in read_audit(catalog)] == [2]


def test_the_order_of_photos_is_kept_until_it_is_taken_back_and_is_no_word(catalog: Catalog) -> None:
    process(catalog, "ani/keripik", "ani/tikar")
    keripik = key("ani/keripik")

    assert order_photos(catalog, keripik, ("b", "a"), by="sari") == 2
    assert order_photos(catalog, keripik, ("b", "a"), by="dewi") == 2
    edit_listing(catalog, keripik, {TITLE: "Keripik"}, by="sari", seen={TITLE: None})
    overrides = overrides_of(catalog, keripik)
    assert (overrides.order, [edit.field for edit in overrides.edits]) == (("b", "a"), [TITLE])
    assert overrides_of(catalog, key("ani/tikar")).order == ()
    assert order_photos(catalog, keripik, (), by="sari") == 4
    assert overrides_of(catalog, keripik).order == ()

    assert sum(count.edits for count in count_edits(catalog)) == 1
    acts = [(entry.act, entry.detail["version"]) for entry in read_audit(catalog)]
    assert acts[::2] == [(Act.PHOTOS_ORDERED, 2), (Act.PHOTOS_ORDERED, 4)]
    with pytest.raises(LookupError):
        order_photos(catalog, key("ani/besek"), ("a",), by="sari")


def test_a_recipe_is_chosen_for_one_listing_by_name_until_the_installations_own_is_wanted_again(
    catalog: Catalog,
) -> None:
    process(catalog, "ani/keripik", "ani/tikar")
    keripik = key("ani/keripik")

    assert choose_recipe(catalog, keripik, None, by="sari") == 1, "that stands there already"
    assert choose_recipe(catalog, keripik, "cream-square", by="sari") == 2
    assert choose_recipe(catalog, keripik, "cream-square", by="dewi") == 2
    edit_listing(catalog, keripik, {TITLE: "Keripik"}, by="sari", seen={TITLE: None})
    overrides = overrides_of(catalog, keripik)
    assert overrides.recipe is not None
    assert (overrides.recipe.recipe, overrides.recipe.by) == ("cream-square", "sari")
    assert [edit.field for edit in overrides.edits] == [TITLE]
    assert overrides_of(catalog, key("ani/tikar")).recipe is None
    assert choose_recipe(catalog, keripik, None, by="dewi") == 4
    assert overrides_of(catalog, keripik).recipe is None

    acts = [(entry.act, entry.by) for entry in read_audit(catalog) if entry.act is Act.RECIPE_CHOSEN]
    assert acts == [(Act.RECIPE_CHOSEN, "sari"), (Act.RECIPE_CHOSEN, "dewi")]
    with pytest.raises(LookupError):
        choose_recipe(catalog, key("ani/besek"), "cream-square", by="sari")
