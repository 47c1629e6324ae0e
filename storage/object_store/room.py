"""How much room an object store has left, where that can be known."""

import shutil
from dataclasses import dataclass

from models.store import ObjectStore
from storage.object_store.folder import FolderStore


@dataclass(frozen=True, slots=True)
class Room:
    """The disk that a folder lies on, in bytes."""

    total: int
    free: int


def room_of(store: ObjectStore) -> Room | None:
    """Return the room on a folder's disk; ``None`` for a bucket, whose owner alone knows."""
    if not isinstance(store, FolderStore):
        return None
    # It is made at the first write, on the disk of the nearest folder that is there.
    place = next(folder for folder in (store.root, *store.root.parents) if folder.exists())
    usage = shutil.disk_usage(place)
    return Room(usage.total, usage.free)
