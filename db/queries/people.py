"""People: their Slack profiles, and their preferences for messages from the bot."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Person
from db.schema.core import consents, drafts, people
from db.schema.row_mapping import columns_of, map_all, map_all_in_thread, map_one_or_none, values_of
from db.schema.waves import wave_answers

_IS_PERSON = (people.c.team_id == bindparam("team")) & (people.c.user_id == bindparam("user"))

_FIND = select(*columns_of(Person, people)).where(_IS_PERSON)
_LOCK = _FIND.with_for_update()
_LIST = select(*columns_of(Person, people)).where(
    people.c.team_id == bindparam("team"), people.c.user_id.in_(bindparam("users", expanding=True))
)
_DIRECTORY = (
    select(*columns_of(Person, people))
    .where(people.c.team_id == bindparam("team"), people.c.in_directory)
    .order_by(people.c.real_name, people.c.user_id)
)

# The profile follows Slack; a person's preferences change only through their own functions.
PROFILE_COLUMNS = (
    "name",
    "real_name",
    "first_name",
    "locale",
    "tz",
    "is_guest",
    "is_stranger",
    "is_bot",
    "is_admin",
    "deleted",
    "fetched_at",
)
_UPSERT = insert(people)
# A person may first be known from the directory or from a conversation: once in the directory, always in it.
_UPSERT = _UPSERT.on_conflict_do_update(
    index_elements=["team_id", "user_id"],
    set_={
        **{name: _UPSERT.excluded[name] for name in PROFILE_COLUMNS},
        "in_directory": people.c.in_directory | _UPSERT.excluded.in_directory,
    },
)

_LOCALE_CHOICE = update(people).where(_IS_PERSON).values(locale_choice=bindparam("value"))
_SEGMENT = update(people).where(_IS_PERSON).values(segment=bindparam("value"))
_SET_LEFT_AT = update(people).where(_IS_PERSON).values(left_at=bindparam("value"))
_LIST_DEPARTED = (
    select(people.c.user_id)
    .where(people.c.team_id == bindparam("team"), people.c.deleted, people.c.left_at < bindparam("before"))
    .order_by(people.c.left_at, people.c.user_id)
    .limit(bindparam("most"))
)
_SET_STOPPED_AT = update(people).where(_IS_PERSON).values(stopped_at=bindparam("value"))
_WELCOME_BACK = update(people).where(_IS_PERSON).values(welcome_back_at=bindparam("value"))
_COUNT_STOPPED = select(func.count()).where(
    people.c.team_id == bindparam("team"),
    people.c.stopped_at >= bindparam("since_then"),
    people.c.stopped_at < bindparam("until_then"),
    people.c.welcome_back_at.is_(None) | (people.c.welcome_back_at < people.c.stopped_at),
)
_FEWER = (
    update(people).where(_IS_PERSON).values(fewer_at=bindparam("value"), preferences_set_at=bindparam("at"))
)
_PAUSED = (
    update(people)
    .where(_IS_PERSON)
    .values(paused_until=bindparam("value"), preferences_set_at=bindparam("at"))
)
_DM_CHANNEL = update(people).where(_IS_PERSON).values(dm_channel=bindparam("value"))
_SET_MET_AT = update(people).where(_IS_PERSON, people.c.met_at.is_(None)).values(met_at=bindparam("value"))

_NAMES = select(people.c.user_id, people.c.name).where(
    people.c.team_id == bindparam("team"), people.c.user_id.in_(bindparam("users", expanding=True))
)
_COLLEAGUES = select(people.c.name, people.c.real_name).where(
    people.c.team_id == bindparam("team"), people.c.user_id != bindparam("user"), people.c.is_bot.is_(False)
)
# The stored traces of activity: writing, consenting, answering an invitation, and setting a preference.
_LAST_ACTIVITY = [
    select(func.max(moment)).where(
        moment.table.c.team_id == bindparam("team"), moment.table.c.user_id == bindparam("user")
    )
    for moment in (
        drafts.c.updated_at,
        consents.c.answered_at,
        wave_answers.c.answered_at,
        people.c.preferences_set_at,
        people.c.welcome_back_at,
    )
]


async def find_person(connection: AsyncConnection, team_id: str, user_id: str) -> Person | None:
    """Return the person, if they're known."""
    return map_one_or_none(Person, await connection.execute(_FIND, {"team": team_id, "user": user_id}))


async def list_people_by_ids(
    connection: AsyncConnection, team_id: str, user_ids: Collection[str]
) -> tuple[Person, ...]:
    """Return those of these people who are known."""
    if not user_ids:
        return ()
    return map_all(Person, await connection.execute(_LIST, {"team": team_id, "users": sorted(set(user_ids))}))


async def list_directory(connection: AsyncConnection, team_id: str) -> tuple[Person, ...]:
    """Return everybody in Slack's directory, with guests, bots and people who left, by name.

    People known only because they wrote to the bot are missing: a list for owners must not reveal that they did.
    """
    return await map_all_in_thread(Person, await connection.execute(_DIRECTORY, {"team": team_id}))


async def lock_person(connection: AsyncConnection, team_id: str, user_id: str) -> Person | None:
    """Return the person, and lock their row until this transaction ends."""
    return map_one_or_none(Person, await connection.execute(_LOCK, {"team": team_id, "user": user_id}))


async def upsert_person_profile(connection: AsyncConnection, person: Person) -> None:
    """Add the person or refresh their Slack profile; their preferences stay as they are."""
    await connection.execute(_UPSERT, values_of(person))


async def set_locale_choice(
    connection: AsyncConnection, team_id: str, user_id: str, locale: str | None
) -> None:
    """Store the person's choice of language; None follows Slack again."""
    await connection.execute(_LOCALE_CHOICE, {"team": team_id, "user": user_id, "value": locale})


async def set_segment(connection: AsyncConnection, team_id: str, user_id: str, segment: str | None) -> None:
    """Store the segment the person says is closest to their work; None if they prefer not to say."""
    await connection.execute(_SEGMENT, {"team": team_id, "user": user_id, "value": segment})


async def set_left_at(connection: AsyncConnection, team_id: str, user_id: str, at: datetime | None) -> None:
    """Store when the person was found to have left; None if they're back."""
    await connection.execute(_SET_LEFT_AT, {"team": team_id, "user": user_id, "value": at})


async def list_departed_user_ids(
    connection: AsyncConnection, team_id: str, before: datetime, limit: int
) -> tuple[str, ...]:
    """Return people found to have left before then and not to have returned, the earliest first."""
    rows = await connection.execute(_LIST_DEPARTED, {"team": team_id, "before": before, "most": limit})
    return tuple(row.user_id for row in rows)


async def set_stopped_at(
    connection: AsyncConnection, team_id: str, user_id: str, at: datetime | None
) -> None:
    """Store when the person said stop."""
    await connection.execute(_SET_STOPPED_AT, {"team": team_id, "user": user_id, "value": at})


async def count_stopped_between(
    connection: AsyncConnection, team_id: str, since_then: datetime, until_then: datetime
) -> int:
    """Return the number of people who said stop between these times and haven't taken it back."""
    key = {"team": team_id, "since_then": since_then, "until_then": until_then}
    return int((await connection.execute(_COUNT_STOPPED, key)).scalar_one())


async def set_messages_allowed_at(
    connection: AsyncConnection, team_id: str, user_id: str, at: datetime | None
) -> None:
    """Store when the person said explicitly that the bot may write first."""
    await connection.execute(_WELCOME_BACK, {"team": team_id, "user": user_id, "value": at})


async def set_fewer_messages(
    connection: AsyncConnection, team_id: str, user_id: str, at: datetime, *, fewer: bool
) -> None:
    """Store that the person asked for fewer messages at this time, or took that back."""
    value = at if fewer else None
    await connection.execute(_FEWER, {"team": team_id, "user": user_id, "value": value, "at": at})


async def set_paused_until(
    connection: AsyncConnection, team_id: str, user_id: str, until: date | None, *, at: datetime
) -> None:
    """Store the date until which the person wants no proactive messages; None ends the pause."""
    await connection.execute(_PAUSED, {"team": team_id, "user": user_id, "value": until, "at": at})


async def set_dm_channel(connection: AsyncConnection, team_id: str, user_id: str, channel: str) -> None:
    """Store the channel of direct messages with the person."""
    await connection.execute(_DM_CHANNEL, {"team": team_id, "user": user_id, "value": channel})


async def set_met_at_if_unset(connection: AsyncConnection, team_id: str, user_id: str, at: datetime) -> None:
    """Store when the person first wrote; later calls change nothing."""
    await connection.execute(_SET_MET_AT, {"team": team_id, "user": user_id, "value": at})


async def load_display_names(
    connection: AsyncConnection, team_id: str, user_ids: Collection[str]
) -> dict[str, str]:
    """Return the display names of those of these people who are known."""
    if not user_ids:
        return {}
    rows = await connection.execute(_NAMES, {"team": team_id, "users": sorted(set(user_ids))})
    return {row.user_id: row.name for row in rows}


async def load_colleague_names(connection: AsyncConnection, team_id: str, except_user: str) -> frozenset[str]:
    """Return every name of the other people in the workspace, including those who left but not bots."""
    rows = await connection.execute(_COLLEAGUES, {"team": team_id, "user": except_user})
    return frozenset(name for row in rows for name in row if name)


async def find_last_activity(connection: AsyncConnection, team_id: str, user_id: str) -> datetime | None:
    """Return when the person last wrote, consented or refused, answered an invitation, or set a preference."""
    key = {"team": team_id, "user": user_id}
    found = [(await connection.execute(latest, key)).scalar_one_or_none() for latest in _LAST_ACTIVITY]
    return max((at for at in found if at is not None), default=None)
