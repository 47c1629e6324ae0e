"""What Alembic runs for each command; the transaction is the caller's, see :mod:`storage.catalog.migrating`."""

from alembic import context

from storage.catalog.schema import Schema

context.configure(connection=context.config.attributes["connection"], target_metadata=Schema.metadata)
with context.begin_transaction():
    context.run_migrations()
