"""Calendar faults: late, far too late, moved back and forth, and a person who changes time zones."""

from __future__ import annotations

from datetime import timedelta

from tests.e2e.bot_process import PROCESS_TIMEOUT
from tests.e2e.story_steps import WARM_UP, begin_story
from tests.e2e.wave_steps import set_up_programme, start_wave
from tests.faults.harness import DAY, NOW, THREE_USERS, USERS_IN_ONE_ZONE, FaultHarness
from tests.faults.invariants import check_invariants


async def three_days_down(harness: FaultHarness) -> None:
    """Check that what is too late isn't sent at all."""
    await harness.plan_notices(THREE_USERS, not_after=NOW + DAY)
    await harness.advance_clock(days=5)
    async with harness.run_bots(harness.replicas):
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    assert {one.state for one in ended} == {"expired"}


async def two_weeks_down(harness: FaultHarness) -> None:
    """Check that of two missed reminders the one still in time is sent, and the other never."""
    async with harness.app.running():
        await start_wave(
            harness.app, await set_up_programme(harness.app), whom=[], chosen=list(USERS_IN_ONE_ZONE)
        )
    await harness.app.person("U0MAYA").does("clock", to_next="tuesday 12:00")
    async with harness.run_bots(harness.replicas):
        await harness.wait_until(lambda: has_sent_count(harness, "invitation", len(USERS_IN_ONE_ZONE)))
    await harness.advance_clock(days=14)
    async with harness.run_bots(harness.replicas):
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    became = {(one.kind, one.occurrence[-2:], one.state) for one in ended if one.kind == "reminder"}
    assert became == {("reminder", ":1", "expired"), ("reminder", ":2", "sent")}
    assert [one.state for one in ended if one.kind == "invitation"] == ["sent"] * len(USERS_IN_ONE_ZONE)


async def clock_goes_back_and_forth(harness: FaultHarness) -> None:
    """Move the clock by an hour and by a day: what is planned twice for one day is sent once."""
    maya = harness.app.person("U0MAYA")
    async with harness.app.running():
        await begin_story(maya)
        await maya.says(WARM_UP)
        await maya.sees("How did you end up here?")
    async with harness.run_bots(harness.replicas):
        # Paused, resumed an hour earlier by the calendar, and paused again.
        await maya.sees("Saved.", after=await maya.says("pause"), timeout=PROCESS_TIMEOUT)
        await harness.advance_clock(hours=-1)
        await maya.sees("How did you end up here?", after=await maya.says("hello"), timeout=PROCESS_TIMEOUT)
        await maya.sees("Saved.", after=await maya.says("pause"), timeout=PROCESS_TIMEOUT)
        for step in (timedelta(hours=1), -DAY, 7 * DAY):
            await harness.advance_clock(seconds=step.total_seconds())
        await harness.wait_until(lambda: has_sent_count(harness, "paused", 1))
        for step in (-DAY, timedelta(hours=-1), timedelta(hours=1), DAY):
            await harness.advance_clock(seconds=step.total_seconds())
        await harness.plan_notices(THREE_USERS[1:2], not_after=NOW + 30 * DAY)
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    assert sorted((one.kind, one.state) for one in ended) == [("landed", "sent"), ("paused", "sent")]


async def has_sent_count(harness: FaultHarness, kind: str, count: int) -> bool:
    """Return whether this number of notices of a kind has been sent, and is stored as sent."""
    return sum(one.kind == kind and one.state == "sent" for one in await harness.list_notices()) >= count


async def time_zone_changes(harness: FaultHarness) -> None:
    """Check that a person in Honolulu since yesterday isn't woken at midnight, but gets the message in the morning."""
    await harness.plan_notices(THREE_USERS[:1])
    maya = harness.app.person("U0MAYA")
    async with harness.run_bots(harness.replicas):
        await harness.wait_until_ended()
        await maya.does("person", id="U0MAYA", tz="Pacific/Honolulu")
        await harness.app.workspace.world.delivery.wait_until_idle()
        await harness.plan_notices(THREE_USERS[:1])
        await harness.wait_until(lambda: is_deferred_for(harness, "quiet_hours"))
        await harness.advance_clock(hours=10)
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    assert [one.state for one in ended] == ["sent", "sent"]


async def is_deferred_for(harness: FaultHarness, reason: str) -> bool:
    """Return whether a notice is deferred for this reason."""
    return any(one.state == "pending" and one.reason == reason for one in await harness.list_notices())
