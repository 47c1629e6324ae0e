"""The page of a photo that was processed."""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from models.strokes import MOST_STROKES, STROKES, mark_of
from processing.assess.unseen import say_left_open
from storage.catalog.corrections import standing_correction
from storage.catalog.takes import takes_of
from web.console.access import listing_to_see
from web.console.auth import SignedIn
from web.console.context import ConsoleContext
from web.console.listing_view import address_of
from web.console.photo_view import view_photo
from web.console.retake_routes import newer_address, retaking


def shown_photo_routes(context: ConsoleContext) -> APIRouter:
    """Return the page of each photo that was processed."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}/photos")

    @routes.get("/{sha256}")
    def show(request: Request, person: SignedIn, seller: str, listing: str, sha256: str) -> Response:
        """Show a photo before and after, and what was found out about it; lead on from an older take of it."""
        known, row = listing_to_see(context.catalog, person, seller, listing)
        view = view_photo(row.key, row.result, sha256) if row.result else None
        takes = takes_of(context.catalog, row.key)
        if view is None:
            if newer := newer_address(row, takes, sha256):
                return RedirectResponse(newer, HTTPStatus.SEE_OTHER)
            raise HTTPException(HTTPStatus.NOT_FOUND)
        correction = standing_correction(context.catalog, row.key, sha256)
        strokes = correction.strokes if correction else ()
        return context.pages.show(
            request,
            "console/photo.html.jinja",
            view=view,
            unseen=say_left_open(view.photo.assessment, context.pages.messages_for(request)),
            seller=known,
            listing=address_of(row.key),
            title=row.result.suggestion.title if row.result else None,
            **retaking(person, row, takes, view.photo.file, sha256),
            correction=correction,
            drawn=STROKES.dump_json(strokes).decode(),
            most_strokes=MOST_STROKES,
            being_corrected=row.version if mark_of(strokes) != view.photo.correction else None,
            marketplaces={code: load_marketplace(code) for code in known_marketplaces()},
        )

    return routes
