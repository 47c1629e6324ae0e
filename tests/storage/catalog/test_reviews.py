"""A person's decisions: on record with what she saw, in the outbox at the same moment, and never on the unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.audit import Act
from models.lease import Lease
from models.listing import Hold, HoldReason, ListingResult
from models.photo import SetAside
from models.publication import Publication, content_hash
from models.rejection import RejectionReason
from models.review import Decision, Refusal, ReviewRefused, beyond_approval
from models.state import ListingState
from models.suggestion import Asked, Question, Suggested, Suggestion
from storage.catalog import Catalog
from storage.catalog.arrivals import Arrival, record_arrivals
from storage.catalog.audit import read_audit
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import lease_publications, record_receipt
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.catalog.reviews import approve, send_back
from storage.catalog.schema import Listings
from tests.storage.made import arrival, key, let_pass, receipt, result

DOUBTFUL = (Hold(reason=HoldReason.UNTRUSTED_CUTOUT, file="00.jpg", detail="busy_background"),)
SHOPS = ("bundle", "shop")


def lease_one(catalog: Catalog, etag: str = "1", *, name: str = "a/b") -> Lease:
    record_arrivals(catalog, [arrival(name, etag=etag)])
    (lease,) = lease_listings(catalog, this_process())
    return lease


def process(
    catalog: Catalog,
    etag: str = "1",
    *,
    name: str = "a/b",
    waits: tuple[Hold, ...] = DOUBTFUL,
    says: str = "recipe-1",
    by_itself: bool = True,
) -> ListingState:
    """Take a new state of a listing through a worker; another ``says`` is other content."""
    lease = lease_one(catalog, etag, name=name)
    made = result(lease, waits=waits, identity=says)
    publications = tuple(Publication.of(made, shop) for shop in SHOPS)
    return finish(catalog, lease, made, publications, by_itself=by_itself)


def send(catalog: Catalog) -> list[tuple[str, int]]:
    """Send all that is due, and return to whom and in which version."""
    leases = lease_publications(catalog, this_process(), limit=9)
    for lease in leases:
        record_receipt(catalog, lease, receipt(lease.publication))
    return sorted((lease.publication.publisher, lease.publication.version) for lease in leases)


def state(catalog: Catalog) -> ListingState:
    (row,) = list_listings(catalog)
    return row.state


def refusal(refused: "pytest.ExceptionInfo[ReviewRefused]") -> tuple[Refusal, int]:
    return refused.value.refusal, refused.value.version


def test_what_waits_reaches_nobody_until_it_is_approved(catalog: Catalog) -> None:
    assert process(catalog) == ListingState.WAITING
    assert send(catalog) == []

    review = approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)

    assert (review.decision, review.version, review.by) == (Decision.APPROVED, 1, "sari")
    assert state(catalog) == ListingState.PUBLISHING
    assert send(catalog) == [("bundle", 1), ("shop", 1)]
    assert state(catalog) == ListingState.PUBLISHED


def test_who_approved_what_when_and_seeing_what_is_on_record(catalog: Catalog) -> None:
    process(catalog)
    (before,) = list_listings(catalog)
    review = approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    (row,) = list_listings(catalog)
    assert row.review == review
    assert before.result is not None
    assert review.content == content_hash(before.result)
    (entry,) = read_audit(catalog)
    assert (entry.by, entry.act, entry.seller, entry.listing, entry.detail) == (
        "sari",
        Act.LISTING_APPROVED,
        "a",
        "b",
        {"version": 1},
    )
    assert entry.at >= review.at


def test_all_of_an_approval_is_kept_or_nothing(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    process(catalog)

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("storage.catalog.reviews.enqueue", break_off)
    with pytest.raises(KeyboardInterrupt):
        approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    (row,) = list_listings(catalog)
    assert (row.state, row.review) == (ListingState.WAITING, None)
    assert list(read_audit(catalog)) == []


def test_a_version_that_is_no_longer_the_newest_cannot_be_approved(catalog: Catalog) -> None:
    process(catalog, "1")
    process(catalog, "2", says="recipe-2")
    with pytest.raises(ReviewRefused) as refused:
        approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    assert refusal(refused) == (Refusal.OTHER_VERSION, 2)
    with pytest.raises(ReviewRefused) as refused:
        send_back(catalog, key("a/b"), version=3, by="sari", word="?")
    assert refusal(refused) == (Refusal.OTHER_VERSION, 2)
    assert send(catalog) == []


def test_nothing_is_approved_before_it_was_processed(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    for _ in ("due", "leased"):
        with pytest.raises(ReviewRefused) as refused:
            approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
        assert refusal(refused) == (Refusal.BEING_PROCESSED, 1)
        lease_listings(catalog, this_process())


def test_a_photo_that_comes_while_she_looks_must_be_seen_too(catalog: Catalog) -> None:
    process(catalog)
    record_arrivals(catalog, [arrival("a/b", etag="2")])
    for version, why in ((1, Refusal.OTHER_VERSION), (2, Refusal.BEING_PROCESSED)):
        with pytest.raises(ReviewRefused) as refused:
            approve(catalog, key("a/b"), version=version, by="sari", publishers=SHOPS)
        assert refusal(refused) == (why, 2)


@pytest.mark.parametrize(
    "waits",
    [
        (Hold(reason=HoldReason.NO_PHOTO),),
        (*DOUBTFUL, Hold(reason=HoldReason.OUR_FAULT, file="01.jpg", detail="crashed")),
        (*DOUBTFUL, Hold(reason=HoldReason.OPEN_QUESTION, detail=Question.WHAT_PRICE)),
    ],
)
def test_what_lacks_something_cannot_be_approved_but_sent_back(catalog: Catalog, waits: tuple[Hold, ...]) -> None:
    process(catalog, waits=waits)
    with pytest.raises(ReviewRefused) as refused:
        approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    assert refusal(refused) == (Refusal.NOTHING_TO_PUBLISH, 1)
    send_back(catalog, key("a/b"), version=1, by="sari", word="Tulis harganya")
    assert state(catalog) == ListingState.WAITING


def test_a_doubtful_answer_can_be_approved_and_a_missing_one_cannot(catalog: Catalog) -> None:
    lease = lease_one(catalog)
    question = (Hold(reason=HoldReason.OPEN_QUESTION, detail=Question.WHICH_CATEGORY),)
    guessed = Suggestion(
        title=None,
        category=Suggested[str](value="baskets", evidence=(), confidence=0.4),
        price=None,
        description=None,
        questions=(Asked(question=Question.WHICH_CATEGORY, needed=True),),
    )
    made = result(lease, waits=question)
    assert beyond_approval(made) == question
    assert beyond_approval(made.model_copy(update={"suggestion": guessed})) == ()


def test_approving_twice_is_the_same_as_once(catalog: Catalog) -> None:
    process(catalog)
    first = approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    assert approve(catalog, key("a/b"), version=1, by="budi", publishers=SHOPS) == first
    assert len(send(catalog)) == 2
    assert approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS) == first
    assert send(catalog) == []
    assert len(list(read_audit(catalog))) == 1


def test_what_is_published_by_itself_needs_no_approval(catalog: Catalog) -> None:
    assert process(catalog, waits=()) == ListingState.PUBLISHING
    for decide in (
        lambda: approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS),
        lambda: send_back(catalog, key("a/b"), version=1, by="sari", word="?"),
    ):
        with pytest.raises(ReviewRefused) as refused:
            decide()
        assert refusal(refused) == (Refusal.NOT_WAITING, 1)


def test_what_is_to_be_kept_waits_for_approval_however_good_it_is(catalog: Catalog) -> None:
    assert process(catalog, waits=(), by_itself=False) == ListingState.READY
    assert send(catalog) == []
    approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    assert send(catalog) == [("bundle", 1), ("shop", 1)]


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_new_version_that_says_the_same_stays_approved(catalog: Catalog, by_itself: bool) -> None:
    process(catalog, "1")
    approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    send(catalog)
    assert process(catalog, "2", by_itself=by_itself) == ListingState.PUBLISHED
    assert send(catalog) == []


def test_a_new_version_that_says_something_else_needs_a_new_look(catalog: Catalog) -> None:
    process(catalog, "1")
    approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    send(catalog)
    assert process(catalog, "2", says="recipe-2") == ListingState.WAITING
    assert send(catalog) == []
    approve(catalog, key("a/b"), version=2, by="sari", publishers=SHOPS)
    assert send(catalog) == [("bundle", 2), ("shop", 2)]


def test_an_approval_does_not_stand_for_a_fault_of_ours_that_came_later(catalog: Catalog) -> None:
    process(catalog, "1")
    approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    fault = (Hold(reason=HoldReason.OUR_FAULT, file="01.jpg", detail="crashed"),)
    assert process(catalog, "2", waits=fault) == ListingState.WAITING


def test_what_was_sent_back_waits_until_it_says_something_else(catalog: Catalog) -> None:
    process(catalog, "1", waits=(), by_itself=False)
    review = send_back(catalog, key("a/b"), version=1, by="sari", word="Harganya salah")
    assert (review.word, state(catalog)) == ("Harganya salah", ListingState.WAITING)
    assert process(catalog, "2", waits=()) == ListingState.WAITING
    assert send(catalog) == []
    assert process(catalog, "3", waits=(), says="recipe-2") == ListingState.PUBLISHING


def test_her_words_are_not_in_the_audit(catalog: Catalog) -> None:
    process(catalog)
    send_back(catalog, key("a/b"), version=1, by="sari", word="Kata Bu Ani harganya salah")
    (entry,) = read_audit(catalog)
    assert (entry.act, entry.detail) == (Act.LISTING_SENT_BACK, {"version": 1})


def test_she_may_change_her_mind(catalog: Catalog) -> None:
    process(catalog)
    send_back(catalog, key("a/b"), version=1, by="sari", word="?")
    approve(catalog, key("a/b"), version=1, by="budi", publishers=SHOPS)
    assert len(send(catalog)) == 2
    (row,) = list_listings(catalog)
    assert row.review is not None
    assert row.review.by == "budi"


def test_an_approved_listing_that_its_seller_takes_away_is_withdrawn(catalog: Catalog) -> None:
    process(catalog)
    approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    send(catalog)
    record_arrivals(catalog, [Arrival(key=key("a/b"), photos=(), note=None)])
    let_pass(catalog, Listings, "due_at")
    (lease,) = lease_listings(catalog, this_process())
    gone = result(lease, waits=(Hold(reason=HoldReason.NO_PHOTO),))
    assert finish(catalog, lease, gone, ()) == ListingState.PUBLISHING


def test_nobody_decides_about_a_listing_that_is_not_known(catalog: Catalog) -> None:
    with pytest.raises(LookupError):
        approve(catalog, key("a/b"), version=1, by="sari", publishers=SHOPS)
    with pytest.raises(LookupError):
        send_back(catalog, key("a/b"), version=1, by="sari", word="?")


def test_each_listing_is_shown_with_its_own_last_decision(catalog: Catalog) -> None:
    for name in ("a/b", "a/c", "a/d"):
        process(catalog, name=name)
    send_back(catalog, key("a/c"), version=1, by="sari", word="satu")
    send_back(catalog, key("a/c"), version=1, by="sari", word="dua")
    send_back(catalog, key("a/d"), version=1, by="sari", word="tiga")
    said = {row.key.listing: row.review.word for row in list_listings(catalog) if row.review}
    assert said == {"c": "dua", "d": "tiga"}


@given(st.sets(st.sampled_from([*HoldReason]), min_size=1))
def test_no_approval_lifts_what_no_approval_can_replace(reasons: set[HoldReason]) -> None:
    lease = Lease(key=key("a/b"), version=1, fencing_token=1, files=("00.jpg",), note_file=None)
    details = {HoldReason.OPEN_QUESTION: Question.WHAT_IS_IT.value}
    waits = tuple(Hold(reason=reason, detail=details.get(reason, "")) for reason in sorted(reasons))
    photo = SetAside(file="00.jpg", sha256=None, reason=RejectionReason.CRASHED)
    made: ListingResult = result(lease, waits=waits, photos=(photo,))
    lacking = {HoldReason.NO_PHOTO, HoldReason.OUR_FAULT, HoldReason.OPEN_QUESTION}
    assert {wait.reason for wait in beyond_approval(made)} == reasons & lacking
