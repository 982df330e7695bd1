"""Opting out: no new notice starts at once; the confirmation follows when nothing in flight can still arrive."""

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
    """Stop proactive messages to this person; return the key of the sentence that answers them."""
    async with services.person_transaction(who, event) as connection:
        return (
            "stopping"
            if await store_stop_and_plan_confirmation(connection, services, who)
            else "stopped-nothing"
        )


def refuse_stopped(person: Person) -> None:
    """Raise OptedOutError after a stop: an older button may still ask for a notice that would never be sent."""
    if person.is_stopped:
        raise OptedOutError


async def store_stop_and_plan_confirmation(
    connection: AsyncConnection, services: Services, who: UserRef
) -> bool:
    """Store the stop; return whether a notice is in flight, so that the confirmation must come later.

    A claim locks the same row, so nothing is claimed for this person after this transaction.
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
