"""What a real photo comes to, so that what a measurement writes has its real size."""

from pathlib import Path

from config.settings import Settings
from flows.photo_work import work_on_photo
from models.photo import Finished, PhotoKey
from storage.object_store.opening import open_store

SAMPLE = Path(__file__).parents[2] / "samples/raw/ibu-sari/keranjang-rotan/depan.jpg"


def process_sample(folder: Path) -> Finished:
    """Return the result of a sample photo, whose files are put into a store in ``folder``."""
    settings = Settings(home=folder, store=f"file:{folder}/store")
    key = PhotoKey(seller="ibu-sari", listing="keranjang-rotan", file=SAMPLE.name)
    open_store(settings.store).put(key.raw, SAMPLE.read_bytes(), media_type="image/jpeg")
    result = work_on_photo(settings, key)
    if not isinstance(result, Finished):
        raise SystemExit(f"{SAMPLE} was set aside: {result.reason}")
    return result
