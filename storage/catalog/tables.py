"""All of the catalog's tables: each file declares its own, and with one of each all are known."""

from storage.catalog.account_schema import People
from storage.catalog.arrival_schema import Uploads
from storage.catalog.said_schema import Edits
from storage.catalog.schema import Listings

(METADATA,) = {table.metadata for table in (Listings, Uploads, Edits, People)}
"""What Alembic compares a database with."""
