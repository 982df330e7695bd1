"""Stopping: nothing is begun any more at once; it is confirmed when nothing can arrive any more either."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import OptedOutError
from bot.notices.stopped import STOPPED_KIND
from bot.services import Services, UserRef
from db.models import Person
from db.models.notices import PlannedNotice
from db.queries import outbox, people, send_results

_CONFIRMATION_PERIOD = timedelta(days=1)


async def stop(services: Services, who: UserRef, event: str = "") -> str:
    """Nothing more is written to this person first. The key of the sentence that tells them."""
    async with services.person_transaction(who, event) as connection:
        return "stopping" if await note_stop(connection, services, who) else "stopped-nothing"


def refuse_stopped(person: Person) -> None:
    """Raise SaidStop for whoever said stop; a button above may still ask for what could not come any more."""
    if person.is_stopped:
        raise OptedOutError


async def note_stop(connection: AsyncConnection, services: Services, who: UserRef) -> bool:
    """Keep the stop; whether something is on its way to them, so that the confirmation has to come later.

    Whoever claims locks the same row, so nothing is claimed for them after this transaction.
    """
    await people.lock_person(connection, who.team, who.user)
    now = services.clock.now()
    await people.set_stopped_at(connection, who.team, who.user, now)
    if not await send_results.has_notice_in_flight(connection, who.team, who.user):
        return False
    confirmation = PlannedNotice(
        STOPPED_KIND.name, who.user, now.isoformat(), now, now + _CONFIRMATION_PERIOD, user_id=who.user
    )
    await outbox.add_notices(connection, who.team, [confirmation], now)
    return True
