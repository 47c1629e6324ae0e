"""The way of one listing: its photos' results and the seller's words become one result, with a decision."""

from config.score import load_score_weights
from models.appraisal import Appraisal
from models.approval import ApprovalRule
from models.fingerprint import RepeatScope
from models.listing import Hold, HoldReason, ListingKey, ListingResult
from models.marketplace import Marketplace
from models.note import SellerNote
from models.photo import Finished, PhotoResult, SetAside
from models.rejection import OUR_FAULT
from models.suggestion import Suggestion
from processing.advise import order_advice
from processing.appraise.appraise import appraise
from processing.assess.score import score


def assemble_listing(
    key: ListingKey,
    *,
    version: int,
    identity: str,
    note: SellerNote,
    photos: tuple[PhotoResult, ...],
    suggestion: Suggestion,
    rule: ApprovalRule,
    marketplaces: tuple[Marketplace, ...] = (),
    obstacles: tuple[Hold, ...] = (),
    order: tuple[str, ...] = (),
) -> ListingResult:
    """Return what one run made of a listing.

    ``photos`` come in the seller's order and leave with the cover first, as a person put them in ``order``, and
    those set aside last. ``marketplaces`` are those that the listing is meant for: what one of them would refuse
    waits. ``obstacles`` are reasons to wait that were met on the way here, such as a note that cannot be read.
    """
    finished = in_order(tuple(photo for photo in photos if isinstance(photo, Finished)), order)
    appraisals = tuple(appraise(marketplace, finished, suggestion) for marketplace in marketplaces)
    set_aside = tuple(photo for photo in photos if isinstance(photo, SetAside))
    return ListingResult(
        key=key,
        version=version,
        identity=identity,
        note=note,
        photos=(*finished, *set_aside),
        score=round(sum(photo.assessment.score for photo in finished) / len(finished)) if finished else None,
        suggestion=suggestion,
        appraisals=appraisals,
        waits=(*obstacles, *_reasons_to_wait(finished, set_aside, suggestion, rule, appraisals)),
    )


def in_order(photos: tuple[Finished, ...], order: tuple[str, ...]) -> tuple[Finished, ...]:
    """Put photos where a person wants them, by their files; those that she has not seen yet come last.

    Where she has said nothing, the cover is chosen by :func:`cover_first`.
    """
    if not order:
        return cover_first(photos)
    places = {file: place for place, file in enumerate(order)}
    return tuple(sorted(photos, key=lambda photo: places.get(photo.file, len(places))))


def cover_first(photos: tuple[Finished, ...]) -> tuple[Finished, ...]:
    """Put the photo first that sells best: a trusted cut-out, then the highest score, then the seller's order."""
    if not photos:
        return ()
    cover = max(photos, key=lambda photo: (photo.trusted, photo.assessment.score))
    return (cover, *(photo for photo in photos if photo is not cover))


def score_as_finished(photo: Finished) -> int:
    """Return the score that approval goes by, 0 to 100: what we have mended costs only what is left of it.

    ``photo.assessment.score`` is that of the photo as it was sent, which its seller can do better in.
    """
    if not any(repair.worked for repair in photo.repairs):
        return photo.assessment.score
    return score(photo.defects_left, load_score_weights())[0]


def _reasons_to_wait(
    finished: tuple[Finished, ...],
    set_aside: tuple[SetAside, ...],
    suggestion: Suggestion,
    rule: ApprovalRule,
    appraisals: tuple[Appraisal, ...],
) -> tuple[Hold, ...]:
    waits = [
        Hold(reason=HoldReason.OUR_FAULT, file=photo.file, detail=photo.reason)
        for photo in set_aside
        if photo.reason in OUR_FAULT
    ]
    if not finished and not waits:
        waits.append(Hold(reason=HoldReason.NO_PHOTO))
    for number, photo in enumerate(finished):
        waits.extend(_doubts_about(photo, rule, is_cover=number == 0))
    waits.extend(
        Hold(reason=HoldReason.RULE_FAILED, detail=verdict.rule)
        for appraisal in appraisals
        for verdict in appraisal.verdicts
        if finished and verdict.refuses
    )
    waits.extend(
        Hold(reason=HoldReason.OPEN_QUESTION, detail=asked.question)
        for asked in suggestion.questions
        if asked.needed
    )
    return tuple(dict.fromkeys(waits))


def _doubts_about(photo: Finished, rule: ApprovalRule, *, is_cover: bool) -> list[Hold]:
    found, trusted, repairs = photo.assessment.defects, photo.trusted, photo.repairs
    ordered = [one.code for one in order_advice(found, load_score_weights(), trusted=trusted, repairs=repairs)]
    too_grave = {one.code for one in photo.defects_left if one.severity > rule.max_severity}
    grave = [code for code in ordered if code in too_grave]
    waits = [Hold(reason=HoldReason.GRAVE_DEFECT, file=photo.file, detail=code) for code in grave]
    if not grave and score_as_finished(photo) < rule.min_score:
        # A grave defect says already what there is to do.
        waits.append(Hold(reason=HoldReason.LOW_SCORE, file=photo.file, detail=ordered[0] if ordered else ""))
    if not photo.trusted:
        # After what is wrong with the photo itself, as on the photo's page.
        gravest = photo.doubts[0] if photo.doubts else ""
        waits.append(Hold(reason=HoldReason.UNTRUSTED_CUTOUT, file=photo.file, detail=gravest))
    if photo.repeats and photo.repeats.whose is RepeatScope.OTHER:
        waits.append(Hold(reason=HoldReason.OTHERS_PHOTO, file=photo.file))
    for verdict in photo.picture_verdicts:
        if verdict.refuses and (is_cover or not verdict.cover):
            reason = HoldReason.RECIPE_UNFIT if verdict.by_recipe else HoldReason.RULE_FAILED
            waits.append(Hold(reason=reason, file=photo.file, detail=verdict.rule))
    return waits
