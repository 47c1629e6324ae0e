"""Claims that need evidence: ``config/guarded.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Guarded(Value):
    """Words and phrases by kind of claim, in lower case; a star stands for any ending."""

    superlative: tuple[str, ...]
    health: tuple[str, ...]
    certificate: tuple[str, ...]
    purity: tuple[str, ...]
    guarantee: tuple[str, ...]
    offer: tuple[str, ...]
    contact: tuple[str, ...]
    instruction: tuple[str, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.in_no_name, *self.purity)

    @property
    def in_no_name(self) -> tuple[str, ...]:
        """Those that even a product's own name does not keep."""
        return (
            *self.superlative,
            *self.health,
            *self.certificate,
            *self.guarantee,
            *self.offer,
            *self.contact,
            *self.instruction,
        )


@cache
def load_guarded() -> Guarded:
    """Return the claims. Raises PresetError."""
    return read_preset(HERE / "guarded.toml", Guarded)
