"""Meeting people: who they are by Slack's word, in which language they are spoken to, and who may take part."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.errors import Guest, Stranger
from bot.services import Services, Who
from bot.texts import Texts, locale_of
from db import people
from db.models import Person

FRESH = timedelta(days=1)


async def meet(services: Services, who: Who, home_team: str = "") -> Person:
    """The person, asked of Slack when not known or not fresh; Stranger and Guest for those who cannot take part."""
    if home_team and home_team != who.team:
        raise Stranger
    person = await known(services, who)
    if person is None or services.clock.now() - person.fetched_at > FRESH:
        person = await _ask_slack(services, who, person)
    if person.is_stranger:
        raise Stranger
    if person.is_guest or person.is_bot or person.deleted:
        raise Guest
    return person


async def known(services: Services, who: Who) -> Person | None:
    """The person as far as the database knows them."""
    async with services.database.reading() as session:
        return await people.find_person(session, who.team, who.user)


async def texts_for(services: Services, who: Who) -> Texts:
    """The words in this person's language; English for somebody not known."""
    return spoken(await known(services, who))


def spoken(person: Person | None) -> Texts:
    """The words in the language that this person chose, else in their Slack's."""
    return Texts(locale_of(person.locale_choice, person.locale) if person else "en")


async def _ask_slack(services: Services, who: Who, old: Person | None) -> Person:
    """Slack's word on a person, kept. When Slack cannot say, what was known serves on."""
    try:
        answer = await services.messenger.call("users.info", user=who.user, include_locale=True)
    except SlackApiError:
        if old is None:
            raise
        return old
    person = person_from(services, who, dict(answer["user"]))
    async with services.transaction() as session:
        await people.put_person(session, person)
    return await known(services, who) or person


def person_from(services: Services, who: Who, user: dict[str, Any]) -> Person:
    """A person out of Slack's user object, in which nearly every field may be missing."""
    profile = user.get("profile") or {}
    real_name = str(profile.get("real_name") or user.get("real_name") or "")
    name = str(profile.get("display_name") or real_name or user.get("name") or "")
    first = str(profile.get("first_name") or real_name.partition(" ")[0])
    return Person(
        team_id=who.team,
        user_id=who.user,
        name=name,
        real_name=real_name,
        first_name=first,
        locale=user.get("locale"),
        tz=user.get("tz"),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_stranger=bool(user.get("is_stranger")) or user.get("team_id", who.team) != who.team,
        is_bot=bool(user.get("is_bot")) or who.user == "USLACKBOT",
        deleted=bool(user.get("deleted")),
        fetched_at=services.clock.now(),
    )
