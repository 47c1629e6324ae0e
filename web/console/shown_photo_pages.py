"""A photo's page."""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response

from config.marketplaces import known_marketplaces, load_marketplace
from models.repair import Remedy
from models.strokes import MOST_STROKES, STROKES, mark_of
from processing.repair import predict_remedy
from storage.catalog.corrections import standing_correction
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn
from web.console.listing_view import address_of
from web.console.photo_view import view_photo
from web.console.sight import listing_to_see


def shown_photo_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the page of each photo that was processed."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}/photos")

    @routes.get("/{sha256}")
    def show(request: Request, person: SignedIn, seller: str, listing: str, sha256: str) -> Response:
        """Show a photo before and after, and what was found out about it."""
        known, row = listing_to_see(desk.catalog, person, seller, listing)
        view = view_photo(row.key, row.result, sha256) if row.result else None
        if view is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        correction = standing_correction(desk.catalog, row.key, sha256)
        strokes = correction.strokes if correction else ()
        return desk.pages.show(
            request,
            "console/photo.html.jinja",
            view=view,
            seller=known,
            listing=address_of(row.key),
            title=row.result.suggestion.title if row.result else None,
            ours={
                one.code
                for one in view.defects
                if predict_remedy(one, trusted=view.photo.trusted) is Remedy.REPAIR
            },
            correction=correction,
            drawn=STROKES.dump_json(strokes).decode(),
            most_strokes=MOST_STROKES,
            pending=row.version if mark_of(strokes) != view.photo.correction else None,
            marketplaces={code: load_marketplace(code) for code in known_marketplaces()},
        )

    return routes
