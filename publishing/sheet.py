"""Bulk-upload spreadsheets, one for each seller: what she uploads by hand, once she has filled in the rest."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from config.messages import Language, load_messages
from config.publishers import Sheet
from config.sheets import SheetLayout, load_sheet_layout
from models.listing import ListingResult
from models.publication import Publication, PublishError, Receipt
from models.store import ObjectStore, StoreError
from publishing.document import category_name
from publishing.feed_fields import FeedWords, entry, feed_words
from publishing.pictures import hide_pictures, show_pictures
from publishing.product_code import product_code

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TO_FILL_IN = PatternFill("solid", fgColor="FFF2CC")
WIDTH = 22
LONG_AGO = datetime(2000, 1, 1)
"""Instead of today: the same listings give the same bytes."""


def sheets_folder(feed: str, seller: str) -> str:
    """Return what the keys of a seller's files in a feed's folder begin with."""
    return f"feeds/{feed}/sellers/{seller}/"


class SheetPublisher:
    """Writes ``feeds/{name}/sellers/{seller}/products.xlsx``."""

    per_seller = True

    def __init__(self, declared: Sheet, *, store: ObjectStore, language: Language) -> None:
        self.name = declared.name
        self.files = f"feeds/{declared.name}/sellers/"
        self._pictures = declared.pictures
        self._marketplace = declared.kind.removesuffix("-sheet")
        self._layout = load_sheet_layout(self._marketplace)
        self._store = store
        self._language = language

    def find_receipt(self, publication: Publication) -> Receipt | None:
        """Return ``None``: a row is made again, and a file rewritten, without any harm."""
        return None

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        """Put the pictures in their place and return the listing's row. Raises PublishError."""
        words = feed_words(result, self._language, self._marketplace)
        said = entry(
            [
                ("code", product_code(result.key)),
                ("title", words.title),
                ("description", words.description),
                ("price", str(words.price)),
                ("brand", self._brand(words)),
                ("picture", show_pictures(self._store, self.name, self._pictures, result)),
                ("category", category_name(words.category, self._language)),
            ]
        )
        return Receipt.of(publication, self._store.locate(self._place(result.key.seller)), entry=said)

    def withdraw(self, publication: Publication) -> Receipt:
        """Remove the pictures; the row goes with the next rewriting. Raises PublishError."""
        hide_pictures(self._store, self.name, publication.key)
        return Receipt.of(publication, self._store.locate(self._place(publication.key.seller)))

    def rewrite(self, receipts: Iterable[Receipt], seller: str | None) -> None:
        """Write one seller's file over these rows, or remove it where there are none. Raises PublishError."""
        if seller is None:
            raise ValueError("each seller has a sheet of her own")
        rows = list(receipts)
        try:
            if rows:
                self._store.put(self._place(seller), self._write(rows), media_type=MEDIA_TYPE)
            else:
                self._store.delete(self._place(seller))
        except StoreError as fault:
            raise PublishError(str(fault)) from fault

    def _place(self, seller: str) -> str:
        return f"{sheets_folder(self.name, seller)}products.xlsx"

    def _brand(self, words: FeedWords) -> str:
        names = (column.name for column in self._layout.columns if column.value == "brand")
        return "".join(words.attributes.get(name, "") for name in names)

    def _write(self, receipts: Iterable[Receipt]) -> bytes:
        book = Workbook()
        book.properties.created = book.properties.modified = LONG_AGO
        sheet = book.worksheets[0]
        sheet.title = self._layout.sheet
        hint = load_messages(self._language)
        _write_head(sheet, self._layout, hint.text("sheet.fill_in"))
        for number, receipt in enumerate(receipts, start=self._layout.first_row):
            self._write_row(sheet, number, receipt)
        out = io.BytesIO()
        # Workbook.save() would set the time.
        with zipfile.ZipFile(out, "w") as archive:
            ExcelWriter(book, archive).save()
        return _without_times(out.getvalue())

    def _write_row(self, sheet: Worksheet, number: int, receipt: Receipt) -> None:
        pictures = iter(receipt.entry["picture"])
        for place, column in enumerate(self._layout.columns, start=1):
            cell = sheet.cell(number, place)
            if column.value == "picture":
                _write_text(cell, next(pictures, ""))
            elif column.value == "price":
                cell.value = int(receipt.entry["price"][0])
            elif column.value is not None:
                _write_text(cell, "".join(receipt.entry.get(column.value, ())))
            elif column.required:
                cell.fill = TO_FILL_IN
        hint = load_messages(self._language).text("sheet.category", category=receipt.entry["category"][0])
        sheet.cell(number, 1).comment = Comment(hint, "Etalase")


def _write_head(sheet: Worksheet, layout: SheetLayout, hint: str) -> None:
    for place, column in enumerate(layout.columns, start=1):
        sheet.cell(layout.key_row, place).value = column.key
        name = sheet.cell(layout.name_row, place)
        name.value = column.name
        name.font = Font(bold=True)
        if column.required and column.value is None:
            name.fill = TO_FILL_IN
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH
    sheet.row_dimensions[layout.key_row].hidden = True
    sheet.cell(layout.first_row - 1, 1).value = hint
    sheet.freeze_panes = f"A{layout.first_row}"


def _write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as a text: what begins with ``=`` would be a formula otherwise."""
    if text:
        cell.value = text
        cell.data_type = "s"


def _without_times(data: bytes) -> bytes:
    """Return the same archive with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, LONG_AGO.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
