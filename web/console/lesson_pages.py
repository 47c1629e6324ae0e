"""Lesson sheets to be printed: one seller's, or one page for each seller of a class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from models.geometry import Box
from models.lesson import Lesson
from models.listing import ListingKey
from models.photo import Finished
from models.seller import Seller
from processing.lesson import prepare_lesson
from storage.catalog.class_view import newest_results, read_class
from web.console.auth import SignedIn
from web.console.class_pages import centre_to_see
from web.console.context import ConsoleContext
from web.console.listing_view import picture_of
from web.console.seller_pages import seller_to_see
from web.lesson import print_lessons, view_lesson

NEWEST = 12
"""Products that a seller learns from; older photos are of another day."""
PAGE = "console/lesson.html.jinja"


@dataclass(frozen=True, slots=True)
class ServedPictures:
    """Pictures by their addresses in the console, which asks each time who may see them."""

    listings: Mapping[str, ListingKey]
    """By the SHA-256 of a photo: of two listings with the same photo either shows it."""
    marks: bool = False

    def add(self, photo: Finished, rendition: str, boxes: tuple[Box, ...] = ()) -> str | None:
        """Return a rendition's address; ``None`` where there is none."""
        return picture_of(self.listings[photo.sha256], photo, rendition)


@dataclass(frozen=True, slots=True)
class PreparedLesson:
    """A lesson, and where its photos are shown."""

    lesson: Lesson
    pictures: ServedPictures


def lesson_routes(context: ConsoleContext) -> APIRouter:
    """Return a seller's sheet and a class's sheets, as a page that prints and as a PDF."""
    routes = APIRouter()
    # One after the other: each takes a processor for a second or two.
    printing = Lock()

    def show(request: Request, sellers: Sequence[Seller], *, back: str, pdf: str) -> Response:
        messages = context.pages.messages_for(request)
        pages = [
            view_lesson(each.lesson, each.pictures, messages, contact=False) for each in prepare(context, sellers)
        ]
        return context.pages.show(request, PAGE, pages=pages, back=back, pdf=pdf)

    def give(request: Request, sellers: Sequence[Seller], *, back: str, pdf: str) -> Response:
        lessons = [each.lesson for each in prepare(context, sellers)]
        if not lessons:
            return show(request, (), back=back, pdf=pdf)
        with printing:
            data = print_lessons(lessons, read=context.store.get, messages=context.pages.messages_for(request))
        headers = {"cache-control": "no-store", "content-disposition": 'inline; filename="etalase.pdf"'}
        return Response(data, media_type="application/pdf", headers=headers)

    @routes.get("/sellers/{folder}/lesson")
    def show_one(request: Request, person: SignedIn, folder: str) -> Response:
        """Show a seller's sheet."""
        return show(
            request, [seller_to_see(context.catalog, person, folder)], **_places(f"/sellers/{quote(folder)}")
        )

    @routes.get("/sellers/{folder}/lesson.pdf")
    def give_one(request: Request, person: SignedIn, folder: str) -> Response:
        """Give it as a PDF."""
        return give(
            request, [seller_to_see(context.catalog, person, folder)], **_places(f"/sellers/{quote(folder)}")
        )

    @routes.get("/class/lesson")
    def show_class(request: Request, person: SignedIn, centre: str = "") -> Response:
        """Show the sheets of all sellers of today's class."""
        known = centre_to_see(context.catalog, person, centre)
        return show(request, _class(context, known), **_places("/class", f"?centre={quote(known, safe='')}"))

    @routes.get("/class/lesson.pdf")
    def give_class(request: Request, person: SignedIn, centre: str = "") -> Response:
        """Give them as one PDF."""
        known = centre_to_see(context.catalog, person, centre)
        return give(request, _class(context, known), **_places("/class", f"?centre={quote(known, safe='')}"))

    return routes


def prepare(context: ConsoleContext, sellers: Sequence[Seller]) -> list[PreparedLesson]:
    """Return the lesson of each seller who has a photo to learn from. Raises CatalogError."""
    prepared = []
    for seller in sellers:
        results = newest_results(context.catalog, seller.folder, limit=NEWEST)
        photos = [photo for result in results for photo in result.finished]
        if photos:
            listings = {photo.sha256: result.key for result in results for photo in result.finished}
            prepared.append(PreparedLesson(prepare_lesson(seller.name, photos), ServedPictures(listings)))
    return prepared


def _class(context: ConsoleContext, centre: str) -> list[Seller]:
    sellers = (each.seller for each in read_class(context.catalog, centre).sellers) if centre else ()
    return sorted(sellers, key=lambda seller: (seller.name, seller.folder))


def _places(address: str, query: str = "") -> dict[str, str]:
    return {"back": address + query, "pdf": f"{address}/lesson.pdf{query}"}
