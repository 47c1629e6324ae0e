"""The web application: ``uvicorn --factory web.app:create_app``."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from config.messages import load_messages
from config.settings import Settings
from flows.first_look import FirstLookPool
from flows.request import has_server
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.deliveries import newest_delivery
from storage.catalog.opening import open_catalog
from storage.object_store.opening import open_store
from web.console.desk import ConsoleDesk
from web.console.mounting import mount_console
from web.console.pages import Pages
from web.console.statics import load_statics
from web.ingest.caller import call_workers
from web.ingest.inbox import Inbox
from web.ingest.problem import Problem, Refused, tell
from web.ingest.routes import Desk, ingest_routes
from web.measured import Measured
from web.metrics import metrics_routes, open_registry
from web.overdue import call_for_overdue

log = logging.getLogger(__name__)


def create_app() -> FastAPI:
    """Return the application, with the settings that are in force.

    Raises pydantic's ValidationError for a wrong setting, ValueError and CatalogError where store or catalog
    cannot be opened.
    """
    settings = Settings()
    messages = load_messages(settings.language)
    catalog, store = open_catalog(settings.catalog), open_store(settings.store)
    inbox, first_look_pool = Inbox(catalog), FirstLookPool(settings)
    tasks: dict[str, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def standing(app: FastAPI) -> AsyncIterator[None]:
        """Run what goes on beside the requests."""
        tasks["inbox"] = asyncio.create_task(inbox.run())
        if has_server():
            tasks["calls"] = asyncio.create_task(call_workers(catalog, inbox.arrived))
            tasks["overdue"] = asyncio.create_task(call_for_overdue(catalog))
        else:
            log.warning("PREFECT_API_URL is not set: what comes in waits for the next batch run")
        yield
        for task in tasks.values():
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        first_look_pool.close()
        catalog.close()

    # Its pages of documentation would load programs from elsewhere.
    app = FastAPI(title="Etalase", lifespan=standing, openapi_url=None)
    app.include_router(ingest_routes(Desk(settings, store, inbox)))
    registry = open_registry(catalog)
    app.include_router(metrics_routes(settings, registry))
    mount_console(
        app, ConsoleDesk(settings, catalog, store, Pages(load_statics(), settings.language), first_look_pool)
    )

    # The outermost, so that what is refused on the way is counted too.
    app.add_middleware(Measured, registry=registry)

    @app.exception_handler(Refused)
    async def refuse(request: Request, refused: Refused) -> JSONResponse:
        log.info("%s refused: %s", request.url.path, refused)
        return tell(refused, messages)

    @app.get("/healthz")
    async def is_alive() -> JSONResponse:
        """Answer: the process is there."""
        return JSONResponse({"alive": True})

    @app.get("/readyz")
    async def is_ready() -> JSONResponse:
        """Answer 200 when events can be kept, else which part is not ready: the catalog, or what stands beside.

        The object store is not needed for that.
        """
        away = [name for name, task in tasks.items() if task.done()]
        if not await _is_there(catalog):
            away.insert(0, "catalog")
        if away:
            raise Refused(Problem.NO_QUEUE, ", ".join(away))
        return JSONResponse({"ready": True})

    return app


async def _is_there(catalog: Catalog) -> bool:
    try:
        await asyncio.to_thread(newest_delivery, catalog)
    except CatalogError as fault:
        log.error("the catalog is not ready: %s", fault)
        return False
    return True
