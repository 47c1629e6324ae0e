"""A recipe: how a photo is finished, under one name and version."""

from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le
from pydantic import model_validator

from models.value import Value

Share = Annotated[float, Ge(0.0), Le(1.0)]
Level = Annotated[int, Ge(0), Le(255)]
Pixels = Annotated[int, Gt(0)]
Colour = tuple[Level, Level, Level]
"""sRGB."""


class Framing(Value):
    """How the product sits in the frame."""

    aspect: Annotated[float, Gt(0.0)] = 1.0
    """Width over height of the finished picture."""
    margin: Annotated[float, Ge(0.0), Le(0.4)] = 0.08
    """Empty share on each side of the product's longer axis."""
    max_enlargement: Annotated[float, Ge(1.0)] = 1.25
    """The product is never magnified by more than this over the decoded photo."""
    max_tilt: Annotated[float, Ge(0.0), Le(15.0)] = 15.0
    """Degrees of tilt that are straightened, where straight edges tell it; a larger one may be meant so."""


class Tone(Value):
    """How far exposure and white balance may go."""

    max_difference: Annotated[float, Ge(0.0)] = 6.0
    """The largest colour change of the product, in CIEDE2000 units: the 95th percentile over its pixels."""


class Scene(Value):
    """A drawn room: a wall, and the table before it that the product stands on, without an edge between them."""

    wall: Colour
    table: Colour
    horizon: Share = 0.62
    """Where the wall has become the table halfway, as a share of the picture's height from above."""
    softness: Annotated[float, Gt(0.0), Le(1.0)] = 0.3
    """How far the one goes over into the other, as a share of the height."""


class Shadow(Value):
    """A soft contact shadow under the product."""

    strength: Share = 0.25
    """Darkening at its deepest; 0 switches it off."""
    blur: Share = 0.02
    """Softness, as a share of the picture's longer side."""


class RenditionSpec(Value):
    """One file that a recipe makes of each photo."""

    name: str
    """File name, with the extension that fits ``format``."""
    format: Literal["JPEG", "WEBP", "PNG"]
    width: Pixels
    height: Pixels
    view: Literal["composed", "cutout", "original"]
    """The product on the recipe's background, on transparency, or the upright photo as it was sent."""
    quality: Annotated[int, Ge(1), Le(100)] = 88
    max_bytes: Annotated[int, Gt(0)] | None = None
    """Quality is lowered until the file fits."""
    published: bool = True
    """False for what only the seller and the trainer look at."""

    def sized(self, width: int, height: int) -> "RenditionSpec":
        """Return the same rendition at another size, in px."""
        return self.model_copy(update={"width": width, "height": height})


class Recipe(Value):
    """Framing, tone, background, shadow and renditions under one name and version."""

    name: str
    version: Annotated[int, Ge(1)]
    decode_side: Pixels = 1800
    """Shorter side in px that decoding keeps at least, where the photo has it."""
    background: Colour | Scene = (255, 255, 255)
    framing: Framing = Framing()
    tone: Tone = Tone()
    shadow: Shadow = Shadow()
    renditions: tuple[RenditionSpec, ...]
    """The main picture first."""

    @property
    def canvas(self) -> tuple[int, int]:
        """Width and height in px that finished pictures are made at: those of the largest framed rendition."""
        return max((spec.width, spec.height) for spec in self.renditions if spec.view != "original")

    def publishes(self, name: str) -> bool:
        """Return whether the rendition of this name is for buyers."""
        return any(spec.published for spec in self.renditions if spec.name == name)

    @model_validator(mode="after")
    def _renditions_fit_together(self) -> "Recipe":
        names = [spec.name for spec in self.renditions]
        if len(set(names)) != len(names):
            raise ValueError("two renditions have the same name")
        framed = [spec for spec in self.renditions if spec.view != "original"]
        if not framed:
            raise ValueError("no rendition shows the product")
        if self.renditions[0].view != "composed":
            raise ValueError("the first rendition is the main picture and must be composed")
        for spec in framed:
            if round(spec.height * self.framing.aspect) != spec.width:
                raise ValueError(f"{spec.name}: its size does not have the framing's aspect")
        return self
