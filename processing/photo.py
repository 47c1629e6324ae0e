"""The way of one photo, from the seller's bytes to the finished files. It reads from top to bottom."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from models.assessment import Assessment, Verdict
from models.fingerprint import Fingerprint
from models.light import Light
from models.marketplace import Marketplace
from models.matte import Doubt, Matte
from models.picture import Picture, Source
from models.recipe import Recipe, RenditionSpec
from models.rendition import Rendition
from models.repair import Repair
from models.strokes import Stroke
from processing.appraise.finished import facts_of, look_at
from processing.appraise.photo_rules import judge_photo
from processing.assess.assess import assess
from processing.compose import compose
from processing.decode.photo import decode
from processing.encode import encode
from processing.fingerprint import take_fingerprint
from processing.frame import Placement, fit, frame_product, place
from processing.matte.corrected import correct
from processing.matte.estimator import MatteEstimator
from processing.matte.foreground import estimate_foreground
from processing.matte.refine import refine
from processing.matte.spill import take_off_spill
from processing.read.label import read_closely
from processing.repair import look_at_repairs
from processing.resizing import shrink_to_show
from processing.tone import relight

Level = TypeVar("Level", np.uint8, np.float32)


@dataclass(frozen=True, slots=True)
class ProcessedPhoto:
    """What became of one photo."""

    source: Source
    trust: float
    """As it was measured, also where a person has corrected the matte since."""
    trusted: bool
    """False: the renditions show the cleaned original instead of a cut-out."""
    doubts: tuple[Doubt, ...]
    assessment: Assessment
    verdicts: tuple[Verdict, ...]
    """What each marketplace says of each rendition that is for buyers."""
    renditions: tuple[Rendition, ...]
    repairs: tuple[Repair, ...]
    """What came of the defects that we could mend."""
    fingerprint: Fingerprint | None
    """``None`` for a photo that is too plain to be known again."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The finished picture before it is encoded, at the size of the recipe's largest rendition."""

    foreground: NDArray[np.uint8]
    """Shape (H, W, 3): the product's own colour, also where it ends softly."""
    alpha: NDArray[np.float32]
    """Shape (H, W), in [0, 1]."""
    composed: NDArray[np.uint8]
    """Shape (H, W, 3): on the recipe's background."""
    fully_framed: bool
    """False where the photo has too few pixels of the product for the recipe's margin, or it is not known."""


def process_photo(
    data: bytes,
    *,
    name: str,
    recipe: Recipe,
    estimator: MatteEstimator,
    marketplaces: tuple[Marketplace, ...],
    min_trust: float,
    strokes: tuple[Stroke, ...] = (),
) -> ProcessedPhoto:
    """Take one photo the whole way.

    Parameters
    ----------
    data
        The file as the seller sent it.
    name
        Its name, whose extension must fit the content.
    min_trust
        In [0, 1]: a matte that is trusted less is not used; the cleaned original takes the cut-out's place.
    strokes
        By which a person has corrected the matte, which is trusted then.

    Raises
    ------
    PhotoRejected
        When the file cannot be used as a photo; the reason says why.
    RenditionTooLarge
        When no quality brings a rendition under the recipe's limit.
    """
    picture = decode(data, name=name, min_side=recipe.decode_side)
    matte = correct(picture.pixels, estimator.estimate(picture), strokes)
    trusted = matte.is_trusted(min_trust)
    assessment = assess(picture, matte, marketplaces, min_trust=min_trust, recipe=recipe)
    reading = read_closely(picture.pixels, assessment.reading)
    light = assessment.light
    canvas = _cut_out(picture, matte, recipe, light) if trusted else _clean(picture, recipe, light)
    specs = [spec for spec in recipe.renditions if trusted or spec.view != "cutout"]
    renditions = tuple(_finish(picture, canvas, spec) for spec in specs)
    shown = look_at(canvas.composed, canvas.alpha, assessment, trusted=trusted, fully_framed=canvas.fully_framed)
    verdicts = tuple(
        verdict
        for spec, rendition in zip(specs, renditions, strict=True)
        if spec.published
        for verdict in judge_photo(marketplaces, facts_of(rendition, spec, shown), rendition.name)
    )
    return ProcessedPhoto(
        source=picture.source,
        trust=matte.trust,
        trusted=trusted,
        doubts=matte.doubts,
        assessment=assessment.model_copy(update={"reading": reading}),
        verdicts=verdicts,
        renditions=renditions,
        repairs=look_at_repairs(assessment, canvas.composed, canvas.alpha, trusted=trusted),
        fingerprint=take_fingerprint(picture),
    )


def _cut_out(picture: Picture, matte: Matte, recipe: Recipe, light: Light | None) -> Canvas:
    """Frame the product, refine its outline at the output's size, and set it on the recipe's background."""
    placement = frame_product((picture.width, picture.height), matte, recipe)
    pixels = place(picture.pixels, placement)
    alpha = refine(place(matte.alpha, placement.resized(_working_size(matte, placement))), pixels)
    lit = relight(pixels, light)
    foreground = take_off_spill(estimate_foreground(lit, alpha), lit, alpha)
    composed = compose(foreground, alpha, recipe.background, recipe.shadow)
    return Canvas(foreground, alpha, composed, placement.scale < recipe.framing.max_enlargement)


def _working_size(matte: Matte, placement: Placement) -> tuple[int, int]:
    """Return the frame's size in px at the matte's own resolution, which is what refining starts from."""
    share = min(1.0, matte.alpha.shape[1] / (placement.size[0] * placement.scale))
    return max(1, round(placement.output[0] * share)), max(1, round(placement.output[1] * share))


def _clean(picture: Picture, recipe: Recipe, light: Light | None) -> Canvas:
    """Keep the whole photo with its background: only exposure and white balance are touched."""
    placement = fit((picture.width, picture.height), recipe.canvas, recipe.framing.max_enlargement)
    whole = np.ones((picture.height, picture.width), np.float32)
    alpha = np.round(place(whole, placement))
    lit = relight(place(picture.pixels, placement), light)
    return Canvas(lit, alpha, compose(lit, alpha, recipe.background, shadow=None), fully_framed=False)


def _finish(picture: Picture, canvas: Canvas, spec: RenditionSpec) -> Rendition:
    """Scale a view to a rendition's size and encode it."""
    if spec.view == "original":
        scale = min(spec.width / picture.width, spec.height / picture.height, 1.0)
        width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        return encode(_scale(picture.pixels, width, height), None, spec.sized(width, height))
    if spec.view == "cutout":
        alpha = _scale(canvas.alpha, spec.width, spec.height)
        return encode(_scale(canvas.foreground, spec.width, spec.height), alpha, spec)
    return encode(_scale(canvas.composed, spec.width, spec.height), None, spec)


def _scale(pixels: NDArray[Level], width: int, height: int) -> NDArray[Level]:
    """Shrink to a size; what has it already is returned as it is."""
    return shrink_to_show(pixels, (width, height))
