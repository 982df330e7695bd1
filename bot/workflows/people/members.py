"""Meeting people: who they are by Slack's word, in which language they are spoken to, and who may take part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import Erased, Guest, Stranger
from bot.i18n import Locale, Texts, locale_of
from bot.rules.teams import is_colleague
from bot.services import Services, Who
from bot.workflows.people.time_zones import follow
from db.models import Person, Tombstone
from db.queries import erasure, people

FRESH = timedelta(days=1)
NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
"""Slack's answers for an id that is nobody's, or nobody's that this workspace may see."""


class Unmet(Exception):
    """What is known of the person is too old to go by: see `meet`."""


async def meet(services: Services, who: Who, *, at: datetime | None = None, channel: str = "") -> Person:
    """The person, asked of Slack when not known or not fresh; Stranger and Guest for those who cannot take part.

    `at` is when they spoke: Erased for words older than their erasure, which Slack delivers late.
    """
    person = await known(services, who)
    if at is not None:
        await refuse_erased(services, who, person, at)
    if person is None:
        person = await _ask_slack(services, who, None)
    elif not _is_fresh(services, person):
        person = await _ask_slack(services, who, person)
    if (at is not None and person.met_at is None) or (channel and person.dm_channel != channel):
        person = await _note_meeting(services, person, channel, writes=at is not None)
    refuse_outsiders(person)
    return person


async def _note_meeting(services: Services, person: Person, channel: str, *, writes: bool) -> Person:
    """Note that the person has written, and the channel of their DM, as far as each is new."""
    now = services.clock.now()
    async with services.transaction() as connection:
        if writes:
            await people.set_met(connection, person.team_id, person.user_id, now)
        if channel:
            await people.set_dm_channel(connection, person.team_id, person.user_id, channel)
    met_at = person.met_at or (now if writes else None)
    return replace(person, met_at=met_at, dm_channel=channel or person.dm_channel)


def admit(services: Services, person: Person) -> None:
    """Let go on who is known and may take part; Unmet, Stranger and Guest for the others."""
    if not _is_fresh(services, person):
        raise Unmet
    refuse_outsiders(person)


def _is_fresh(services: Services, person: Person) -> bool:
    return services.clock.now() - person.fetched_at <= FRESH


def refuse_outsiders(person: Person) -> None:
    """Stranger and Guest for those who cannot take part."""
    if person.is_stranger:
        raise Stranger
    if person.is_guest or person.is_bot or person.deleted:
        raise Guest


async def refuse_erased(services: Services, who: Who, person: Person | None, at: datetime) -> None:
    """Raise Erased for words written before their author was erased, whether or not they have come back since.

    Whoever has come back was asked of Slack after the erasure: only older words need a look at it.
    """
    if person is not None and at > person.fetched_at:  # an erasure leaves no row that was fetched before it
        return
    async with services.database.reading() as connection:
        tombstone = await erasure.find_tombstone(connection, who.team, who.user)
    if tombstone is not None and at <= tombstone.at:
        raise Erased


def stays_unknown(person: Person, tombstone: Tombstone | None) -> bool:
    """Return whether nothing is kept of somebody not known: they were forgotten, and are not here.

    Somebody who works here is in the directory, also after they had everything deleted: else their missing from a
    list would tell of it. Nothing is sent to them before they write.
    """
    return tombstone is not None and person.deleted


async def keep_stopped(connection: AsyncConnection, person: Person, tombstone: Tombstone | None) -> None:
    """Whoever said stop before everything about them was deleted has said so still, now that they are known again.

    In the transaction in which they become known: nobody who is known is asked after their tombstone again.
    """
    if tombstone is not None and tombstone.stopped:
        await people.set_stopped(connection, person.team_id, person.user_id, tombstone.at)


async def known(services: Services, who: Who) -> Person | None:
    """The person as far as the database knows them."""
    async with services.database.reading() as connection:
        return await people.find_person(connection, who.team, who.user)


async def texts_for(services: Services, who: Who) -> Texts:
    """The words in this person's language; English for somebody not known."""
    return spoken(await known(services, who))


def spoken(person: Person | None) -> Texts:
    """The words in the language that this person chose, else in their Slack's."""
    return Texts(locale_of(person.locale_choice, person.locale) if person else "en")


def language_in_slack(person: Person) -> Locale:
    """Return the language of the person's Slack: lists for owners must not tell that they chose another one."""
    return locale_of(None, person.locale)


async def met_now(services: Services, who: Who) -> Person:
    """The person as Slack describes them at this moment, for rights that must not rest on yesterday's word."""
    if await known(services, who) is None:
        return await meet(services, who)
    answer = await services.messenger.once("users.info", user=who.user, include_locale=True)
    person = await _keep(services, person_from(services, who, dict(answer["user"])))
    refuse_outsiders(person)
    return person


async def described_now(services: Services, who: Who) -> Person | None:
    """Return the person as Slack describes them now; None when it cannot say, for no right rests on an older word."""
    try:
        answer = await services.messenger.once("users.info", user=who.user, include_locale=True)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError):
        return None
    await keep_word(services, who, answer["user"])
    return person_from(services, who, answer["user"])


async def keep_known(services: Services, users: Iterable[str]) -> None:
    """Ask Slack about those who are not known yet, so that they can be told of what is done about them."""
    wanted = set(users)
    async with services.database.reading() as connection:
        wanted -= {person.user_id for person in await people.list_people(connection, services.team, wanted)}
    for user in sorted(wanted):
        with suppress(SlackApiError):
            await _ask_slack(services, Who(services.team, user), None)


async def _ask_slack(services: Services, who: Who, old: Person | None) -> Person:
    """Slack's word on a person, kept. When Slack cannot say, what was known serves on."""
    ask = services.messenger.call if old is None else services.messenger.once  # whom we know need not wait
    try:
        answer = await ask("users.info", user=who.user, include_locale=True)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError):
        if old is None:
            raise
        return old
    return await _keep(services, person_from(services, who, dict(answer["user"])))


async def keep_word(services: Services, who: Who, user: Mapping[str, Any]) -> None:
    """Keep what Slack says of somebody who is known already; of nobody else is anything kept."""
    if await known(services, who) is not None:
        await _keep(services, person_from(services, who, user))


async def _keep(services: Services, person: Person) -> Person:
    """The person as stored, with what Slack says of them now and what they told the bot before."""
    async with services.transaction() as connection:
        # Locked, so that whoever is being erased meanwhile is either still there or has left a tombstone.
        before = await people.lock_person(connection, person.team_id, person.user_id)
        if before is None and person.deleted:
            return person  # nothing begins to be kept of somebody who has left
        await people.put_person(connection, person)
        if before is None:
            tombstone = await erasure.find_tombstone(connection, person.team_id, person.user_id)
            await keep_stopped(connection, person, tombstone)
        await follow(connection, before, person, at=services.clock.now())
    return await known(services, Who(person.team_id, person.user_id)) or person


def person_from(services: Services, who: Who, user: Mapping[str, Any]) -> Person:
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
        is_stranger=not is_colleague(who.team, user),
        in_directory=False,
        is_bot=bool(user.get("is_bot")) or who.user == "USLACKBOT",
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        deleted=bool(user.get("deleted")),
        fetched_at=services.clock.now(),
    )


async def dm_channel(services: Services, person: Person) -> str:
    """The DM with this person: the id kept (updates need it), or a new one from Slack."""
    if person.dm_channel:
        return person.dm_channel
    answer = await services.messenger.call("conversations.open", users=person.user_id)
    channel = str(answer["channel"]["id"])
    async with services.transaction() as connection:
        await people.set_dm_channel(connection, person.team_id, person.user_id, channel)
    return channel
