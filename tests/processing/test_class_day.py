"""A class at a glance: whose turn it is with each seller, in which order, and what the room can learn."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.assessment import DefectCode
from models.class_day import ClassDay, ClassListing, ClassSeller, GlimpsedResult, Sending, Turn
from models.listing import Hold, HoldReason, ListingKey, ListingResult
from models.note import SellerNote
from models.photo import Finished
from models.review import Decision, Review
from models.seller import Seller
from models.state import ListingState
from models.suggestion import Suggestion
from processing.class_day import AT_WORK, HERS, has_photos, room_mistake, standings_of
from tests.processing.test_lesson import taken

NOON = datetime(2026, 11, 27, 5, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 26, 17, tzinfo=UTC)
QUESTION = Hold(reason=HoldReason.OPEN_QUESTION, detail="what_price")
DARK = Hold(reason=HoldReason.GRAVE_DEFECT, file="a.jpg", detail="underexposed")


def listing(
    name: str,
    state: ListingState = ListingState.WAITING,
    *waits: Hold,
    photos: tuple[Finished, ...] = (),
    minutes: int = 1,
    sent_back: bool = False,
) -> ClassListing:
    seller, own = name.split("/")
    key = ListingKey(seller=seller, listing=own)
    nothing = Suggestion(title=None, category=None, price=None, description=None, questions=())
    result = ListingResult(
        key=key,
        version=1,
        identity="recipe-1",
        note=SellerNote(words=""),
        photos=photos,
        score=None,
        suggestion=nothing,
        waits=waits,
    )
    review = Review(
        key=key,
        version=1,
        stands_for=1,
        content="",
        decision=Decision.SENT_BACK,
        word="Foto lagi.",
        by="s",
        at=NOON,
    )
    return ClassListing(
        key=key,
        state=state,
        finished_at=NOON - timedelta(minutes=minutes),
        result=None if state in AT_WORK else GlimpsedResult.model_validate_json(result.model_dump_json()),
        review=review if sent_back else None,
    )


def room(*listings: ClassListing, sendings: tuple[Sending, ...] = (), more: tuple[str, ...] = ()) -> ClassDay:
    """A class of the sellers whom the listings and sendings name, and of ``more`` who have nothing yet."""
    names = dict.fromkeys([*(one.key.seller for one in (*listings, *sendings)), *more])
    sellers = tuple(
        ClassSeller(
            seller=Seller(folder=name, name=name, consented_at=NOON),
            listings=tuple(one for one in listings if one.key.seller == name),
            sendings=tuple(one for one in sendings if one.key.seller == name),
        )
        for name in names
    )
    return ClassDay(now=NOON, since=MIDNIGHT, sellers=sellers, more=False)


def test_who_waits_longest_for_the_trainer_comes_first_and_who_has_nothing_yet_last() -> None:
    arriving = Sending(key=ListingKey(seller="e", listing="x"), arriving=2, arrived=1, since=NOON)
    day = room(
        listing("a/1", ListingState.PUBLISHED, minutes=50),
        listing("b/1", ListingState.WAITING, DARK, minutes=40),
        listing("c/1", ListingState.WAITING, QUESTION, minutes=5),
        listing("d/1", ListingState.READY, minutes=20),
        listing("f/1", ListingState.LEASED),
        listing("g/1", ListingState.FAILED, minutes=1),
        sendings=(arriving,),
        more=("h",),
    )

    shown = [(one.seller.folder, one.turn) for one in standings_of(day)]

    trainer = [(name, Turn.TRAINER) for name in "dcg"]
    rest = [("b", Turn.SELLER), ("e", Turn.ARRIVING), ("f", Turn.WORK), ("a", Turn.PUBLISHED)]
    assert shown == [*trainer, *rest, ("h", Turn.NOTHING_YET)]


def test_a_seller_stands_where_her_most_pressing_product_stands() -> None:
    day = room(
        listing("a/done", ListingState.PUBLISHED, minutes=90),
        listing("a/dark", ListingState.WAITING, DARK, minutes=60),
        listing("a/asked", ListingState.WAITING, DARK, QUESTION, minutes=30),
        listing("a/back", ListingState.WAITING, QUESTION, sent_back=True),
    )

    (stands,) = standings_of(day)

    assert [(one.listing, one.turn) for one in stands.standings] == [
        ("asked", Turn.TRAINER),
        ("dark", Turn.SELLER),
        ("back", Turn.SELLER),
        ("done", Turn.PUBLISHED),
    ]
    assert (stands.standings[0].wait, stands.since) == (QUESTION, NOON - timedelta(minutes=30))
    assert (stands.standings[2].word, stands.standings[2].since) == ("Foto lagi.", NOON)


@given(st.sampled_from(ListingState), st.lists(st.sampled_from(HoldReason), max_size=4), st.booleans())
def test_it_is_always_somebodys_turn_and_the_trainers_wherever_she_alone_can_go_on(
    state: ListingState, reasons: list[HoldReason], sent_back: bool
) -> None:
    waits = [Hold(reason=reason) for reason in reasons]
    (stands,) = standings_of(room(listing("a/1", state, *waits, sent_back=sent_back)))

    open_ = state in {ListingState.WAITING, ListingState.READY, ListingState.FAILED} and not sent_back
    hers = bool(reasons) and set(reasons) <= HERS and state is not ListingState.FAILED
    assert (stands.turn is Turn.TRAINER) == (open_ and not hers)
    assert (stands.turn is Turn.WORK) == (state in AT_WORK)


def test_the_rooms_mistake_counts_each_seller_once_and_names_nobody() -> None:
    blurred, cut = taken("a", DefectCode.BLUR), taken("b", DefectCode.CUT_OFF, severity=0.9)
    day = room(
        listing("a/1", photos=(blurred, blurred, blurred)),
        listing("a/2", photos=(blurred,)),
        listing("b/1", photos=(cut, taken("c"))),
        listing("c/1", photos=(cut, blurred)),
        listing("d/1", photos=(taken("d"),)),
    )

    mistake = room_mistake(day)

    assert mistake is not None
    # Both are made by two; that which costs more is taught.
    assert (mistake.section, mistake.sellers, mistake.of) == ("defect.cut_off", 2, 4)
    assert has_photos(day)


def test_what_one_seller_does_alone_or_did_yesterday_is_no_lesson_for_the_room() -> None:
    blurred = taken("a", DefectCode.BLUR)
    yesterday = 24 * 60
    day = room(
        listing("a/1", photos=(blurred, blurred)),
        listing("b/1", photos=(blurred,), minutes=yesterday),
        more=("c",),
    )

    assert room_mistake(day) is None
    assert has_photos(day)
    assert not has_photos(room(listing("b/1", photos=(blurred,), minutes=yesterday)))
