"""Processes one photo in a process of the pool: its bytes in, its renditions stored, a small value back.

Nothing here imports Prefect, so that a process costs what its network and OpenCV cost, and no more.
"""

import hashlib
import logging
import signal
from dataclasses import dataclass, replace
from functools import cache

import cv2

from config.approval import load_approval_rule
from config.known import known_recipes
from config.marketplaces import load_known, load_marketplace
from config.recipes import load_recipe
from config.score import load_score_weights
from config.settings import Settings
from flows.deadline import killed_after
from flows.parent_death import die_with
from flows.photo_cache import store_cached
from models.approval import ApprovalRule
from models.edit import NO_OVERRIDES, Overrides
from models.identity import corrected_identity, processing_identity
from models.marketplace import Marketplace
from models.photo import Finished, PhotoKey, PhotoResult, SetAside
from models.recipe import Recipe
from models.rejection import PhotoRejected, RejectionReason
from models.rendition import Rendition, StoredRendition
from models.store import ObjectMissing, ObjectStore, StoreError
from models.strokes import Stroke, mark_of, strokes_for
from processing.decode.limits import DecodeLimits
from processing.matte.estimator import MatteEstimator
from processing.matte.opening import open_estimator
from processing.photo import process_photo
from processing.read.text import open_reader
from storage.object_store.opening import open_store

log = logging.getLogger(__name__)

PHOTO_SECONDS = 120
"""The slowest network takes some ten seconds for a photo; one that takes this long will never end."""


@dataclass(frozen=True, slots=True)
class PhotoContext:
    """What a process opens once and uses for every photo."""

    store: ObjectStore
    recipe: Recipe
    estimator: MatteEstimator
    marketplaces: tuple[Marketplace, ...]
    rule: ApprovalRule

    @property
    def min_trust(self) -> float:
        """From which trust on a matte is used."""
        return self.rule.min_trust

    @property
    def identity(self) -> str:
        """What this context's results are known by."""
        return processing_identity(self.recipe, self.estimator.identity)

    @property
    def basis(self) -> str:
        """What all that is found out about a photo rests on, but for the photo itself and a person's strokes."""
        asked = "\n".join(marketplace.model_dump_json() for marketplace in self.marketplaces)
        text = f"{self.identity}\n{self.min_trust}\n{load_score_weights().model_dump_json()}\n{asked}"
        return hashlib.sha256(text.encode()).hexdigest()

    def following(self, overrides: Overrides) -> "PhotoContext":
        """Return the context for a listing with these overrides: with the recipe that a person chose for it.

        One that is not installed any more cannot be followed; the listing waits for that, :meth:`lacks`. Its
        marketplaces are those where its seller sells, or ours where nobody has said or none of hers is known.
        """
        recipe = self.recipe
        if overrides.recipe is not None and overrides.recipe.recipe != recipe.name and not self.lacks(overrides):
            recipe = load_recipe(overrides.recipe.recipe)
        return replace(self, recipe=recipe, marketplaces=_open_known(overrides.marketplaces) or self.marketplaces)

    def lacks(self, overrides: Overrides) -> bool:
        """Return whether a recipe was chosen that is not installed."""
        return overrides.recipe is not None and overrides.recipe.recipe not in known_recipes()


# With each photo it is asked for: its files are read once in a process.
@cache
def _open_known(codes: tuple[str, ...]) -> tuple[Marketplace, ...]:
    return load_known(codes)


@cache
def open_photo_context(settings: Settings) -> PhotoContext:
    """Return this process's context. Raises what opening a store, a preset or a network raises."""
    return PhotoContext(
        store=open_store(settings.store),
        recipe=load_recipe(settings.recipe),
        estimator=open_estimator(settings.matte),
        marketplaces=tuple(load_marketplace(code) for code in settings.marketplaces),
        rule=load_approval_rule(),
    )


def start_process(parent: int, settings: Settings) -> None:
    """Prepare a process of the pool: it dies with the flow, keeps to one thread, and opens what it needs."""
    die_with(parent)
    # Ctrl-C reaches the whole process group; the flow decides what becomes of its pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    open_photo_context(settings)
    open_reader()


def work_on_photo(settings: Settings, key: PhotoKey, overrides: Overrides = NO_OVERRIDES) -> PhotoResult:
    """Process one photo of the store and keep its renditions there, with what was made of it.

    Of its listing's ``overrides``, recipe and marketplaces are followed, and the correction of these bytes.

    A file that cannot be used comes back as :class:`SetAside` with its reason. So does a fault of our own, which
    is logged: the rest of the batch goes on, and a person looks before the listing is published.

    Raises
    ------
    StoreError
        When the store fails; trying again later may help.
    """
    context = open_photo_context(settings).following(overrides)
    try:
        data = context.store.get(key.raw, limit=DecodeLimits().max_bytes)
    except ObjectMissing:
        return SetAside(file=key.file, sha256=None, reason=RejectionReason.MISSING)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        with killed_after(PHOTO_SECONDS):
            photo, renditions = look_at_photo(context, key.file, data, strokes_for(sha256, overrides.corrections))
        stored = tuple(_keep(context, key, photo, rendition) for rendition in renditions)
        photo = photo.model_copy(update={"renditions": stored})
        store_cached(context, key, photo)
    except PhotoRejected as rejected:
        return SetAside(file=key.file, sha256=sha256, reason=rejected.reason, detail=rejected.detail)
    except StoreError:
        raise
    except Exception as fault:
        log.exception("%s could not be processed", key.raw)
        return SetAside(file=key.file, sha256=sha256, reason=RejectionReason.UNEXPECTED, detail=repr(fault)[:500])
    return photo


def look_at_photo(
    context: PhotoContext, file: str, data: bytes, strokes: tuple[Stroke, ...] = ()
) -> tuple[Finished, tuple[Rendition, ...]]:
    """Return what becomes of a photo that no store has, and its finished files. Raises PhotoRejected."""
    photo = process_photo(
        data,
        name=file,
        recipe=context.recipe,
        estimator=context.estimator,
        marketplaces=context.marketplaces,
        min_trust=context.min_trust,
        strokes=strokes,
    )
    finished = Finished(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        source=photo.source,
        trust=photo.trust,
        trusted=photo.trusted,
        doubts=photo.doubts,
        assessment=photo.assessment,
        verdicts=photo.verdicts,
        renditions=(),
        repairs=photo.repairs,
        correction=mark_of(strokes),
        fingerprint=photo.fingerprint,
    )
    return finished, photo.renditions


def _keep(context: PhotoContext, key: PhotoKey, photo: Finished, rendition: Rendition) -> StoredRendition:
    place = key.rendition(photo.sha256, corrected_identity(context.identity, photo.correction), rendition.name)
    context.store.put(place, rendition.data, media_type=rendition.media_type)
    return StoredRendition(
        name=rendition.name,
        key=place,
        media_type=rendition.media_type,
        width=rendition.width,
        height=rendition.height,
        bytes=len(rendition.data),
        sha256=hashlib.sha256(rendition.data).hexdigest(),
        published=context.recipe.publishes(rendition.name),
    )
