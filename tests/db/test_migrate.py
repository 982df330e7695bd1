"""Migrations: they end where the tables say, lose nothing, and never go back."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.engine import Database
from db.migrate import SCHEMA, schema_version
from db.tables import metadata
from db.upgrade import configuration


async def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async with database.reading() as session:
        assert await session.run_sync(differences) == []


async def test_a_migrated_database_has_the_expected_schema(database_url: str) -> None:
    assert await schema_version(database_url) == (SCHEMA, SCHEMA)


def test_the_expected_schema_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == SCHEMA
