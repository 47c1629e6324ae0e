"""What Alembic runs for each command; the transaction is the caller's, see :mod:`storage.catalog.migrating`."""

from alembic import context

from storage.catalog.account_schema import People

# The tables of people are declared last: with them all are known.
context.configure(connection=context.config.attributes["connection"], target_metadata=People.metadata)
with context.begin_transaction():
    context.run_migrations()
