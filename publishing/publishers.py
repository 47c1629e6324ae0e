"""Which publishers there are, by the name that stands in the outbox."""

from models.store import ObjectStore
from publishing.bundle import BundlePublisher
from publishing.publisher import Publisher

DEFAULT_PUBLISHERS = (BundlePublisher.name,)
"""Where a publishable listing goes."""


def open_publisher(name: str, *, store: ObjectStore, language: str) -> Publisher:
    """Return a publisher by name. Raises ValueError for an unknown one."""
    if name == BundlePublisher.name:
        return BundlePublisher(store, language)
    raise ValueError(f"there is no publisher named {name}")
