"""What the console's pages need to know and to have."""

from dataclasses import dataclass

from config.settings import Settings
from flows.first_look import FirstLookPool
from models.store import ObjectStore
from storage.catalog.connection import Catalog
from web.console.pages import Pages


@dataclass(frozen=True, slots=True)
class ConsoleDesk:
    """Handed to each group of pages."""

    settings: Settings
    catalog: Catalog
    store: ObjectStore
    pages: Pages
    first_look_pool: FirstLookPool
    """Where photos are looked at as they arrive."""
