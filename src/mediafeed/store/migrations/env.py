"""Alembic asks here how to run: on the connection, and in the transaction, that `migrate` opened."""

from alembic import context

from mediafeed.store.tables import metadata

# There is a config only while Alembic runs this; whoever imports it to look for doctests finds none.
if hasattr(context, "config"):
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
