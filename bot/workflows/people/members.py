"""Members: who people are according to Slack, their interface language, and who may take part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import EventBeforeErasureSignal, ExternalPersonError, GuestError, UnknownMemberSignal
from bot.i18n import Locale, Texts, choose_locale
from bot.rules.roles import is_employee
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
    """Return the person, fetched from Slack when unknown or stale.

    Raise ExternalPersonError or GuestError for those who can't take part, and EventBeforeErasureSignal for words
    that are older (`written_at`) than their author's erasure and that Slack delivers late.
    """
    person = await find_person(services, who)
    if written_at is not None:
        await refuse_message_before_erasure(services, who, person, written_at)
    if person is None:
        person = await _ask_slack(services, who, None)
    elif not _is_fresh(services, person):
        person = await _ask_slack(services, who, person)
    if (written_at is not None and person.met_at is None) or (channel and person.dm_channel != channel):
        person = await _record_contact(services, person, channel, has_written=written_at is not None)
    refuse_outsider(person)
    return person


async def _record_contact(services: Services, person: Person, channel: str, *, has_written: bool) -> Person:
    """Store that the person has written, and the channel of their DM, as far as each is new."""
    now = services.clock.now()
    async with services.transaction() as connection:
        if has_written:
            await people.set_met_at_if_unset(connection, person.team_id, person.user_id, now)
        if channel:
            await people.set_dm_channel(connection, person.team_id, person.user_id, channel)
    met_at = person.met_at or (now if has_written else None)
    return replace(person, met_at=met_at, dm_channel=channel or person.dm_channel)


async def record_dm_channel(services: Services, who: UserRef, channel: str) -> None:
    """Store the DM of somebody who has written, so that Slack needn't be asked for it; nothing about anybody else."""
    person = await find_person(services, who)
    if not channel or person is None or person.met_at is None or person.dm_channel == channel:
        return
    async with services.person_transaction(who) as connection:
        current = await people.find_person(connection, who.team, who.user)
        if current is not None and current.met_at is not None:  # an erasure may have come in between
            await people.set_dm_channel(connection, who.team, who.user, channel)


def require_fresh_member(services: Services, person: Person) -> None:
    """Raise UnknownMemberSignal for a stale profile, ExternalPersonError or GuestError for an outsider."""
    if not _is_fresh(services, person):
        raise UnknownMemberSignal
    refuse_outsider(person)


def _is_fresh(services: Services, person: Person) -> bool:
    return services.clock.now() - person.fetched_at <= FRESHNESS_PERIOD


def refuse_outsider(person: Person) -> None:
    """Raise ExternalPersonError or GuestError for those who can't take part."""
    if person.is_stranger:
        raise ExternalPersonError
    if person.is_guest or person.is_bot or person.deleted:
        raise GuestError


async def refuse_message_before_erasure(
    services: Services, who: UserRef, person: Person | None, at: datetime
) -> None:
    """Raise EventBeforeErasureSignal for words written before their author was erased, even if they are back since.

    Somebody who is back was fetched from Slack after the erasure: only words older than that need a query.
    """
    if person is not None and at > person.fetched_at:  # an erasure leaves no row that was fetched before it
        return
    async with services.database.read_transaction() as connection:
        tombstone = await erasure.find_tombstone(connection, who.team, who.user)
    if tombstone is not None and at <= tombstone.erased_at:
        raise EventBeforeErasureSignal


def is_forgotten_leaver(person: Person, tombstone: Tombstone | None) -> bool:
    """Return whether an unknown person isn't stored: they were forgotten, and have left.

    Somebody who works here is in the directory even after they had everything deleted: otherwise their absence from
    a list would reveal it. Nothing is sent to them before they write.
    """
    return tombstone is not None and person.deleted


async def restore_stop(connection: AsyncConnection, person: Person, tombstone: Tombstone | None) -> None:
    """Restore the stop of somebody who had opted out before everything about them was deleted.

    Call it in the transaction in which they become known again: a known person's tombstone isn't read again.
    """
    if tombstone is not None and tombstone.stopped:
        await people.set_stopped_at(connection, person.team_id, person.user_id, tombstone.erased_at)


async def find_person(services: Services, who: UserRef) -> Person | None:
    """Return the stored person, if any."""
    async with services.database.read_transaction() as connection:
        return await people.find_person(connection, who.team, who.user)


async def load_texts(services: Services, who: UserRef) -> Texts:
    """Return the texts in this person's language; English for somebody unknown."""
    return texts_for(await find_person(services, who))


def texts_for(person: Person | None) -> Texts:
    """Return the texts in the language that this person chose, otherwise in their Slack's."""
    return Texts(choose_locale(person.locale_choice, person.locale) if person else "en")


def language_in_slack(person: Person) -> Locale:
    """Return the language of the person's Slack: lists for owners must not reveal that they chose another."""
    return choose_locale(None, person.locale)


async def fetch_member(services: Services, who: UserRef) -> Person:
    """Return the person as Slack describes them now, for rights that must not rest on an older answer.

    Nothing is stored, unless Slack has turned a stored person into an outsider: then ExternalPersonError or
    GuestError is raised.
    """
    answer = await services.messenger.call_once("users.info", user=who.user, include_locale=True)
    person = person_from(services, who, dict(answer["user"]))
    if not is_employee(person):
        await update_if_known(services, who, answer["user"])
    refuse_outsider(person)
    return person


async def merge_with_stored(connection: AsyncConnection, described: Person) -> Person:
    """Return the person as stored, with the facts that Slack describes now."""
    stored = await people.find_person(connection, described.team_id, described.user_id)
    return described if stored is None else _with_facts_of(stored, described)


async def add_if_new(connection: AsyncConnection, described: Person) -> Person:
    """Return the person as stored, with the facts that Slack describes now; add somebody unknown."""
    team, user = described.team_id, described.user_id
    stored = await people.find_person(connection, team, user)
    if stored is None and not described.deleted:  # nothing about somebody who has left is stored newly
        tombstone = await erasure.find_tombstone(connection, team, user)
        await people.upsert_person_profile(connection, described)
        await restore_stop(connection, described, tombstone)
        stored = await people.find_person(connection, team, user)
    if stored is not None:
        await _update_standing(connection, stored, described)
    return described if stored is None else _with_facts_of(stored, described)


async def _update_standing(connection: AsyncConnection, stored: Person, described: Person) -> None:
    """Store that Slack has made the person an employee, guest, bot or leaver since they were stored.

    Their time zone is left to the sync, which then also reschedules their notices.
    """
    current = replace(
        stored,
        deleted=described.deleted,
        is_guest=described.is_guest,
        is_bot=described.is_bot,
        is_stranger=described.is_stranger,
    )
    if current != stored:
        await people.upsert_person_profile(connection, current)


def _with_facts_of(stored: Person, described: Person) -> Person:
    return replace(stored, **{name: getattr(described, name) for name in people.PROFILE_COLUMNS})


async def fetch_and_update_person(services: Services, who: UserRef) -> Person | None:
    """Return the person as Slack describes them now; None when it doesn't answer: no right rests on older data."""
    try:
        answer = await services.messenger.call_once("users.info", user=who.user, include_locale=True)
    except CALL_ERRORS:
        return None
    await update_if_known(services, who, answer["user"])
    return person_from(services, who, answer["user"])


async def fetch_unknown(services: Services, users: Iterable[str]) -> tuple[Person, ...]:
    """Return those of these people who aren't stored yet, as Slack describes them; without those it doesn't know."""
    wanted = set(users)
    async with services.database.read_transaction() as connection:
        wanted -= {
            person.user_id for person in await people.list_people_by_ids(connection, services.team, wanted)
        }
    found = []
    for user in sorted(wanted):
        with suppress(RefusedCallError):
            answer = await services.messenger.call_with_retries("users.info", user=user, include_locale=True)
            found.append(person_from(services, UserRef(services.team, user), dict(answer["user"])))
    return tuple(found)


async def ensure_known(services: Services, users: Iterable[str]) -> None:
    """Store those who aren't known yet, so that they can be notified of what is done about them."""
    for person in await fetch_unknown(services, users):
        async with services.transaction() as connection:
            await add_if_new(connection, person)


async def _ask_slack(services: Services, who: UserRef, old: Person | None) -> Person:
    """Fetch and store a person from Slack; when Slack doesn't answer, return the old one if there is one."""
    # A known person needn't wait for retries.
    ask = services.messenger.call_with_retries if old is None else services.messenger.call_once
    try:
        answer = await ask("users.info", user=who.user, include_locale=True)
    except CALL_ERRORS:
        if old is None:
            raise
        return old
    return await _save_person(services, person_from(services, who, dict(answer["user"])))


async def update_if_known(services: Services, who: UserRef, user: Mapping[str, Any]) -> None:
    """Store what Slack says about somebody already known; nobody else is stored."""
    if await find_person(services, who) is not None:
        await _save_person(services, person_from(services, who, user))


async def _save_person(services: Services, person: Person) -> Person:
    """Store what Slack says now, and return the person with what they told the bot before."""
    async with services.transaction() as connection:
        # Locked, so that somebody being erased meanwhile either is still stored or has left a tombstone.
        before = await people.lock_person(connection, person.team_id, person.user_id)
        if before is None and person.deleted:
            return person  # somebody who has left isn't stored anew
        await people.upsert_person_profile(connection, person)
        if before is None:
            tombstone = await erasure.find_tombstone(connection, person.team_id, person.user_id)
            await restore_stop(connection, person, tombstone)
        await reschedule_for_time_zone(connection, before, person, at=services.clock.now())
    return await find_person(services, UserRef(person.team_id, person.user_id)) or person


def person_from(services: Services, who: UserRef, user: Mapping[str, Any]) -> Person:
    """Return the person in Slack's user object, in which nearly every field may be missing."""
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
    """Return the DM channel with this person: the stored ID (updates need it), or a new one from Slack."""
    if person.dm_channel:
        return person.dm_channel
    answer = await services.messenger.call_with_retries("conversations.open", users=person.user_id)
    channel = str(answer["channel"]["id"])
    async with services.transaction() as connection:
        await people.set_dm_channel(connection, person.team_id, person.user_id, channel)
    return channel
