"""Alembic asks here how to run: on the connection, and in the transaction, that `migrate` opened."""

from alembic import context

from mediafeed.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
