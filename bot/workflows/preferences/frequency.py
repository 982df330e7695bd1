"""How often the programme may write to somebody: as usual, or half as often."""

from __future__ import annotations

from bot.services import Services, UserRef
from bot.workflows.preferences.opt_out import refuse_stopped
from db.queries import people


async def set_fewer_messages(services: Services, who: UserRef, *, fewer: bool, event: str = "") -> None:
    """Halve the person's messages, or send as many as usual again; raise OptedOutError after a stop."""
    async with services.person_transaction(who, event) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is not None:
            refuse_stopped(person)
            await people.set_fewer_messages(connection, who.team, who.user, services.clock.now(), fewer=fewer)
