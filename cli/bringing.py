"""Putting files from this machine where a seller's lie."""

from models.store import ObjectMissing, ObjectStore
from storage.gps.removal import without_gps


def bring(store: ObjectStore, key: str, data: bytes) -> bool:
    """Put an object unless it is there already with the same bytes; return whether it was put.

    Written again, it would look like a new photo. Of where a photo was taken nothing is kept. Raises StoreError,
    InvalidKey.
    """
    data = without_gps(data)
    try:
        if store.get(key, limit=len(data)) == data:
            return False
    except ObjectMissing:
        pass
    store.put(key, data, media_type="application/octet-stream")
    return True
