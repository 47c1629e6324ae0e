"""Facts of a photo and of a listing that keep every usual rule."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from processing.appraise.facts import ListingFacts, PhotoFacts, Shown


@pytest.fixture
def photo() -> Callable[..., PhotoFacts]:
    """A square JPEG of a product on white; whatever is named is otherwise, in the file or in what it shows."""
    shown = Shown(
        fill=0.8,
        whiteness=255,
        plain_background=True,
        found={"text_overlay": False, "logo": False, "watermark": False, "border": False, "collage": False},
    )
    sent = PhotoFacts(
        width=1200,
        height=1200,
        bytes=300_000,
        format="JPEG",
        colours="RGB",
        moves=False,
        extension_fits=True,
        quality=90,
        finished=False,
        shown=shown,
    )

    def build(**changed: object) -> PhotoFacts:
        of_shown = {name: value for name, value in changed.items() if name in Shown.__slots__}
        of_file = {name: value for name, value in changed.items() if name not in of_shown}
        return replace(sent, shown=replace(shown, **of_shown), **of_file)  # type: ignore[arg-type]

    return build


@pytest.fixture
def listing() -> Callable[..., ListingFacts]:
    """A listing of three photos with words; whatever is named is otherwise."""
    usual = ListingFacts(sides=(1200, 1200, 1200), title="x" * 50, description="x" * 200, category="baskets")

    def build(**changed: object) -> ListingFacts:
        return replace(usual, **changed)  # type: ignore[arg-type]

    return build
