"""Mounts the console in the web application."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.middleware.gzip import GZipMiddleware

from web.console.class_pages import class_routes
from web.console.coach_routes import coach_routes
from web.console.context import ConsoleContext
from web.console.decision_routes import decision_routes
from web.console.error_pages import Fault, add_error_handlers, show_fault
from web.console.guard import Guard
from web.console.language import language_routes
from web.console.lesson_pages import lesson_routes
from web.console.link_pages import link_routes
from web.console.listing_pages import listing_routes
from web.console.operations_pages import operations_routes
from web.console.people import people_routes
from web.console.phone_pages import phone_routes
from web.console.photo_order_routes import photo_order_routes
from web.console.photo_pages import photo_routes
from web.console.pictures import picture_routes
from web.console.recipe_routes import recipe_routes
from web.console.retake_routes import retake_routes
from web.console.review_pages import review_routes
from web.console.run_pages import run_routes
from web.console.seller_pages import seller_routes
from web.console.shown_photo_pages import shown_photo_routes
from web.console.sign_in import sign_in_routes
from web.console.start import start_routes
from web.console.static_files import static_routes
from web.console.stroke_routes import stroke_routes
from web.console.uploading import upload_routes
from web.console.welcome import welcome_routes
from web.console.word_routes import word_routes

GROUPS: tuple[Callable[[ConsoleContext], APIRouter], ...] = (
    language_routes,
    sign_in_routes,
    welcome_routes,
    start_routes,
    people_routes,
    seller_routes,
    photo_routes,
    link_routes,
    phone_routes,
    upload_routes,
    run_routes,
    listing_routes,
    word_routes,
    decision_routes,
    shown_photo_routes,
    retake_routes,
    photo_order_routes,
    recipe_routes,
    stroke_routes,
    coach_routes,
    picture_routes,
    review_routes,
    class_routes,
    lesson_routes,
    operations_routes,
)
"""All groups of pages."""
WORTH_PACKING = 1000
"""Bytes; pictures and what is sent bit by bit are passed on as they are."""


def mount_console(app: FastAPI, context: ConsoleContext) -> None:
    """Add the console's pages, its words for what goes wrong, and the guard of every request."""
    app.state.context = context
    app.include_router(static_routes(context.pages.static_files))
    for group in GROUPS:
        app.include_router(group(context))
    add_error_handlers(app, context.pages)

    def refuse(request: Request, status: HTTPStatus) -> Response:
        fault = Fault.NOT_FOUND if status is HTTPStatus.NOT_FOUND else Fault.FOREIGN
        return show_fault(context.pages, request, fault, status)

    app.add_middleware(GZipMiddleware, minimum_size=WORTH_PACKING)
    app.add_middleware(Guard, refuse=refuse)
