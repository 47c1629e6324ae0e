"""The upload page that a seller's own phone opens by a link, without an account."""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response

from models.listing import ListingKey
from models.naming import plain_name
from storage.catalog.sellers import seller_of
from storage.catalog.upload_links import is_open_to, link_of, products_of_link
from storage.catalog.uploads import has_photo, uploads_of
from web.console.context import ConsoleContext

PAGE = "console/phone.html.jinja"


def phone_routes(context: ConsoleContext) -> APIRouter:
    """Return the phone's page."""
    routes = APIRouter()

    @routes.get("/u/{token}")
    def show(request: Request, token: str, replaces: str = "", product: str = "") -> Response:
        """Show where to send photos from, or that the link has ended: to whom it once belonged is not said.

        A ``product`` is another one of hers than the link was made for.
        """
        link = link_of(context.catalog, token)
        seller = seller_of(context.catalog, link.key.seller) if link else None
        if link is None or seller is None:
            return context.pages.show(request, PAGE, status=HTTPStatus.NOT_FOUND, link=None)
        if replaces and not has_photo(context.catalog, link.key, replaces):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        own = link.key.listing
        name = own if product == own else plain_name(product) or own
        taken = not is_open_to(context.catalog, link, name)
        key = link.key if replaces or taken else ListingKey(seller=link.key.seller, listing=name)
        page = f"/u/{token}"
        return context.pages.show(
            request,
            PAGE,
            status=HTTPStatus.CONFLICT if taken else HTTPStatus.OK,
            link=link,
            seller=seller,
            listing=key.listing,
            page=page,
            products=dict.fromkeys((*products_of_link(context.catalog, link), key.listing)),
            taken=name if taken else "",
            place_of_photos=f"{key} {replaces}" if replaces else str(key),
            endpoint=f"{page}/uploads",
            uploads=() if replaces else uploads_of(context.catalog, key),
            replaces=replaces,
        )

    return routes
