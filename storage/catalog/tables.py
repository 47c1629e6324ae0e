"""Imports every schema module so that the metadata is complete."""

from storage.catalog.account_schema import People
from storage.catalog.arrival_schema import Uploads
from storage.catalog.edit_schema import Edits
from storage.catalog.schema import Listings

(METADATA,) = {table.metadata for table in (Listings, Uploads, Edits, People)}
"""What Alembic compares a database with."""
