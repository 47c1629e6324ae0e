"""A listing's page: its words with what they rest on, its questions, and what can be decided about it."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from config.categories import load_families
from config.copy import load_copy
from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from config.waits import wait_section
from models.person import Person
from models.review import SendBackReason
from storage.catalog.coaching import standing_coach_link
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn
from web.console.listing_view import picture_of, view_listing
from web.console.recipe_view import view_recipes
from web.console.retake_routes import SENDERS
from web.console.sight import listing_to_see, row_to_see
from web.templating import AFTER, BEFORE, THUMBNAIL


def listing_routes(desk: ConsoleDesk) -> APIRouter:
    """Return a listing's page, and how far the listing is."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}")

    @routes.get("")
    def show(request: Request, person: SignedIn, seller: str, listing: str) -> Response:
        """Show a listing."""
        return show_listing(desk, request, person, seller, listing)

    @routes.get("/standing")
    def tell_standing(person: SignedIn, seller: str, listing: str) -> JSONResponse:
        """Tell which version there is, and which was processed."""
        row = row_to_see(desk.catalog, person, seller, listing)
        standing = {"version": row.version, "made": row.result.version if row.result else 0, "state": row.state}
        return JSONResponse(standing, headers={"cache-control": "no-store"})

    return routes


def show_listing(
    desk: ConsoleDesk,
    request: Request,
    person: Person,
    seller: str,
    listing: str,
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    """Return the page; ``wrong`` names the text of what could not be done on it.

    Raises HTTPException 404 for who may not see it, CatalogError.
    """
    known, row = listing_to_see(desk.catalog, person, seller, listing)
    language = desk.pages.messages_for(request).language
    view = view_listing(desk.catalog, known, row)
    return desk.pages.show(
        request,
        "console/listing.html.jinja",
        status=status,
        place=view.address,
        view=view,
        recipes=view_recipes(row.key, view.photos[0] if view.photos else None, view.recipe, desk.settings.recipe),
        wrong=wrong,
        moved=request.query_params.get("moved", ""),
        may_send=person.role in SENDERS,
        coaching=standing_coach_link(desk.catalog, row.key),
        reasons=tuple(SendBackReason),
        families=load_families(),
        labels=load_copy(language).labels,
        marketplaces={code: load_marketplace(code) for code in known_marketplaces()},
        picture_of=picture_of,
        wait_section=wait_section,
        BEFORE=BEFORE,
        AFTER=AFTER,
        THUMBNAIL=THUMBNAIL,
    )
