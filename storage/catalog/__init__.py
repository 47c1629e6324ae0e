"""The truth about progress: sellers, listings, photos, results and what is to be published."""

from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.opening import open_catalog

__all__ = ["Catalog", "CatalogError", "open_catalog"]
