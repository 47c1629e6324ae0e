"""What a seller's own phone opens by a link: a page without an account that sends photos, and no more."""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response

from storage.catalog.sellers import seller_of
from storage.catalog.upload_links import link_of
from storage.catalog.uploads import has_photo, uploads_of
from web.console.desk import ConsoleDesk

PAGE = "console/phone.html.jinja"


def phone_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the phone's page."""
    routes = APIRouter()

    @routes.get("/u/{token}")
    def show(request: Request, token: str, replaces: str = "") -> Response:
        """Show where to send photos from, or that the link has ended: to whom it once belonged is not said."""
        link = link_of(desk.catalog, token)
        seller = seller_of(desk.catalog, link.key.seller) if link else None
        if link is None or seller is None:
            return desk.pages.show(request, PAGE, status=HTTPStatus.NOT_FOUND, link=None)
        if replaces and not has_photo(desk.catalog, link.key, replaces):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return desk.pages.show(
            request,
            PAGE,
            link=link,
            seller=seller,
            listing=link.key.listing,
            place_of_photos=f"{link.key} {replaces}" if replaces else str(link.key),
            endpoint=f"/u/{token}/uploads",
            uploads=() if replaces else uploads_of(desk.catalog, link.key),
            replaces=replaces,
        )

    return routes
