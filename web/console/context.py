"""The context that all pages of the console share."""

from dataclasses import dataclass

from config.settings import Settings
from flows.first_look import FirstLookPool
from models.store import ObjectStore
from storage.catalog.connection import Catalog
from web.console.pages import Pages


@dataclass(frozen=True, slots=True)
class ConsoleContext:
    """Settings, catalog, store and templates, handed to each group of pages."""

    settings: Settings
    catalog: Catalog
    store: ObjectStore
    pages: Pages
    first_look_pool: FirstLookPool
    """Where photos are looked at as they arrive."""
