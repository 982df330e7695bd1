"""The clock: it follows a practice workspace's time at once, and survives when that goes away."""

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
    """By how many whole hours the clock is ahead of the machine."""
    return round((clock.now() - system_now()).total_seconds() / 3600, 2)


async def test_the_offset_is_taken_over_when_the_clock_is_started(workspace: Workspace) -> None:
    workspace.world.clock.advance(timedelta(hours=5))
    clock = RemoteClock(f"{workspace.url}/clock")

    await clock.start()
    await clock.stop()

    assert hours_ahead(clock) == 5
    assert clock.now().tzinfo is UTC


async def test_whoever_waits_is_woken_when_the_time_is_moved(workspace: Workspace) -> None:
    clock, moved = RemoteClock(f"{workspace.url}/clock"), asyncio.Event()
    clock.on_move(moved.set)
    await clock.start()
    assert not moved.is_set()

    workspace.world.clock.advance(timedelta(days=2))
    await asyncio.wait_for(moved.wait(), TIMEOUT_SECONDS)
    await clock.stop()

    assert hours_ahead(clock) == 48


async def test_time_that_goes_by_waits_until_all_is_done_that_an_hour_set_off(workspace: Workspace) -> None:
    clock, done = RemoteClock(f"{workspace.url}/clock"), []

    async def works() -> None:
        began = round(hours_ahead(clock))
        await asyncio.sleep(0)
        done.append((began, round(hours_ahead(clock))))

    clock.on_move(works)
    await clock.start()
    async with asyncio.timeout(TIMEOUT_SECONDS):
        await workspace.world.clock.followed.wait()
        await workspace.world.clock.advance_hourly(timedelta(hours=3), lambda: None, TIMEOUT_SECONDS)
    await clock.stop()

    assert done == [(1, 1), (2, 2), (3, 3)]


async def test_a_sentence_is_said_when_nobody_answers_at_the_address(unused_tcp_port: int) -> None:
    with pytest.raises(ClockError, match="CLOCK_URL: no clock answers"):
        await RemoteClock(f"http://127.0.0.1:{unused_tcp_port}/clock").start()


@pytest.mark.parametrize(
    "answer",
    ["noon", "[]", "{}", '{"offset_seconds": "x", "version": 1}', '{"offset_seconds": 1e300, "version": 1}'],
)
async def test_a_sentence_is_said_when_the_answer_is_no_time(answer: str) -> None:
    async def tell(_: web.Request) -> web.Response:
        return web.Response(text=answer, content_type="application/json")

    app = web.Application()
    app.router.add_get("/clock", tell)
    async with TestServer(app) as server:
        with pytest.raises(ClockError):
            await RemoteClock(str(server.make_url("/clock"))).start()


async def test_the_clock_goes_on_when_one_question_fails() -> None:
    asked: list[str] = []
    moved = asyncio.Event()

    async def tell(request: web.Request) -> web.Response:
        asked.append(request.query.get("seen", ""))
        if len(asked) == 2:
            return web.Response(status=500)
        if len(asked) > 3:
            await asyncio.Event().wait()
        return web.json_response({"offset_seconds": 3600.0 * (len(asked) - 1), "version": len(asked)})

    app = web.Application()
    app.router.add_get("/clock", tell)
    async with TestServer(app) as server:
        clock = RemoteClock(str(server.make_url("/clock")))
        clock.on_move(moved.set)
        await clock.start()
        await asyncio.wait_for(moved.wait(), TIMEOUT_SECONDS)
        await clock.stop()

    assert asked[:3] == ["", "1", "1"]
    assert hours_ahead(clock) == 2


def test_a_stopped_clock_stands_and_wakes_when_it_is_put_elsewhere() -> None:
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
