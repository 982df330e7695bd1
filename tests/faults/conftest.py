"""A company in which things go wrong, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest_asyncio

from tests.e2e.stage import QUICK, Stage, workspace
from tests.faults import neighbours
from tests.faults.bot import HASTE
from tests.faults.harness import NOW, Company

HASTY = replace(QUICK, retry_delays=(0.0, 60.0 / HASTE, 300.0 / HASTE))
"""Slack lives as fast as the bots do."""


@pytest_asyncio.fixture
async def company(database_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    """Nobody is at work in it yet: the bots come as processes. Another workspace's rows lie beside its own."""
    async with workspace(HASTY) as there, aiohttp.ClientSession() as session:
        there.world.clock.move_to(NOW)
        made = Company(Stage(there, database_url, session=session), tmp_path)
        async with made.database() as database:
            made.beside = await neighbours.move_in(database)
        yield made
