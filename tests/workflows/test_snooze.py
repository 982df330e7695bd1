"""What was said last is put off while it can still come, and nothing is promised to whoever said stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.errors import SaidStop
from bot.notices.invitations import AGAIN, INVITATION
from bot.rules.budgets import is_faded
from bot.rules.calendars import calendar_for
from bot.rules.schedule import Snooze
from bot.services import Services, Who
from bot.workflows.delivery.contact_history import history_of
from bot.workflows.preferences.quiet_until import be_quiet, end_quiet
from bot.workflows.preferences.snooze import What, put_off_latest, put_off_this
from bot.workflows.waves.answers import want_fewer
from db.models.waves import Member
from db.queries import people, waves
from tests.db.notices import claim, notices, plan, planned, taken
from tests.db.samples import wave
from tests.workflows.companies import MAYA, NOW, TEAM, Company

WHO = Who(TEAM, MAYA.user_id)
DAY = timedelta(days=1)
TODAY = NOW.date()


async def is_invited(services: Services, wave_id: str, *, closes_in: int, days_ago: int) -> None:
    """An invitation to a wave that closes by then has been said to Maya."""
    at = NOW - days_ago * DAY
    async with services.transaction() as connection:
        await waves.put_wave(connection, wave(id=wave_id, closes_on=TODAY + closes_in * DAY))
        await waves.add_members(connection, TEAM, wave_id, [Member(MAYA.user_id, "invited")])
    invitation = planned(kind=INVITATION, occurrence=wave_id, subject=wave_id, not_before=at)
    await plan(services.database, invitation)
    await taken(services.database, claim(at=at))


async def put_off(services: Services) -> list[str | None]:
    """Which waves are to come again once Maya typed "tomorrow"."""
    await put_off_latest(services, WHO, Snooze.TOMORROW, "Ev1")
    return [notice.subject for notice in await notices(services.database) if notice.kind == AGAIN]


async def test_word_puts_off_what_can_still_come_and_not_what_has_closed(company: Company) -> None:
    services = await company(None, MAYA)
    await is_invited(services, "open", closes_in=20, days_ago=9)
    await is_invited(services, "closed", closes_in=-1, days_ago=5)

    assert await put_off(services) == ["open"]


async def test_word_puts_off_nothing_of_a_wave_from_which_they_were_taken(company: Company) -> None:
    services = await company(None, MAYA)
    await is_invited(services, "w1", closes_in=20, days_ago=5)
    async with services.transaction() as connection:
        await waves.mark_off(connection, TEAM, "w1", [MAYA.user_id], at=NOW)

    assert await put_off(services) == []


ASKED: dict[str, Callable[[Services], Awaitable[object]]] = {
    "later, pressed": lambda services: put_off_this(services, WHO, What(AGAIN, "w1"), Snooze.TOMORROW),
    "later, typed": lambda services: put_off_latest(services, WHO, Snooze.TOMORROW, "Ev1"),
    "fewer": lambda services: want_fewer(services, WHO, fewer=True),
    "as usual": lambda services: want_fewer(services, WHO, fewer=False),
    "quiet": lambda services: be_quiet(services, WHO, TODAY + DAY),
    "quiet no more": lambda services: end_quiet(services, WHO),
}


@pytest.mark.parametrize("wish", ASKED)
async def test_nothing_is_promised_to_whoever_said_stop(company: Company, wish: str) -> None:
    # Given an invitation, and a stop after it
    services = await company(None, MAYA)
    await is_invited(services, "w1", closes_in=20, days_ago=5)
    async with services.transaction() as connection:
        await people.set_stopped(connection, TEAM, MAYA.user_id, NOW)
    before = await notices(services.database)
    # When one of the buttons above is pressed, then they hear that the stop holds
    with pytest.raises(SaidStop):
        await ASKED[wish](services)
    # And nothing is planned
    assert await notices(services.database) == before


async def test_whoever_has_been_heard_from_stays_heard_when_the_wish_is_taken_back(company: Company) -> None:
    # Given a series that was let go by as far as it comes to whoever wants fewer, but for the wish itself
    services = await company(None, MAYA)
    await is_invited(services, "w1", closes_in=20, days_ago=9)
    await plan(services.database, planned(kind="reminder", occurrence="w1:1", subject="w1", not_before=NOW))
    await taken(services.database, claim())
    await plan(services.database, planned(kind="reminder", occurrence="w1:2", subject="w1", not_before=NOW))
    await taken(services.database, claim())
    calendar = calendar_for(MAYA, None, None)

    async def faded() -> bool:
        async with services.database.reading() as connection:
            return is_faded(await history_of(connection, MAYA, calendar))

    assert await faded()
    # When they ask for fewer and take that back
    await want_fewer(services, WHO, fewer=True)
    assert not await faded()
    await want_fewer(services, WHO, fewer=False)
    # Then they are not taken for somebody who has never answered
    assert not await faded()
