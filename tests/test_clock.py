"""The clock: follows a practice workspace's time at once, and survives its loss."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import ClockError, RemoteClock, StoppedClock, SystemClock, monotonic, system_now
from bot.slack import manifest
from practice.server import Workspace, build_workspace

TIMEOUT_SECONDS = 20


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace with a clock."""
    made = build_workspace(manifest.socket_mode_manifest())
    await made.start()
    yield made
    await made.stop()


def hours_ahead(clock: RemoteClock | SystemClock) -> float:
    """Return the number of whole hours by which the clock is ahead of the machine."""
    return round((clock.now() - system_now()).total_seconds() / 3600, 2)


async def test_the_offset_is_taken_over_when_the_clock_is_started(workspace: Workspace) -> None:
    workspace.world.clock.advance(timedelta(hours=5))
    clock = RemoteClock(f"{workspace.url}/clock")

    await clock.start()
    await clock.stop()

    assert hours_ahead(clock) == 5
    assert clock.now().tzinfo is UTC


async def test_callbacks_are_called_when_the_time_is_moved(workspace: Workspace) -> None:
    clock, moved = RemoteClock(f"{workspace.url}/clock"), asyncio.Event()
    clock.on_move(moved.set)
    await clock.start()
    assert not moved.is_set()

    workspace.world.clock.advance(timedelta(days=2))
    await asyncio.wait_for(moved.wait(), TIMEOUT_SECONDS)
    await clock.stop()

    assert hours_ahead(clock) == 48


async def test_passing_time_waits_for_the_work_of_each_hour(workspace: Workspace) -> None:
    clock, done = RemoteClock(f"{workspace.url}/clock"), []

    async def work() -> None:
        started_at = round(hours_ahead(clock))
        await asyncio.sleep(0)
        done.append((started_at, round(hours_ahead(clock))))

    clock.on_move(work)
    await clock.start()
    async with asyncio.timeout(TIMEOUT_SECONDS):
        await workspace.world.clock.followed.wait()
        await workspace.world.clock.advance_hourly(timedelta(hours=3), lambda: None, TIMEOUT_SECONDS)
    await clock.stop()

    assert done == [(1, 1), (2, 2), (3, 3)]


async def test_one_sentence_explains_an_address_without_an_answer(unused_tcp_port: int) -> None:
    with pytest.raises(ClockError, match="CLOCK_URL: no clock answers"):
        await RemoteClock(f"http://127.0.0.1:{unused_tcp_port}/clock").start()


@pytest.mark.parametrize(
    "answer",
    ["noon", "[]", "{}", '{"offset_seconds": "x", "version": 1}', '{"offset_seconds": 1e300, "version": 1}'],
)
async def test_one_sentence_explains_an_answer_that_is_not_a_time(answer: str) -> None:
    async def answer_poll(_: web.Request) -> web.Response:
        return web.Response(text=answer, content_type="application/json")

    app = web.Application()
    app.router.add_get("/clock", answer_poll)
    async with TestServer(app) as server:
        with pytest.raises(ClockError):
            await RemoteClock(str(server.make_url("/clock"))).start()


async def test_the_clock_keeps_following_when_one_request_fails() -> None:
    requests: list[str] = []
    moved = asyncio.Event()

    async def answer_poll(request: web.Request) -> web.Response:
        requests.append(request.query.get("seen", ""))
        if len(requests) == 2:
            return web.Response(status=500)
        if len(requests) > 3:
            await asyncio.Event().wait()
        return web.json_response({"offset_seconds": 3600.0 * (len(requests) - 1), "version": len(requests)})

    app = web.Application()
    app.router.add_get("/clock", answer_poll)
    async with TestServer(app) as server:
        clock = RemoteClock(str(server.make_url("/clock")))
        clock.on_move(moved.set)
        await clock.start()
        await asyncio.wait_for(moved.wait(), TIMEOUT_SECONDS)
        await clock.stop()

    assert requests[:3] == ["", "1", "1"]
    assert hours_ahead(clock) == 2


def test_a_stopped_clock_changes_and_calls_back_only_when_moved() -> None:
    noon, wakes = datetime(2026, 3, 2, 12, tzinfo=UTC), []
    clock = StoppedClock(noon)
    clock.on_move(lambda: wakes.append(clock.now()))

    assert clock.now() == noon
    clock.move(noon + timedelta(days=1))

    assert wakes == [noon + timedelta(days=1)]


def test_the_system_clock_is_aware_and_machine_time_grows_when_asked_twice() -> None:
    clock = SystemClock()
    clock.on_move(lambda: None)

    assert clock.now().tzinfo is UTC
    assert hours_ahead(clock) == 0
    assert monotonic() <= monotonic()
