"""A company in which things go wrong, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.stage import Stage, workspace
from tests.faults.harness import Company
from tests.postgres import PostgresServer


@pytest_asyncio.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
async def company(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[Company]:
    """Nobody is at work in it yet: the bots come as processes."""
    async with AsyncExitStack() as parts:
        if request.param == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres_server")
            url = await parts.enter_async_context(server.fresh_database())
        else:
            shutil.copyfile(sqlite_template, tmp_path / "hakawati.db")
            url = f"sqlite+aiosqlite:///{tmp_path / 'hakawati.db'}"
        stage = Stage(await parts.enter_async_context(workspace()), url)
        parts.push_async_callback(stage.session.close)
        yield Company(stage, tmp_path)
