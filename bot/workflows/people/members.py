"""Meeting people: who they are by Slack's word, in which language they are spoken to, and who may take part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import EventBeforeErasureSignal, ExternalPersonError, GuestError, UnknownMemberSignal
from bot.i18n import Locale, Texts, choose_locale
from bot.rules.teams import is_colleague
from bot.services import Services, UserRef
from bot.slack.errors import CALL_ERRORS, RefusedCallError
from bot.workflows.people.time_zones import reschedule_for_time_zone
from db.models import Person, Tombstone
from db.queries import erasure, people

FRESHNESS_PERIOD = timedelta(days=1)


async def ensure_member(
    services: Services, who: UserRef, *, written_at: datetime | None = None, channel: str = ""
) -> Person:
    """The person, asked of Slack when not known or not fresh; Stranger and Guest for those who cannot take part.

    `at` is when they spoke: Erased for words older than their erasure, which Slack delivers late.
    """
    person = await find_person(services, who)
    if written_at is not None:
        await refuse_erased(services, who, person, written_at)
    if person is None:
        person = await _ask_slack(services, who, None)
    elif not _is_fresh(services, person):
        person = await _ask_slack(services, who, person)
    if (written_at is not None and person.met_at is None) or (channel and person.dm_channel != channel):
        person = await _record_contact(services, person, channel, has_written=written_at is not None)
    refuse_outsiders(person)
    return person


async def _record_contact(services: Services, person: Person, channel: str, *, has_written: bool) -> Person:
    """Note that the person has written, and the channel of their DM, as far as each is new."""
    now = services.clock.now()
    async with services.transaction() as connection:
        if has_written:
            await people.set_met_at(connection, person.team_id, person.user_id, now)
        if channel:
            await people.set_dm_channel(connection, person.team_id, person.user_id, channel)
    met_at = person.met_at or (now if has_written else None)
    return replace(person, met_at=met_at, dm_channel=channel or person.dm_channel)


async def record_dm_channel(services: Services, who: UserRef, channel: str) -> None:
    """Store the channel of the person's DM, so that Slack needn't be asked for it; nothing is stored about visitors."""
    person = await find_person(services, who)
    if channel and person is not None and person.dm_channel != channel:
        await _record_contact(services, person, channel, has_written=False)


def check_membership(services: Services, person: Person) -> None:
    """Let go on who is known and may take part; Unmet, Stranger and Guest for the others."""
    if not _is_fresh(services, person):
        raise UnknownMemberSignal
    refuse_outsiders(person)


def _is_fresh(services: Services, person: Person) -> bool:
    return services.clock.now() - person.fetched_at <= FRESHNESS_PERIOD


def refuse_outsiders(person: Person) -> None:
    """Stranger and Guest for those who cannot take part."""
    if person.is_stranger:
        raise ExternalPersonError
    if person.is_guest or person.is_bot or person.deleted:
        raise GuestError


async def refuse_erased(services: Services, who: UserRef, person: Person | None, at: datetime) -> None:
    """Raise Erased for words written before their author was erased, whether or not they have come back since.

    Whoever has come back was asked of Slack after the erasure: only older words need a look at it.
    """
    if person is not None and at > person.fetched_at:  # an erasure leaves no row that was fetched before it
        return
    async with services.database.read_transaction() as connection:
        tombstone = await erasure.find_tombstone(connection, who.team, who.user)
    if tombstone is not None and at <= tombstone.erased_at:
        raise EventBeforeErasureSignal


def stays_unknown(person: Person, tombstone: Tombstone | None) -> bool:
    """Return whether nothing is kept of somebody not known: they were forgotten, and are not here.

    Somebody who works here is in the directory, also after they had everything deleted: else their missing from a
    list would tell of it. Nothing is sent to them before they write.
    """
    return tombstone is not None and person.deleted


async def restore_stop(connection: AsyncConnection, person: Person, tombstone: Tombstone | None) -> None:
    """Whoever said stop before everything about them was deleted has said so still, now that they are known again.

    In the transaction in which they become known: nobody who is known is asked after their tombstone again.
    """
    if tombstone is not None and tombstone.stopped:
        await people.set_stopped_at(connection, person.team_id, person.user_id, tombstone.erased_at)


async def find_person(services: Services, who: UserRef) -> Person | None:
    """The person as far as the database knows them."""
    async with services.database.read_transaction() as connection:
        return await people.find_person(connection, who.team, who.user)


async def load_texts(services: Services, who: UserRef) -> Texts:
    """The words in this person's language; English for somebody not known."""
    return texts_for(await find_person(services, who))


def texts_for(person: Person | None) -> Texts:
    """The words in the language that this person chose, else in their Slack's."""
    return Texts(choose_locale(person.locale_choice, person.locale) if person else "en")


def language_in_slack(person: Person) -> Locale:
    """Return the language of the person's Slack: lists for owners must not tell that they chose another one."""
    return choose_locale(None, person.locale)


async def refresh_member(services: Services, who: UserRef) -> Person:
    """The person as Slack describes them at this moment, for rights that must not rest on yesterday's word."""
    if await find_person(services, who) is None:
        return await ensure_member(services, who)
    answer = await services.messenger.call_once("users.info", user=who.user, include_locale=True)
    person = await _save_person(services, person_from(services, who, dict(answer["user"])))
    refuse_outsiders(person)
    return person


async def fetch_person(services: Services, who: UserRef) -> Person | None:
    """Return the person as Slack describes them now; None when it cannot say, for no right rests on an older word."""
    try:
        answer = await services.messenger.call_once("users.info", user=who.user, include_locale=True)
    except CALL_ERRORS:
        return None
    await update_if_known(services, who, answer["user"])
    return person_from(services, who, answer["user"])


async def ensure_known(services: Services, users: Iterable[str]) -> None:
    """Ask Slack about those who are not known yet, so that they can be told of what is done about them."""
    wanted = set(users)
    async with services.database.read_transaction() as connection:
        wanted -= {person.user_id for person in await people.list_people(connection, services.team, wanted)}
    for user in sorted(wanted):
        with suppress(RefusedCallError):
            await _ask_slack(services, UserRef(services.team, user), None)


async def _ask_slack(services: Services, who: UserRef, old: Person | None) -> Person:
    """Slack's word on a person, kept. When Slack cannot say, what was known serves on."""
    ask = (
        services.messenger.call_with_retries if old is None else services.messenger.call_once
    )  # whom we know need not wait
    try:
        answer = await ask("users.info", user=who.user, include_locale=True)
    except CALL_ERRORS:
        if old is None:
            raise
        return old
    return await _save_person(services, person_from(services, who, dict(answer["user"])))


async def update_if_known(services: Services, who: UserRef, user: Mapping[str, Any]) -> None:
    """Keep what Slack says of somebody who is known already; of nobody else is anything kept."""
    if await find_person(services, who) is not None:
        await _save_person(services, person_from(services, who, user))


async def _save_person(services: Services, person: Person) -> Person:
    """The person as stored, with what Slack says of them now and what they told the bot before."""
    async with services.transaction() as connection:
        # Locked, so that whoever is being erased meanwhile is either still there or has left a tombstone.
        before = await people.lock_person(connection, person.team_id, person.user_id)
        if before is None and person.deleted:
            return person  # nothing begins to be kept of somebody who has left
        await people.upsert_person(connection, person)
        if before is None:
            tombstone = await erasure.find_tombstone(connection, person.team_id, person.user_id)
            await restore_stop(connection, person, tombstone)
        await reschedule_for_time_zone(connection, before, person, at=services.clock.now())
    return await find_person(services, UserRef(person.team_id, person.user_id)) or person


def person_from(services: Services, who: UserRef, user: Mapping[str, Any]) -> Person:
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


async def ensure_dm_channel(services: Services, person: Person) -> str:
    """The DM with this person: the id kept (updates need it), or a new one from Slack."""
    if person.dm_channel:
        return person.dm_channel
    answer = await services.messenger.call_with_retries("conversations.open", users=person.user_id)
    channel = str(answer["channel"]["id"])
    async with services.transaction() as connection:
        await people.set_dm_channel(connection, person.team_id, person.user_id, channel)
    return channel
