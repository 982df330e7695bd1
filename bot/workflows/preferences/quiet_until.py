"""Quiet until a date: no proactive messages until then, or until the person ends it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DraftNotFoundError, InvalidDateError
from bot.rules.reminder_schedule import is_selectable_date
from bot.services import Services, UserRef
from bot.workflows.people.calendars import load_calendar
from bot.workflows.preferences.opt_out import refuse_stopped
from db.queries import people, rescheduling


async def be_quiet(services: Services, who: UserRef, until: date, event: str = "") -> None:
    """Hold proactive messages until this local date; raise InvalidDateError or, after a stop, OptedOutError."""
    now = services.clock.now()
    async with services.person_transaction(who, event) as connection:
        # A claim locks the same row, so nothing is claimed for this person after this transaction.
        person = await people.lock_person(connection, who.team, who.user)
        if person is None:
            raise DraftNotFoundError
        refuse_stopped(person)
        if not is_selectable_date(until, now, await load_calendar(connection, person)):
            raise InvalidDateError
        await _set(connection, who, until, now)


async def end_quiet(services: Services, who: UserRef) -> None:
    """End the quiet: notices that are still in time come at their hour."""
    async with services.person_transaction(who) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is not None:
            refuse_stopped(person)
        await _set(connection, who, None, services.clock.now())


async def clear_quiet_and_fewer(services: Services, who: UserRef, event: str) -> None:
    """End both quiet and fewer messages. A stop stays: it's taken back only explicitly, on the Home tab."""
    async with services.person_transaction(who, event) as connection:
        await people.lock_person(connection, who.team, who.user)
        now = services.clock.now()
        await people.set_fewer_messages(connection, who.team, who.user, now, fewer=False)
        await _set(connection, who, None, now)


async def _set(connection: AsyncConnection, who: UserRef, until: date | None, now: datetime) -> None:
    """Store the date, and recheck the notices that wait for the old one: the new one may be earlier."""
    await people.set_paused_until(connection, who.team, who.user, until, at=now)
    await rescheduling.release_held_notices(connection, who.team, who.user, now)
