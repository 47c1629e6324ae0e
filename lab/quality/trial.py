"""A trial: one photo as it is, and with every fault put into it, through the pipeline's own eyes."""

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from config.approval import load_approval_rule
from config.recipes import load_recipe
from config.settings import Settings
from lab.quality.degradation import Degradation, Pixels, Scene
from lab.quality.degradations import DEGRADATIONS
from lab.quality.photos import PhotoFile
from lab.quality.screen import is_clean
from models.assessment import DefectCode
from models.picture import Picture
from processing.assess.measure import Measure
from processing.assess.measures import MEASURES
from processing.assess.subject import reduce
from processing.decode.photo import decode
from processing.matte.bundled import BundledEstimator

QUALITY = 92
"""Of the JPEG that a faulty photo is stored as."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What was found on one photo."""

    photo: PhotoFile
    degradation: str | None
    """``None`` for the photo as it is."""
    amount: float
    severities: dict[str, float]
    """The gravest of each defect that was found."""
    figures: dict[str, float | None]
    file: Path | None = None
    """The faulty photo, where it was kept for a peer."""


def look(photo: PhotoFile, defects: frozenset[DefectCode]) -> Sight:
    """Return which of these defects are found on a photo as it is, and of those that are looked for with them."""
    asked = tuple(measure for measure in MEASURES if measure.defects & defects)
    return _see(_decode(photo.path.read_bytes(), photo.path.name), photo, asked)


def try_out(
    photo: PhotoFile, companion: PhotoFile, degradations: Iterable[str], kept: Path | None = None
) -> list[Sight]:
    """Return what is found on a photo with each of these faults at each amount; nothing where it is not clean.

    What a peer also looks for is kept as a file in the folder ``kept``, as is the photo without a fault.
    """
    picture = _decode(photo.path.read_bytes(), photo.path.name)
    if not is_clean(picture.pixels):
        return []
    matte = _estimator().estimate(picture)
    size = (picture.width, picture.height)
    scene = Scene(
        pixels=picture.pixels,
        alpha=np.asarray(cv2.resize(matte.alpha, size), np.float32),
        trusted=matte.trust >= load_approval_rule().min_trust,
        companion=_decode(companion.path.read_bytes(), companion.path.name).pixels,
    )
    by_name = {one.name: one for one in DEGRADATIONS}
    chosen = [by_name[name] for name in degradations if by_name[name].suits(scene)]
    untouched = _kept(_stored(scene.pixels), photo, "untouched", kept)
    return [
        _see(picture, photo, MEASURES, file=untouched),
        *(_degraded(scene, photo, one, amount, kept) for one in chosen for amount in one.amounts),
    ]


def _degraded(scene: Scene, photo: PhotoFile, degradation: Degradation, amount: float, kept: Path | None) -> Sight:
    chance = np.random.default_rng(zlib.crc32(f"{photo.name} {degradation.name}".encode()))
    data = _stored(degradation.apply(scene, amount, chance))
    file = _kept(data, photo, f"{degradation.name}-{amount}", kept if degradation.peer else None)
    asked = tuple(measure for measure in MEASURES if degradation.defect in measure.defects)
    return _see(_decode(data, "photo.jpg"), photo, asked, degradation.name, amount, file)


def _see(
    picture: Picture,
    photo: PhotoFile,
    measures: tuple[Measure, ...],
    degradation: str | None = None,
    amount: float = 0,
    file: Path | None = None,
) -> Sight:
    """Look at a photo as the pipeline does, through its own matte, with these measures."""
    subject = reduce(picture, _estimator().estimate(picture), load_approval_rule().min_trust)
    severities: dict[str, float] = {}
    figures: dict[str, float | None] = {}
    for measure in measures:
        measured = measure.measure(subject)
        figures |= {one.name: one.value for one in measured}
        for defect in measure.find(measured):
            severities[defect.code] = max(defect.severity, severities.get(defect.code, 0.0))
    return Sight(photo, degradation, amount, severities, figures, file)


def _decode(data: bytes, name: str) -> Picture:
    return decode(data, name=name, min_side=load_recipe(Settings().recipe).decode_side)


def _stored(pixels: Pixels) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _kept(data: bytes, photo: PhotoFile, what: str, folder: Path | None) -> Path | None:
    if folder is None:
        return None
    file = folder / f"{photo.name.replace('/', '_')}-{what}.jpg"
    file.write_bytes(data)
    return file


@cache
def _estimator() -> BundledEstimator:
    cv2.setNumThreads(1)
    return BundledEstimator()
