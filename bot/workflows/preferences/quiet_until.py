"""Quiet until a date: nothing that the programme says unasked, until then or until the person ends it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DraftNotFoundError, InvalidDateError
from bot.rules.schedule import is_selectable_date
from bot.services import Services, UserRef
from bot.workflows.delivery.follow_ups import load_calendar
from bot.workflows.preferences.opt_out import refuse_stopped
from db.queries import people, rescheduling


async def be_quiet(services: Services, who: UserRef, until: date, event: str = "") -> None:
    """Say nothing unasked before this date of theirs; NotChoosable where it makes no sense, SaidStop after a stop."""
    now = services.clock.now()
    async with services.person_transaction(who, event) as connection:
        # Whoever claims locks the same row, so nothing is claimed for them after this transaction.
        person = await people.lock_person(connection, who.team, who.user)
        if person is None:
            raise DraftNotFoundError
        refuse_stopped(person)
        if not is_selectable_date(until, now, await load_calendar(connection, person)):
            raise InvalidDateError
        await _set(connection, who, until, now)


async def end_quiet(services: Services, who: UserRef) -> None:
    """As before: what is still in time comes at its hour."""
    async with services.person_transaction(who) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is not None:
            refuse_stopped(person)
        await _set(connection, who, None, services.clock.now())


async def clear_quiet_and_fewer(services: Services, who: UserRef, event: str) -> None:
    """Neither quiet nor fewer any more. A stop stays: that is taken back in so many words, on the Home tab."""
    async with services.person_transaction(who, event) as connection:
        await people.lock_person(connection, who.team, who.user)
        now = services.clock.now()
        await people.set_fewer_messages(connection, who.team, who.user, now, fewer=False)
        await _set(connection, who, None, now)


async def _set(connection: AsyncConnection, who: UserRef, until: date | None, now: datetime) -> None:
    """Another date may be an earlier one: whatever waits for the one before is asked about again."""
    await people.set_paused_until(connection, who.team, who.user, until, at=now)
    await rescheduling.release_paused_notices(connection, who.team, who.user, now)
