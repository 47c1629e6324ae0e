"""How much memory it takes to write a feed over very many listings.

    .venv/bin/python -m lab.bench.feed_memory --listings 100000

The receipts are made up, and come one by one as the catalog gives them; the file is put into a folder that is
removed afterwards. Told is the most that Python held at a time while it was written, and how large the file is.
"""

import argparse
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from config.publishers import GoogleFeed, MetaFeed
from models.listing import ListingKey
from models.publication import Receipt
from publishing.google_feed import GooglePublisher
from publishing.meta_feed import MetaPublisher
from publishing.product_code import product_code
from storage.object_store.folder import FolderStore

LINK, PICTURES = "https://pasar.example/{seller}/{listing}", "https://foto.example/feeds"
SHOWN = 4
"""Pictures of each listing."""
GOOGLE = GoogleFeed(
    kind="google",
    name="google",
    title="Pasar",
    home="https://pasar.example/",
    link=LINK,
    pictures=PICTURES,
    availability="in_stock",
)
META = MetaFeed(kind="meta", name="meta", brand="Pasar", link=LINK, pictures=PICTURES, availability="in stock")


def receipts(listings: int, publisher: str) -> Iterator[Receipt]:
    """Yield receipts of as many listings, with an entry as long as an ordinary one."""
    for number in range(listings):
        key = ListingKey(seller=f"penjual-{number // 25}", listing=f"tampah-{number}")
        code = product_code(key)
        pictures = tuple(f"{PICTURES}/{publisher}/pictures/{code}/{code * 2}{place}.jpg" for place in range(SHOWN))
        entry = {
            "id": (code,),
            "title": (f"Tampah Anyaman Bambu Bulat Diameter 40 cm Nomor {number}",),
            "description": ("Tampah dianyam dengan tangan dari bambu pilihan, kuat dan halus. " * 5,),
            "link": (f"https://pasar.example/{key}",),
            "image_link": pictures[:1],
            "additional_image_link": pictures[1:] if publisher == "google" else (",".join(pictures[1:]),),
            "price": ("45000.00 IDR",),
        }
        yield Receipt(
            idempotency_key=code, publisher=publisher, key=key, version=1, location="", files={}, entry=entry
        )


def measure(feed: GooglePublisher | MetaPublisher, folder: Path, listings: int) -> None:
    """Write a feed and print what it took."""
    tracemalloc.start()
    begun = time.perf_counter()
    feed.rewrite(receipts(listings, feed.name), None)
    seconds = time.perf_counter() - begun
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size = (folder / feed.files).stat().st_size
    print(f"{feed.name:8}{listings:10,} listings{size / 1e6:10.1f} MB{most / 1e6:10.2f} MB held{seconds:8.1f} s")


def main() -> None:
    """Measure both feeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=100_000)
    wanted = parser.parse_args()
    with TemporaryDirectory() as place:
        folder = Path(place)
        store = FolderStore(folder)
        measure(GooglePublisher(GOOGLE, store=store, language="id"), folder, wanted.listings)
        measure(MetaPublisher(META, store=store, language="id"), folder, wanted.listings)


if __name__ == "__main__":
    main()
