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
from web.console.access import listing_to_see, row_to_see
from web.console.auth import SignedIn
from web.console.context import ConsoleContext
from web.console.listing_view import picture_of, view_listing
from web.console.recipe_view import view_recipes
from web.templating import AFTER, BEFORE, THUMBNAIL


def listing_routes(context: ConsoleContext) -> APIRouter:
    """Return a listing's page, and how far the listing is."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}")

    @routes.get("")
    def show(request: Request, person: SignedIn, seller: str, listing: str) -> Response:
        """Show a listing."""
        return show_listing(context, request, person, seller, listing)

    @routes.get("/standing")
    def tell_standing(person: SignedIn, seller: str, listing: str) -> JSONResponse:
        """Tell which version there is, and which was processed."""
        row = row_to_see(context.catalog, person, seller, listing)
        standing = {"version": row.version, "made": row.result.version if row.result else 0, "state": row.state}
        return JSONResponse(standing, headers={"cache-control": "no-store"})

    return routes


def show_listing(
    context: ConsoleContext,
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
    known, row = listing_to_see(context.catalog, person, seller, listing)
    language = context.pages.messages_for(request).language
    view = view_listing(context.catalog, known, row)
    return context.pages.show(
        request,
        "console/listing.html.jinja",
        status=status,
        place=view.address,
        view=view,
        recipes=view_recipes(
            row.key, view.photos[0] if view.photos else None, view.recipe, context.settings.recipe
        ),
        wrong=wrong,
        moved=request.query_params.get("moved", ""),
        may_send=person.may_receive_sellers,
        coaching=standing_coach_link(context.catalog, row.key),
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
