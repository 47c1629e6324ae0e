"""One listing: the cover, the score, and why it waits."""

from hypothesis import given
from hypothesis import strategies as st

from config.score import load_score_weights
from models.approval import ApprovalRule
from models.assessment import Assessment, Defect, DefectCode, Outcome, Verdict
from models.listing import Hold, HoldReason, ListingKey, ListingResult
from models.marketplace import Marketplace, Tier
from models.note import SellerNote
from models.photo import Finished, PhotoResult, SetAside
from models.picture import Source
from models.rejection import OUR_FAULT, RejectionReason
from models.rendition import StoredRendition
from models.repair import Repair
from models.rule import Level
from models.suggestion import Asked, Question, Suggestion
from processing.assess.score import score
from processing.listing import assemble_listing, in_order, score_as_finished
from tests.rules import market, rule

RULE = ApprovalRule(min_trust=0.5, min_score=60, max_severity=0.6)
WEIGHTS = load_score_weights()
ANSWERED = Suggestion(title=None, category=None, price=None, description=None, questions=())


def photo(
    file: str,
    *,
    trust: float = 0.9,
    score: int = 90,
    severity: float | None = None,
    outcome: Outcome = Outcome.PASS,
    level: Level = Level.REQUIRED,
    cover: bool = False,
    by_recipe: bool = False,
) -> Finished:
    """Return a photo with the given figures."""
    defects = () if severity is None else (Defect(code=DefectCode.BLUR, severity=severity),)
    return Finished(
        file=file,
        sha256="00",
        source=Source(format="JPEG", width=1600, height=1200, bytes=1),
        trust=trust,
        trusted=trust >= RULE.min_trust,
        doubts=(),
        assessment=Assessment(score=score, parts={}, measurements=(), defects=defects),
        verdicts=tuple(
            Verdict(
                marketplace="shopee",
                rule="no_text",
                outcome=Outcome.FAIL if rendition == "thumbnail.jpg" else outcome,
                found="",
                wanted="",
                level=level,
                cover=cover,
                rendition=rendition,
                by_recipe=by_recipe,
            )
            for rendition in ("main.jpg", "thumbnail.jpg")
        ),
        renditions=(rendition("main.jpg", 1200), rendition("thumbnail.jpg", 300)),
    )


def rendition(name: str, side: int) -> StoredRendition:
    """Return a JPEG for buyers."""
    return StoredRendition(
        name=name,
        key=name,
        media_type="image/jpeg",
        width=side,
        height=side,
        bytes=1,
        sha256="00",
        published=True,
    )


def assemble(
    *photos: PhotoResult,
    suggestion: Suggestion = ANSWERED,
    obstacles: tuple[Hold, ...] = (),
    marketplaces: tuple[Marketplace, ...] = (),
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
        marketplaces=marketplaces,
        obstacles=obstacles,
    )


def test_photos_stand_where_a_person_put_them_whatever_their_scores_and_new_ones_come_last() -> None:
    photos = (photo("a", score=90), photo("b", score=70, trust=0.1), photo("new", score=100), photo("c", score=80))

    assert [each.file for each in in_order(photos, ("b", "gone", "c", "a"))] == ["b", "c", "a", "new"]
    assert [each.file for each in in_order(photos, ())] == ["new", "a", "b", "c"]


def reasons(result: ListingResult) -> list[HoldReason]:
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
        and all(verdict.outcome is not Outcome.FAIL for verdict in photo.picture_verdicts)
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


def with_defects(*defects: Defect, repairs: tuple[Repair, ...] = (), score: int = 90) -> Finished:
    """Return a photo with these defects, and what came of them."""
    plain = photo("a", score=score)
    assessment = plain.assessment.model_copy(update={"defects": defects})
    return plain.model_copy(update={"assessment": assessment, "repairs": repairs})


def waits_of(*photos: Finished) -> list[tuple[HoldReason, str]]:
    return [(wait.reason, wait.detail) for wait in assemble(*photos).waits]


SMALL = Defect(code=DefectCode.SMALL_IN_FRAME, severity=0.68, foreseen=0.0)


def test_what_was_mended_and_looked_at_holds_no_listing() -> None:
    mended = Repair(code=SMALL.code, before=0.68, after=0.0)
    assert assemble(with_defects(SMALL, repairs=(mended,), score=50)).publishable


def test_what_was_mended_in_vain_holds_its_listing() -> None:
    in_vain = Repair(code=SMALL.code, before=0.68, after=0.6)
    for repairs in ((), (in_vain,)):
        assert waits_of(with_defects(SMALL, repairs=repairs)) == [(HoldReason.GRAVE_DEFECT, SMALL.code)]


def test_of_a_mended_defect_the_score_that_is_asked_for_has_what_is_left_and_of_others_all() -> None:
    dim = Defect(code=DefectCode.UNDEREXPOSED, severity=0.38, foreseen=0.15)
    blurred = Defect(code=DefectCode.BLUR, severity=0.55)
    mended = Repair(code=dim.code, before=0.38, after=0.15)
    seen = with_defects(blurred, dim, repairs=(mended,), score=45)
    assert score_as_finished(seen) == score((blurred, dim.model_copy(update={"severity": 0.15})), WEIGHTS)[0]
    assert waits_of(seen) == [(HoldReason.LOW_SCORE, DefectCode.BLUR)]


def test_a_low_score_is_told_by_what_the_seller_can_do_and_not_beside_a_grave_defect() -> None:
    little = Defect(code=DefectCode.NOISE, severity=0.5)
    grave = Defect(code=DefectCode.BLUR, severity=0.9)
    assert waits_of(with_defects(grave, little, score=30)) == [(HoldReason.GRAVE_DEFECT, DefectCode.BLUR)]
    assert waits_of(with_defects(little, score=50)) == [(HoldReason.LOW_SCORE, DefectCode.NOISE)]
    assert waits_of(with_defects(score=50)) == [(HoldReason.LOW_SCORE, "")]


def test_of_two_grave_defects_that_stands_first_which_costs_most() -> None:
    cast = Defect(code=DefectCode.COLOUR_CAST, severity=0.9)
    blurred = Defect(code=DefectCode.BLUR, severity=0.8)
    assert waits_of(with_defects(cast, blurred)) == [
        (HoldReason.GRAVE_DEFECT, DefectCode.BLUR),
        (HoldReason.GRAVE_DEFECT, DefectCode.COLOUR_CAST),
    ]


def test_a_broken_file_does_not_hold_up_the_rest_of_its_listing() -> None:
    result = assemble(SetAside(file="rusak", sha256="00", reason=RejectionReason.TRUNCATED), photo("a"))
    assert result.publishable
    assert [photo.file for photo in result.set_aside] == ["rusak"]


def test_a_listing_of_broken_files_alone_waits_for_a_photo() -> None:
    result = assemble(SetAside(file="rusak", sha256="00", reason=RejectionReason.TRUNCATED))
    assert reasons(result) == [HoldReason.NO_PHOTO]
    assert result.score is None


def test_a_fault_of_ours_makes_the_listing_wait_and_does_not_ask_the_seller_for_a_photo() -> None:
    for reason in OUR_FAULT:
        result = assemble(SetAside(file="a", sha256=None, reason=reason))
        assert reasons(result) == [HoldReason.OUR_FAULT]


def test_an_open_question_makes_it_wait() -> None:
    asked = ANSWERED.model_copy(update={"questions": (Asked(question=Question.WHAT_PRICE, needed=True),)})
    assert [(wait.reason, wait.detail) for wait in assemble(photo("a"), suggestion=asked).waits] == [
        (HoldReason.OPEN_QUESTION, Question.WHAT_PRICE)
    ]


def test_what_a_marketplace_would_refuse_of_the_picture_that_it_is_given_waits() -> None:
    assert assemble(photo("a")).publishable  # the thumbnail would be refused, and is not for it
    result = assemble(photo("a", outcome=Outcome.FAIL))
    assert [(wait.reason, wait.file, wait.detail) for wait in result.waits] == [
        (HoldReason.RULE_FAILED, "a", "no_text")
    ]


def test_advice_that_is_not_followed_and_what_cannot_be_checked_keep_nothing_waiting() -> None:
    assert assemble(photo("a", outcome=Outcome.FAIL, level=Level.ADVISED)).publishable
    assert assemble(photo("a", outcome=Outcome.CANNOT_CHECK)).publishable


def test_a_rule_about_the_cover_lets_other_photos_be() -> None:
    cover, other = photo("a", score=95), photo("b", outcome=Outcome.FAIL, cover=True)
    assert assemble(cover, other).publishable
    assert reasons(assemble(photo("b", outcome=Outcome.FAIL, cover=True))) == [HoldReason.RULE_FAILED]


def test_what_only_another_recipe_could_mend_is_not_asked_of_the_seller() -> None:
    assert reasons(assemble(photo("a", outcome=Outcome.FAIL, by_recipe=True))) == [HoldReason.RECIPE_UNFIT]


def test_the_same_reason_is_given_once_however_many_marketplaces_have_it() -> None:
    twice = photo("a", outcome=Outcome.FAIL)
    other = tuple(verdict.model_copy(update={"marketplace": "lazada"}) for verdict in twice.verdicts)
    twice = twice.model_copy(update={"verdicts": (*twice.verdicts, *other)})
    assert reasons(assemble(twice)) == [HoldReason.RULE_FAILED]


def test_a_listing_that_a_marketplace_would_refuse_waits_and_one_that_could_do_better_does_not() -> None:
    refusing = market(rule("max_photos", 1))
    advising = market(rule("max_photos", 1, level="advised"))
    photos = photo("a"), photo("b")
    assert [(wait.reason, wait.detail) for wait in assemble(*photos, marketplaces=(refusing,)).waits] == [
        (HoldReason.RULE_FAILED, "max_photos")
    ]
    assert assemble(*photos, marketplaces=(advising,)).publishable
    assert assemble(photo("a"), marketplaces=(refusing,)).publishable


def test_what_a_tier_takes_keeps_nothing_waiting() -> None:
    tiers = (Tier(code="LOW", id="a", en="a"), Tier(code="HIGH", id="b", en="b", task=(rule("min_photos", 9),)))
    result = assemble(photo("a"), marketplaces=(market(rule("max_photos", 9), tier=tiers),))
    assert result.publishable
    (appraisal,) = result.appraisals
    assert (appraisal.tier, appraisal.next_fix.rule if appraisal.next_fix else None) == ("LOW", "min_photos")


def test_a_listing_without_photos_waits_for_one_and_for_nothing_else() -> None:
    assert reasons(assemble(marketplaces=(market(rule("min_photos", 2)),))) == [HoldReason.NO_PHOTO]


def test_a_result_from_before_verdicts_named_their_file_can_still_be_read() -> None:
    known = assemble(photo("a"), photo("b")).model_dump(mode="json")
    new = {"level", "cover", "rendition", "by_recipe", "tier"}
    known.pop("appraisals")
    for each in known["photos"]:
        each["verdicts"] = [{name: v for name, v in each["verdicts"][0].items() if name not in new}]
        each["assessment"].pop("looked_for")
        for name in ("colours", "moves", "extension"):
            each["source"].pop(name)
    result = ListingResult.model_validate(known)
    assert result.appraisals == ()
    assert [verdict.rule for verdict in result.finished[0].picture_verdicts] == ["no_text"]


def test_what_was_met_on_the_way_stands_first() -> None:
    obstacle = Hold(reason=HoldReason.NOTE_UNREADABLE, file="listing.json", detail="not_json")
    assert assemble(photo("a", score=10), obstacles=(obstacle,)).waits[0] == obstacle
