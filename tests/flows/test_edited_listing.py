"""What a person writes reaches every publisher with the next run, and no later run takes it away."""

import asyncio
from pathlib import Path

import pytest

from config.publishers import publisher_names
from config.settings import Settings
from drafting.draft_cache import draft_key
from drafting.opening import open_drafter
from flows.forgetting import forget_seller
from flows.listing_work import work_on_listing
from flows.photo_work import open_photo_context
from flows.recording import Recording
from models.edit import Answer, EditedField
from models.listing import ListingKey, ListingResult
from models.photo import PhotoKey, PhotoResult
from models.state import ListingState
from models.suggestion import Question
from storage.catalog.edits import answer_questions, edit_listing, overrides_of
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import list_listings
from storage.discovery import discover
from tests.drafting.drafts import DRAFT
from tests.flows.centres import Centre, Centres
from tests.publishing.results import stored_photo
from tests.sellers import add_listing
from tests.servers.language_model import LanguageModel

KEY = ListingKey(seller="ibu-ani", listing="keripik")
WORDS = "keripik singkong balado 250gr 15rb"


@pytest.fixture
def centre(folder_url: str, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    return Centres(tmp_path, folder_url, sqlite_url, monkeypatch).declare("", names=())


def process(centre: Centre) -> ListingResult:
    """Look for what is new and work on the one listing that is due; its photo costs nothing."""

    class QuickPool:
        async def work(self, key: PhotoKey, overrides: object) -> PhotoResult:
            return stored_photo(centre.store, key.file, KEY)

    discover(centre.store, centre.catalog)
    (lease,) = lease_listings(centre.catalog, this_process())
    settings = Settings()
    drafter = open_drafter(settings)
    context = open_photo_context(settings)
    names = publisher_names(settings.publishers)
    pool = QuickPool()
    overrides = overrides_of(centre.catalog, lease.key)
    return asyncio.run(
        work_on_listing(
            context, Recording(centre.catalog), pool, lease, overrides, publishers=names, drafter=drafter
        )  # type: ignore[arg-type]
    )


def published(centre: Centre) -> list[int]:
    """Send what is to be sent, and return which version is shown where."""
    centre.publish()
    (row,) = list_listings(centre.catalog)
    return [receipt.version for receipt in row.receipts]


def test_an_edit_is_published_as_an_update_and_outlives_the_next_photo(centre: Centre) -> None:
    add_listing(centre.store, str(KEY), {"depan.jpg": b"1"}, WORDS)
    first = process(centre)
    assert first.suggestion.title is not None
    assert first.waits == ()
    assert published(centre) == [1]

    edit_listing(centre.catalog, KEY, {EditedField.TITLE: "Keripik Singkong Bu Ani 250 g"}, by="ani")
    edited = process(centre)
    assert edited.version == 2
    assert edited.suggestion.title is not None
    assert edited.suggestion.title.value == "Keripik Singkong Bu Ani 250 g"
    assert published(centre) == [2]

    add_listing(centre.store, str(KEY), {"depan.jpg": b"1", "samping.jpg": b"2"}, f"{WORDS} enak")
    later = process(centre)
    assert later.version == 3
    assert later.suggestion.title == edited.suggestion.title
    assert later.suggestion.edited == ("title",)


def test_an_answer_lets_a_listing_go_that_waited_for_it(centre: Centre) -> None:
    add_listing(centre.store, str(KEY), {"depan.jpg": b"1"}, "keripik singkong balado 250gr")
    assert [wait.detail for wait in process(centre).waits] == [Question.WHAT_PRICE]
    assert centre.states() == {str(KEY): ListingState.WAITING}

    answer_questions(centre.catalog, KEY, [Answer(question=Question.WHAT_PRICE, value="15 ribu")], by="ani")

    answered = process(centre)
    assert answered.suggestion.price is not None
    assert answered.suggestion.price.value == 15000
    assert centre.states() == {str(KEY): ListingState.PUBLISHING}


def test_a_models_draft_is_kept_with_the_listing_and_forgotten_with_its_seller(
    centre: Centre, language_model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETALASE_MODEL", "openai:village-7b")
    monkeypatch.setenv("ETALASE_MODEL_URL", language_model.url)
    monkeypatch.setenv("ETALASE_MODEL_SEES", "true")
    language_model.says(DRAFT.model_dump_json())
    add_listing(centre.store, str(KEY), {"depan.jpg": b"1"}, WORDS)

    assert process(centre).suggestion.writer == "model"
    edit_listing(centre.catalog, KEY, {EditedField.ALT_TEXT: "Keripik dalam toples"}, by="ani")
    assert process(centre).suggestion.writer == "model"

    assert len(language_model.asked) == 1
    assert "image_url" in str(language_model.asked[0])
    assert [found.key for found in centre.store.list("drafts/")] == [draft_key(KEY)]
    forgotten = forget_seller(Settings(), centre.store, centre.catalog, "ibu-ani", by="sari")
    assert forgotten.outstanding == ()
    assert not list(centre.store.list("drafts/"))
