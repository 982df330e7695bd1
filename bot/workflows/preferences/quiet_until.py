"""Quiet until a date: nothing that the programme says unasked, until then or until the person ends it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NoDraft, NotChoosable
from bot.rules.schedule import is_choosable
from bot.services import Services, Who
from bot.workflows.delivery.follow_ups import calendar_of
from bot.workflows.preferences.opt_out import refuse_stopped
from db.queries import people, rescheduling


async def be_quiet(services: Services, who: Who, until: date, event: str = "") -> None:
    """Say nothing unasked before this date of theirs; NotChoosable where it makes no sense, SaidStop after a stop."""
    now = services.clock.now()
    async with services.turn(who, event) as connection:
        # Whoever claims locks the same row, so nothing is claimed for them after this transaction.
        person = await people.lock_person(connection, who.team, who.user)
        if person is None:
            raise NoDraft
        refuse_stopped(person)
        if not is_choosable(until, now, await calendar_of(connection, person)):
            raise NotChoosable
        await _set(connection, who, until, now)


async def end_quiet(services: Services, who: Who) -> None:
    """As before: what is still in time comes at its hour."""
    async with services.turn(who) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is not None:
            refuse_stopped(person)
        await _set(connection, who, None, services.clock.now())


async def be_as_usual(services: Services, who: Who, event: str) -> None:
    """Neither quiet nor fewer any more. A stop stays: that is taken back in so many words, on the Home tab."""
    async with services.turn(who, event) as connection:
        await people.lock_person(connection, who.team, who.user)
        now = services.clock.now()
        await people.set_fewer(connection, who.team, who.user, now, fewer=False)
        await _set(connection, who, None, now)


async def _set(connection: AsyncConnection, who: Who, until: date | None, now: datetime) -> None:
    """Another date may be an earlier one: whatever waits for the one before is asked about again."""
    await people.set_paused(connection, who.team, who.user, until, at=now)
    await rescheduling.wake_paused(connection, who.team, who.user, now)
