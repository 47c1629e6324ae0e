"""What is shown of recipes: the one in use, and the others on the listing's own cover."""

from dataclasses import dataclass

from config.known import known_recipes
from config.recipes import load_recipe
from models.edit import RecipeChoice
from models.listing import ListingKey
from models.photo import Finished
from models.recipe import Colour, Recipe, Scene
from web.console.listing_view import picture_of

CUTOUT = "cutout.webp"


@dataclass(frozen=True, slots=True)
class Offered:
    """One recipe that may be chosen."""

    name: str
    stops: tuple[tuple[float, str], ...]
    """Of its ground, from above: where, in [0, 1], and which colour, as CSS writes it."""
    now: bool
    """True for the one that the photos are, or are being, made by."""


@dataclass(frozen=True, slots=True)
class RecipeView:
    """What is shown of the recipes."""

    offered: tuple[Offered, ...]
    """The installation's own first."""
    choice: RecipeChoice | None
    """``None`` where nobody has chosen."""
    cutout: str | None
    """The address of the cover without its background, which lies on each ground; ``None`` where there is none."""

    @property
    def gone(self) -> bool:
        """True where the one that was chosen is not installed any more."""
        return self.choice is not None and not any(one.now for one in self.offered)


def view_recipes(key: ListingKey, cover: Finished | None, choice: RecipeChoice | None, usual: str) -> RecipeView:
    """Return what there is to show; ``usual`` is the installation's own. Raises PresetError."""
    now = choice.recipe if choice else usual
    names = (usual, *(name for name in known_recipes() if name != usual))
    offered = tuple(Offered(name, _stops(load_recipe(name)), name == now) for name in names)
    return RecipeView(offered, choice, picture_of(key, cover, CUTOUT) if cover else None)


def _stops(recipe: Recipe) -> tuple[tuple[float, str], ...]:
    ground = recipe.background
    if not isinstance(ground, Scene):
        return ((0.0, _css(ground)),)
    half = ground.softness / 2
    return (
        (max(0.0, ground.horizon - half), _css(ground.wall)),
        (min(1.0, ground.horizon + half), _css(ground.table)),
    )


def _css(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
