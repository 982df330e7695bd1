"""Tests of the practice clock: moving it, and waking those who wait for it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from practice.clock import Clock
from practice.messages import Messages
from practice.payloads import GestureError
from practice.server import Workspace
from tests.e2e.slack_user import SlackUser


async def test_clock_answers_at_once_when_it_has_moved_since(
    workspace: Workspace, session: aiohttp.ClientSession, maya: SlackUser
) -> None:
    async with session.get(f"{workspace.url}/clock") as response:
        before = await response.json()

    waiting = asyncio.create_task(_poll_clock(session, workspace.url, before["version"]))
    await maya.does("clock", advance_seconds=3600)
    after = await waiting

    assert after["version"] == before["version"] + 1
    assert after["offset_seconds"] == before["offset_seconds"] + 3600
    moved = datetime.fromisoformat(after["now"]) - datetime.fromisoformat(before["now"])
    assert timedelta(hours=1) <= moved < timedelta(hours=1, minutes=1)


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        ("2026-03-25T10:00:00+00:00", "Europe/Berlin", "2026-03-30T09:00:00+02:00"),
        ("2026-03-30T06:59:00+00:00", "Europe/Berlin", "2026-03-30T09:00:00+02:00"),
        ("2026-03-30T07:00:00+00:00", "Europe/Berlin", "2026-04-06T09:00:00+02:00"),
        ("2026-10-24T22:30:00+00:00", "Asia/Riyadh", "2026-10-26T09:00:00+03:00"),
    ],
)
async def test_next_moment_is_the_next_monday_in_the_local_time_of_a_zone(
    now: str, zone: str, expected: str
) -> None:
    clock = Clock()
    clock.move_to(datetime.fromisoformat(now))

    moment = clock.next_moment("monday 09:00", ZoneInfo(zone))

    assert abs(moment - datetime.fromisoformat(expected)) < timedelta(seconds=5)


async def test_clock_refuses_an_invalid_moment() -> None:
    for text in ("someday", "monday 25:00", ""):
        with pytest.raises(GestureError):
            Clock().next_moment(text, ZoneInfo("UTC"))


async def test_clock_advances_hourly_when_the_app_confirms_each_hour() -> None:
    clock, hours, start = Clock(), [], Clock().now()
    clock.confirm_version(clock.version)
    advance = asyncio.create_task(
        clock.advance_hourly(timedelta(hours=2.5), lambda: hours.append(clock.version), 60)
    )

    while not advance.done():
        await asyncio.sleep(0)
        before = list(hours)
        await asyncio.sleep(0)
        assert hours == before, "it moved on before the hour was confirmed"
        clock.confirm_version(clock.version)
        await asyncio.sleep(0)

    assert hours == [2, 3, 4]
    assert timedelta(hours=2.5) <= clock.now() - start < timedelta(hours=2.6)


@pytest.mark.parametrize("is_followed", [True, False])
async def test_clock_advances_when_no_app_confirms_it(is_followed: bool) -> None:
    clock = Clock()
    if is_followed:
        clock.confirm_version(clock.version)

    await clock.advance_hourly(timedelta(days=1), lambda: None, 0.01)

    assert clock.version == 25


def test_messages_keep_their_order_when_the_clock_goes_back() -> None:
    messages = Messages()
    late, early = datetime(2027, 1, 2, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

    stamps = [messages.new_ts(moment) for moment in (late, late, early)]

    assert stamps == ["1798848000.000000", "1798848000.000001", "1798761600.000000"]


async def test_messages_are_shown_in_the_order_they_came_when_the_clock_goes_back(maya: SlackUser) -> None:
    await maya.says("first")
    await maya.does("clock", advance_seconds=-86_400)
    await maya.says("second")

    assert [m["text"] for m in await maya.messages()] == ["first", "second"]


async def _poll_clock(session: aiohttp.ClientSession, url: str, seen: int) -> dict[str, Any]:
    async with session.get(f"{url}/clock", params={"seen": seen}) as response:
        answer: dict[str, Any] = await response.json()
    return answer
