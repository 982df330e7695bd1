"""Alembic's environment: the connection comes from `db.schema.alembic_upgrade`, never from a settings file."""

from __future__ import annotations

from alembic import context

from db.schema.core import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    compare_server_default=True,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
