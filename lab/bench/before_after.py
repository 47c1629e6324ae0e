"""The README's picture: the rendered samples, and what the demo made of them.

    make demo && .venv/bin/python -m lab.bench.before_after

Takes the covers of the published listings from the demo's store and writes ``docs/before-after.jpg``.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from models.photo import Finished
from storage.catalog.opening import open_catalog
from storage.catalog.reading import list_listings
from storage.object_store.opening import open_store

HOME = Path(".etalase/demo")
TARGET = Path("docs/before-after.jpg")
SIDE = 360
GAP = 12
COLUMNS = 3


def covers() -> list[Finished]:
    """Return the cover of the last published listing of each of the demo's first sellers."""
    rows = list_listings(open_catalog(f"sqlite:///{HOME}/catalog.sqlite"))
    published = {row.key.seller: row.result.finished[0] for row in rows if row.result and row.receipts}
    return list(published.values())[:COLUMNS]


def main() -> None:
    """Draw and save."""
    store = open_store(f"file:{HOME}/store")
    photos = covers()
    sheet = Image.new("RGB", (len(photos) * (SIDE + GAP) + GAP, 2 * (SIDE + GAP) + GAP), (236, 232, 224))
    for column, photo in enumerate(photos):
        keys = {rendition.name: rendition.key for rendition in photo.renditions}
        for row, name in enumerate(("before.jpg", "main.jpg")):
            picture = ImageOps.fit(Image.open(BytesIO(store.get(keys[name]))), (SIDE, SIDE))
            sheet.paste(picture, (GAP + column * (SIDE + GAP), GAP + row * (SIDE + GAP)))
    sheet.save(TARGET, quality=85, optimize=True)
    print(f"{TARGET}: {len(photos)} listings")


if __name__ == "__main__":
    main()
