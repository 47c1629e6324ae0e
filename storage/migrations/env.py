"""What Alembic runs for each command; the transaction is the caller's, see :mod:`storage.catalog.migrating`."""

from alembic import context

from storage.catalog.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
