"""Settings on the Home tab: the interface language, and whether the bot may write first."""

from __future__ import annotations

from bot.i18n import LOCALES
from bot.services import Services, UserRef
from bot.workflows.people.members import find_person
from bot.workflows.preferences.opt_out import stop
from db.queries import people


async def set_language(services: Services, who: UserRef, locale: str) -> bool:
    """Set the interface language of this person; return False for a language that the bot doesn't have."""
    if locale not in LOCALES:
        return False
    async with services.person_transaction(who) as connection:
        await people.set_locale_choice(connection, who.team, who.user, locale)
    return True


async def set_proactive_messages(services: Services, who: UserRef, *, allowed: bool) -> None:
    """Set whether the bot may write first. A stop is taken back here only, by an explicit choice."""
    person = await find_person(services, who)
    if person is None or person.is_stopped is not allowed:
        return
    if not allowed:
        await stop(services, who)
        return
    async with services.person_transaction(who) as connection:
        await people.set_messages_allowed_at(connection, who.team, who.user, services.clock.now())
