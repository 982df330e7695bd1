"""The calendar: too late, far too late, put back and forth, and another one for whoever flies away."""

from __future__ import annotations

from datetime import timedelta

from tests.e2e.inviting import runs_programme, starts
from tests.e2e.processes import GUARD
from tests.e2e.writing import WARM_UP, begins
from tests.faults.checker import check
from tests.faults.harness import AT_ONE_HOUR, DAY, NOW, THREE, Company


async def three_days_down(company: Company) -> None:
    """What is too late does not come at all."""
    await company.owes(THREE, not_after=NOW + DAY)
    await company.moves(days=5)
    async with company.running(company.replicas):
        ended = await company.ends()
    await check(company)
    assert {one.state for one in ended} == {"expired"}


async def two_weeks_down(company: Company) -> None:
    """After an invitation, two reminders are missed: one comes, for it is still in time; the other never."""
    async with company.stage.performing():
        await starts(company.stage, await runs_programme(company.stage), whom=[], chosen=list(AT_ONE_HOUR))
    await company.stage.person("U0MAYA").does("clock", to_next="tuesday 12:00")
    async with company.running(company.replicas):
        await company.sees(lambda: are_sent(company, "invitation", len(AT_ONE_HOUR)))
    await company.moves(days=14)
    async with company.running(company.replicas):
        ended = await company.ends()
    await check(company)
    became = {(one.kind, one.occurrence[-2:], one.state) for one in ended if one.kind == "reminder"}
    assert became == {("reminder", ":1", "expired"), ("reminder", ":2", "sent")}
    assert [one.state for one in ended if one.kind == "invitation"] == ["sent"] * len(AT_ONE_HOUR)


async def clock_goes_back_and_forth(company: Company) -> None:
    """By an hour and by a day: what was planned twice for one day is said once, and what was said, not again."""
    maya = company.stage.person("U0MAYA")
    async with company.stage.performing():
        await begins(maya)
        await maya.says(WARM_UP)
        await maya.sees("How did you end up here?")
    async with company.running(company.replicas):
        # Paused, and an hour earlier by the calendar gone on with, and paused again.
        await maya.sees("Saved.", after=await maya.says("pause"), timeout=GUARD)
        await company.moves(hours=-1)
        await maya.sees("How did you end up here?", after=await maya.says("hello"), timeout=GUARD)
        await maya.sees("Saved.", after=await maya.says("pause"), timeout=GUARD)
        for step in (timedelta(hours=1), -DAY, 7 * DAY):
            await company.moves(seconds=step.total_seconds())
        await company.sees(lambda: are_sent(company, "paused", 1))
        for step in (-DAY, timedelta(hours=-1), timedelta(hours=1), DAY):
            await company.moves(seconds=step.total_seconds())
        await company.owes(THREE[1:2], not_after=NOW + 30 * DAY)
        ended = await company.ends()
    await check(company)
    assert sorted((one.kind, one.state) for one in ended) == [("landed", "sent"), ("paused", "sent")]


async def are_sent(company: Company, kind: str, count: int) -> bool:
    """Whether so many of this kind have been sent, and are known to have been."""
    return sum(one.kind == kind and one.state == "sent" for one in await company.notices()) >= count


async def flies_away(company: Company) -> None:
    """Who is in Honolulu since yesterday is not woken at midnight, but told in the morning there."""
    await company.owes(THREE[:1])
    maya = company.stage.person("U0MAYA")
    async with company.running(company.replicas):
        await company.ends()
        await maya.does("person", id="U0MAYA", tz="Pacific/Honolulu")
        await company.stage.workspace.world.delivery.idle()
        await company.owes(THREE[:1])
        await company.sees(lambda: is_put_off(company, "quiet_hours"))
        await company.moves(hours=10)
        ended = await company.ends()
    await check(company)
    assert [one.state for one in ended] == ["sent", "sent"]


async def is_put_off(company: Company, reason: str) -> bool:
    """Whether something waits for this reason."""
    return any(one.state == "pending" and one.reason == reason for one in await company.notices())
