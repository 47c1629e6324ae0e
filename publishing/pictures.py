"""A listing's pictures where the readers of a feed find them."""

import hashlib

from models.listing import ListingKey, ListingResult
from models.photo import Finished
from models.publication import PublishError, Receipt
from models.rendition import StoredRendition
from models.store import ObjectStore, StoreError
from publishing.product_code import product_code

MEDIA_TYPES = {"image/jpeg": "jpg", "image/png": "png"}
"""The endings of :data:`models.rendition.READ_EVERYWHERE`."""


def pictures_folder(feed: str, key: ListingKey) -> str:
    """Return what the keys of a listing's pictures in a feed's folder begin with."""
    return f"feeds/{feed}/pictures/{product_code(key)}/"


def picture_of(photo: Finished) -> StoredRendition:
    """Return the rendition that a buyer is shown: the largest one that is published and that everybody takes.

    Raises PublishError when the recipe makes none.
    """
    if photo.picture is None:
        raise PublishError(f"{photo.file} has no published JPEG or PNG")
    return photo.picture


def read_picture(store: ObjectStore, picture: StoredRendition) -> bytes:
    """Return a picture's bytes. Raises PublishError when they cannot be read or are not what was recorded."""
    try:
        data = store.get(picture.key)
    except StoreError as fault:
        raise PublishError(str(fault)) from fault
    if hashlib.sha256(data).hexdigest() != picture.sha256:
        raise PublishError(f"{picture.key} is not what was recorded")
    return data


def show_pictures(store: ObjectStore, feed: str, address: str, result: ListingResult) -> tuple[str, ...]:
    """Copy a listing's pictures into a feed's folder, and return the addresses at which they are read there.

    The cover comes first. A picture is named by its content: a new one has a new address, and so is fetched.
    ``address`` is that of ``feeds/``. Raises PublishError.
    """
    places = []
    for photo in result.finished:
        picture = picture_of(photo)
        place = f"{pictures_folder(feed, result.key)}{picture.sha256}.{MEDIA_TYPES[picture.media_type]}"
        data = read_picture(store, picture)
        try:
            store.put(place, data, media_type=picture.media_type)
        except StoreError as fault:
            raise PublishError(str(fault)) from fault
        places.append(f"{address.rstrip('/')}/{place.removeprefix('feeds/')}")
    return tuple(places)


def hide_older_pictures(store: ObjectStore, feed: str, receipt: Receipt) -> None:
    """Remove those of a listing's pictures from a feed's folder that its entry does not name any more.

    For when the file with that entry is written. Raises PublishError.
    """
    # One value may hold several addresses.
    named = "\n".join(value for values in receipt.entry.values() for value in values)
    try:
        for found in list(store.list(pictures_folder(feed, receipt.key))):
            if f"/{found.key.rpartition('/')[2]}" not in named:
                store.delete(found.key)
    except StoreError as fault:
        raise PublishError(str(fault)) from fault


def hide_pictures(store: ObjectStore, feed: str, key: ListingKey) -> None:
    """Remove a listing's pictures from a feed's folder. Raises PublishError."""
    try:
        for found in list(store.list(pictures_folder(feed, key))):
            store.delete(found.key)
    except StoreError as fault:
        raise PublishError(str(fault)) from fault
