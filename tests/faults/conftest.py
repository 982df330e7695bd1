"""Fixtures for fault injection, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest_asyncio

from tests.e2e.app_under_test import FAST_TIMINGS, AppUnderTest, open_workspace
from tests.faults import other_workspace
from tests.faults.harness import NOW, FaultHarness
from tests.faults.mutant_bot import SPEED_FACTOR

ACCELERATED_TIMINGS = replace(FAST_TIMINGS, retry_delays=(0.0, 60.0 / SPEED_FACTOR, 300.0 / SPEED_FACTOR))
"""Slack's retry delays, accelerated like the bots."""


@pytest_asyncio.fixture
async def harness(database_url: str, tmp_path: Path) -> AsyncIterator[FaultHarness]:
    """A harness without a running bot; bots start as processes. The database holds another workspace's rows as well."""
    async with open_workspace(ACCELERATED_TIMINGS) as workspace, aiohttp.ClientSession() as session:
        workspace.world.clock.move_to(NOW)
        made = FaultHarness(AppUnderTest(workspace, database_url, http_session=session), tmp_path)
        async with made.open_database() as database:
            made.other_workspace_rows = await other_workspace.add_other_workspace(database)
        yield made
