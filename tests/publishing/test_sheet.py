"""Spreadsheets for sellers who upload by hand: opened again, as a spreadsheet program would."""

import io

import pytest
from openpyxl import load_workbook

from config.messages import load_messages
from config.publishers import Sheet
from config.sheets import load_sheet_layout
from models.listing import ListingKey
from models.publication import Action, Receipt
from models.store import ObjectMissing, ObjectStore
from publishing.sheet import TO_FILL_IN, SheetPublisher
from storage.object_store.opening import open_store
from tests.publishing.results import KEY, publication, stored_result

MARKETPLACES = ("shopee", "tokopedia")


@pytest.fixture
def store(store_url: str) -> ObjectStore:
    return open_store(store_url)


def open_publisher(store: ObjectStore, marketplace: str) -> SheetPublisher:
    declared = Sheet.model_validate(
        {"kind": f"{marketplace}-sheet", "name": marketplace, "pictures": "https://foto.example/feeds"}
    )
    return SheetPublisher(declared, store=store, language="id")


def publish(sheet: SheetPublisher, store: ObjectStore, key: ListingKey = KEY, **what: object) -> Receipt:
    said = publication(publisher=sheet.name).model_copy(update={"key": key})
    return sheet.publish(said, stored_result(store, key=key, **what))  # type: ignore[arg-type]


def rows(store: ObjectStore, marketplace: str) -> list[dict[str, object]]:
    """Return the products of the seller's sheet, by the marketplace's own keys."""
    layout = load_sheet_layout(marketplace)
    data = store.get(f"feeds/{marketplace}/sellers/ibu-ani/products.xlsx")
    sheet = load_workbook(io.BytesIO(data))[layout.sheet]
    keys = [str(cell.value) for cell in sheet[layout.key_row]]
    found = sheet.iter_rows(min_row=layout.first_row, values_only=True)
    return [dict(zip(keys, row, strict=True)) for row in found]


@pytest.mark.parametrize("marketplace", MARKETPLACES)
def test_each_listing_is_a_row_with_what_we_know(store: ObjectStore, marketplace: str) -> None:
    sheet = open_publisher(store, marketplace)
    receipts = [publish(sheet, store), publish(sheet, store, ListingKey(seller="ibu-ani", listing="b"), price=1)]
    sheet.rewrite(receipts, "ibu-ani")

    first, second = rows(store, marketplace)
    names = {column.value: column.key for column in reversed(load_sheet_layout(marketplace).columns)}
    assert first[names["title"]] == "Tampah Bambu"
    assert (first[names["price"]], second[names["price"]]) == (45000, 1)
    assert first[names["code"]] == receipts[0].entry["code"][0]
    assert first[names["picture"]] == receipts[0].entry["picture"][0]


@pytest.mark.parametrize("marketplace", MARKETPLACES)
def test_what_only_the_seller_knows_is_left_for_her_to_fill_in(store: ObjectStore, marketplace: str) -> None:
    sheet = open_publisher(store, marketplace)
    sheet.rewrite([publish(sheet, store)], "ibu-ani")

    layout = load_sheet_layout(marketplace)
    book = load_workbook(io.BytesIO(store.get(f"feeds/{marketplace}/sellers/ibu-ani/products.xlsx")))
    cells = book[layout.sheet][layout.first_row]
    for cell, column in zip(cells, layout.columns, strict=True):
        if column.required and column.value is None:
            assert cell.value is None
            assert cell.fill.fgColor.rgb == TO_FILL_IN.fgColor.rgb
        elif column.required:
            assert cell.value
    hint = book[layout.sheet].cell(layout.first_row - 1, 1).value
    assert hint == load_messages("id").text("sheet.fill_in")
    assert cells[0].comment is not None


def test_a_title_is_never_a_formula(store: ObjectStore) -> None:
    sheet = open_publisher(store, "shopee")
    sheet.rewrite([publish(sheet, store, title='=HYPERLINK("https://evil.example")')], "ibu-ani")

    book = load_workbook(io.BytesIO(store.get("feeds/shopee/sellers/ibu-ani/products.xlsx")))
    cell = book["Template"]["B6"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("https://evil.example")', "s")


def test_the_same_listings_give_the_same_bytes(store: ObjectStore) -> None:
    sheet = open_publisher(store, "tokopedia")
    receipts = [publish(sheet, store)]
    sheet.rewrite(receipts, "ibu-ani")
    once = store.get("feeds/tokopedia/sellers/ibu-ani/products.xlsx")
    sheet.rewrite(receipts, "ibu-ani")
    assert store.get("feeds/tokopedia/sellers/ibu-ani/products.xlsx") == once


def test_a_seller_without_listings_has_no_sheet(store: ObjectStore) -> None:
    sheet = open_publisher(store, "shopee")
    sheet.rewrite([publish(sheet, store)], "ibu-ani")
    sheet.withdraw(publication(2, action=Action.WITHDRAW, publisher="shopee"))
    sheet.rewrite([], "ibu-ani")
    assert list(store.list("feeds/")) == []
    with pytest.raises(ObjectMissing):
        rows(store, "shopee")
