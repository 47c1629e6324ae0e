"""The catalog: the database of sellers, listings, photos, results and publications."""

from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.opening import open_catalog

__all__ = ["Catalog", "CatalogError", "open_catalog"]
