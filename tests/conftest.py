"""Fixtures for all tests: a fresh database for each, on SQLite or on PostgreSQL."""

from __future__ import annotations

import asyncio
import importlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import URL

from db.engine.database import Database
from db.schema.migrate import migrate
from tests.postgres import NO_SERVER_MESSAGE, NoServerError, PostgresServer, start_postgres
from tests.workflows.recording_services import make_services as make_services  # a fixture


def pytest_sessionstart() -> None:
    """Remove one guard if `tests/faults/test_mutations.py` asks for it; no other run names one."""
    if name := os.environ.get("HAKAWATI_WITHOUT"):
        # Imported here alone: an ordinary run must not pay for the whole bot.
        importlib.import_module("tests.faults.mutation_registry").MUTATIONS_BY_NAME[name]()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty migrated SQLite file; copying it is cheaper than migrating for each test."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the whole run, with a migrated template in it."""
    with ExitStack() as parts:
        try:
            server = parts.enter_context(start_postgres())
        except NoServerError as problem:
            pytest.skip(str(problem))
        yield server


@pytest_asyncio.fixture
async def database_url(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[str]:
    """The URL of a fresh migrated database: SQLite, or PostgreSQL if an indirect parameter says "postgresql"."""
    kind = getattr(request, "param", "sqlite")
    if kind == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        async with server.fresh_database() as url:
            yield url
        return
    file = tmp_path / "hakawati.db"
    shutil.copyfile(sqlite_template, file)
    yield URL.create("sqlite+aiosqlite", database=str(file)).render_as_string()


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh open database, closed after the test."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Report plainly that PostgreSQL was missing; skipped tests alone are easily overlooked."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_SERVER_MESSAGE in str(report.longrepr) for report in skipped):
        terminalreporter.section("PostgreSQL")
        terminalreporter.line(NO_SERVER_MESSAGE)
