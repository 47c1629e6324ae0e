"""One listing: the cover, the score, and why it waits."""

from hypothesis import given
from hypothesis import strategies as st

from models.approval import ApprovalRule
from models.assessment import Assessment, Defect, DefectCode, Outcome, Verdict
from models.listing import ListingKey, ListingResult, Wait, WaitReason
from models.note import SellerNote
from models.photo import Finished, PhotoResult, SetAside
from models.picture import Source
from models.rejection import OUR_FAULT, RejectionReason
from models.suggestion import Question, Suggestion
from processing.listing import assemble_listing

RULE = ApprovalRule(min_trust=0.5, min_score=60, max_severity=0.6)
ANSWERED = Suggestion(title=None, category=None, price=None, description=None, questions=())


def photo(
    file: str,
    *,
    trust: float = 0.9,
    score: int = 90,
    severity: float | None = None,
    outcome: Outcome = Outcome.PASS,
) -> Finished:
    """Return a photo with the given figures."""
    defects = () if severity is None else (Defect(code=DefectCode.BLURRED, severity=severity),)
    return Finished(
        file=file,
        sha256="00",
        source=Source(format="JPEG", width=1600, height=1200, bytes=1),
        trust=trust,
        trusted=trust >= RULE.min_trust,
        doubts=(),
        assessment=Assessment(score=score, parts={}, measurements=(), defects=defects),
        verdicts=(Verdict(marketplace="shopee", rule="aspect", outcome=outcome, found="1", wanted="1"),),
        renditions=(),
    )


def assemble(
    *photos: PhotoResult, suggestion: Suggestion = ANSWERED, obstacles: tuple[Wait, ...] = ()
) -> ListingResult:
    """Assemble a listing of these photos."""
    return assemble_listing(
        ListingKey(seller="ibu-ani", listing="tampah"),
        version=1,
        identity="x",
        note=SellerNote(),
        photos=photos,
        suggestion=suggestion,
        rule=RULE,
        obstacles=obstacles,
    )


def reasons(result: ListingResult) -> list[WaitReason]:
    return [wait.reason for wait in result.waits]


def test_a_listing_whose_photos_are_all_good_may_be_published() -> None:
    assert assemble(photo("a"), photo("b")).publishable


@given(
    st.lists(
        st.builds(
            photo,
            st.uuids().map(str),
            trust=st.floats(0, 1),
            score=st.integers(0, 100),
            severity=st.none() | st.floats(0, 1),
            outcome=st.sampled_from(Outcome),
        ),
        max_size=6,
    )
)
def test_it_is_published_by_itself_exactly_when_every_photo_keeps_the_rule(photos: list[Finished]) -> None:
    keeps = [
        photo.trust >= RULE.min_trust
        and photo.assessment.score >= RULE.min_score
        and all(defect.severity <= RULE.max_severity for defect in photo.assessment.defects)
        and all(verdict.outcome is not Outcome.FAIL for verdict in photo.verdicts)
        for photo in photos
    ]
    assert assemble(*photos).publishable == (bool(keeps) and all(keeps))


@given(
    st.lists(st.builds(photo, st.uuids().map(str), trust=st.floats(0, 1), score=st.integers(0, 100)), min_size=1)
)
def test_no_photo_is_lost_and_only_the_cover_leaves_its_place(photos: list[Finished]) -> None:
    cover, *others = assemble(*photos).finished
    assert others == [photo for photo in photos if photo is not cover]
    assert all(
        (cover.trusted, cover.assessment.score) >= (photo.trusted, photo.assessment.score) for photo in photos
    )


def test_among_equals_the_sellers_first_photo_is_the_cover() -> None:
    assert assemble(photo("b"), photo("a")).finished[0].file == "b"


def test_a_broken_file_does_not_hold_up_the_rest_of_its_listing() -> None:
    result = assemble(SetAside(file="rusak", sha256="00", reason=RejectionReason.TRUNCATED), photo("a"))
    assert result.publishable
    assert [photo.file for photo in result.set_aside] == ["rusak"]


def test_a_listing_of_broken_files_alone_waits_for_a_photo() -> None:
    result = assemble(SetAside(file="rusak", sha256="00", reason=RejectionReason.TRUNCATED))
    assert reasons(result) == [WaitReason.NO_PHOTO]
    assert result.score is None


def test_a_fault_of_ours_makes_the_listing_wait_and_does_not_ask_the_seller_for_a_photo() -> None:
    for reason in OUR_FAULT:
        result = assemble(SetAside(file="a", sha256=None, reason=reason))
        assert reasons(result) == [WaitReason.OUR_FAULT]


def test_an_open_question_makes_it_wait() -> None:
    asked = ANSWERED.model_copy(update={"questions": (Question.WHAT_PRICE,)})
    assert [(wait.reason, wait.detail) for wait in assemble(photo("a"), suggestion=asked).waits] == [
        (WaitReason.OPEN_QUESTION, Question.WHAT_PRICE)
    ]


def test_what_was_met_on_the_way_stands_first() -> None:
    obstacle = Wait(reason=WaitReason.NOTE_UNREADABLE, file="listing.json", detail="not_json")
    assert assemble(photo("a", score=10), obstacles=(obstacle,)).waits[0] == obstacle
