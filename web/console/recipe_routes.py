"""Choosing the recipe by which a listing's photos are made."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from config.known import known_recipes
from models.listing import ListingKey
from storage.catalog.edits import choose_recipe
from storage.catalog.reading import ListingRow, list_listings
from web.console.access import row_to_see
from web.console.auth import SignedIn
from web.console.context import ConsoleContext
from web.console.form import Form
from web.console.listing_view import address_of
from web.console.run_debouncer import RunDebouncer


def recipe_routes(context: ConsoleContext) -> APIRouter:
    """Return where a recipe is chosen, and where the choice is left to the installation again."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}")
    debouncer = RunDebouncer()

    @routes.post("/recipe")
    async def choose(request: Request, person: SignedIn, seller: str, listing: str, form: Form) -> Response:
        """Have the photos made by a recipe, with ``everywhere`` those of all of the seller's listings."""
        row = await asyncio.to_thread(row_to_see, context.catalog, person, seller, listing)
        recipe = form.get("recipe", "")
        if recipe not in known_recipes():
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
        wanted = None if recipe == context.settings.recipe else recipe
        rows: Sequence[ListingRow] = (row,)
        if "everywhere" in form:
            rows = await asyncio.to_thread(lambda: tuple(list_listings(context.catalog, seller=seller)))
        for each in rows:
            version = await asyncio.to_thread(_choose, context, each.key, wanted, person.name)
            if version is not None and version != each.version:
                debouncer.changed(each.key, version)
        return RedirectResponse(f"{address_of(row.key)}#recipe", HTTPStatus.SEE_OTHER)

    return routes


def _choose(context: ConsoleContext, key: ListingKey, recipe: str | None, by: str) -> int | None:
    """Return the listing's version then; ``None`` for one that has no file any more."""
    try:
        return choose_recipe(context.catalog, key, recipe, by=by)
    except LookupError:
        return None
