"""What sellers write around a product's name: ``config/chatter.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Chatter(Value):
    """Phrases that say nothing of the product, in lower case."""

    greeting: tuple[str, ...]
    offer: tuple[str, ...]
    price: tuple[str, ...]
    order: tuple[str, ...]
    praise: tuple[str, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """All of them, the longest first."""
        every = {*self.greeting, *self.offer, *self.price, *self.order, *self.praise}
        return tuple(sorted(every, key=lambda phrase: (-len(phrase), phrase)))


@cache
def load_chatter() -> Chatter:
    """Return the phrases. Raises PresetError."""
    return read_preset(HERE / "chatter.toml", Chatter)
