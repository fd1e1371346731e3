"""Runs the migrations on the connection that the program hands over."""

from alembic import context

from ziping.persistence.tables import metadata

# The tables lend the migrations the names they give to constraints.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
