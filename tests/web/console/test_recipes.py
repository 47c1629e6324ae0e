"""A trainer chooses on which ground a product's photos stand, sees it there, and chooses the earlier one again."""

import io

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from playwright.sync_api import expect

from models.edit import RecipeChoice
from models.listing import ListingKey
from models.person import Role
from storage.catalog.edits import overrides_of
from tests.sellers import add_listing, draw_photo
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.pictures import widths_of
from tests.web.console.processed import Atelier, Workshop

KEY = ListingKey(seller="ibu-ani", listing="tampah")
PHOTO = draw_photo(3, width=900, height=800)
LISTING = "/sellers/ibu-ani/listings/tampah"


def choice(workshop: Workshop, key: ListingKey = KEY) -> RecipeChoice | None:
    return overrides_of(workshop.console.catalog, key).recipe


def test_a_choice_is_a_new_version_under_her_name_and_the_usual_one_takes_it_back(
    workshop: Workshop, trainer: TestClient
) -> None:
    workshop.add()
    told = trainer.post(f"{LISTING}/recipe", data={"recipe": "cream-square"})

    assert (told.status_code, told.headers["location"]) == (303, f"{LISTING}#recipe")
    chosen = choice(workshop)
    assert chosen is not None and (chosen.recipe, chosen.by) == ("cream-square", "sari")
    assert workshop.version(KEY) == 2
    assert "Dipilih sari" in trainer.get(LISTING).text
    assert workshop.process().identity.startswith("cream-square-")

    trainer.post(f"{LISTING}/recipe", data={"recipe": "white-square"})
    assert choice(workshop) is None
    assert workshop.process().identity.startswith("white-square-")


def test_it_can_be_chosen_for_all_of_her_products_and_for_no_other_sellers(
    workshop: Workshop, trainer: TestClient
) -> None:
    workshop.enrol("Ibu Budi")
    for place in ("ibu-ani/tampah", "ibu-ani/besek", "ibu-budi/kain"):
        workshop.add(place)
    trainer.post(f"{LISTING}/recipe", data={"recipe": "table-square", "everywhere": "on"})

    keys = [ListingKey(seller=s, listing=n) for s, n in (("ibu-ani", "besek"), ("ibu-budi", "kain"))]
    besek, kain = (choice(workshop, key) for key in keys)
    assert besek is not None and besek.recipe == "table-square"
    assert kain is None


@pytest.mark.parametrize("recipe", ["", "no-such-recipe", "../settings"])
def test_what_is_no_recipe_is_refused(workshop: Workshop, trainer: TestClient, recipe: str) -> None:
    workshop.add()
    assert trainer.post(f"{LISTING}/recipe", data={"recipe": recipe}).status_code == 422
    assert choice(workshop) is None


def test_another_centres_trainer_cannot_choose(workshop: Workshop) -> None:
    workshop.add()
    stranger = workshop.console.signed_in("dewi", Role.TRAINER, "Balai Lain")
    assert stranger.post(f"{LISTING}/recipe", data={"recipe": "cream-square"}).status_code == 404
    assert choice(workshop) is None


def test_she_sees_the_product_on_each_ground_and_the_photo_on_the_one_that_she_chose(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    atelier = Atelier(workshop.console, workshop.context, workshop.looked)
    add_listing(
        atelier.console.store, str(KEY), {"depan.jpg": draw_photo(3, width=900, height=800)}, "Tampah 45rb"
    )
    atelier.process()
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.goto(LISTING)
    page.get_by_text("Pilih latar foto").click()
    grounds = page.locator(".recipes button")
    expect(grounds).to_have_count(3)
    expect(grounds.first).to_have_attribute("aria-pressed", "true")
    assert all(widths_of(page.locator(".recipes img")))
    assert_accessible(page)

    page.get_by_role("button", name="Krem hangat").click()
    expect(page.locator("#pending")).to_be_visible()
    atelier.process()
    expect(page.locator("#pending")).to_be_hidden(timeout=60_000)
    page.get_by_text("Pilih latar foto").click()
    expect(page.get_by_role("button", name="Krem hangat")).to_have_attribute("aria-pressed", "true")
    shown = page.request.get(page.locator(".shots img").first.get_attribute("src") or "").body()
    with Image.open(io.BytesIO(shown)) as picture:
        corner = picture.convert("RGB").getpixel((3, 3))
    assert isinstance(corner, tuple) and corner[0] > corner[2] + 8, "a warm ground"
