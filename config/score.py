"""How much each part of a photo's score weighs."""

from functools import cache

from config.presets import HERE, read_preset
from models.recipe import Share
from models.value import Value


class ScoreWeights(Value):
    """The share of a photo's points that each part of its score can take away by itself."""

    parts: dict[str, Share]


@cache
def load_score_weights() -> ScoreWeights:
    """Return the weights of ``config/score.toml``. Raises PresetError."""
    return read_preset(HERE / "score.toml", ScoreWeights)
