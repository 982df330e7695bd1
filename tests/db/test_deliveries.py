"""How delivery went, by the database: counted by day, listed by channel, never by person."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from db.deliveries import (
    SPAN,
    find_oldest_due,
    find_told,
    is_off,
    list_posted,
    list_refused,
    list_tallies,
)
from db.engine import Database
from db.models.notices import Posted, Refused, Tally
from db.outbox_tables import outbox
from tests.db.notices import DAY, plan, planned
from tests.db.samples import MAYA, NOW, OMAR, TEAM

DAYS = [NOW - DAY * n for n in reversed(range(SPAN))]
MINUTE = timedelta(minutes=1)


async def ended(database: Database, occurrence: str, state: str, reason: str | None, at: datetime) -> None:
    """What became of a notice."""
    values = {"state": state, "reason": reason, "changed_at": at, "attempt_started_at": at}
    async with database.writing() as session:
        await session.execute(update(outbox).where(outbox.c.occurrence == occurrence).values(**values))


async def test_what_has_ended_is_counted_by_day_and_what_it_came_to(database: Database) -> None:
    names = ("first", "second", "third", "old", "today", "pending")
    await plan(database, *(planned(occurrence=name) for name in names))
    for name, reason in (("first", None), ("second", None)):
        await ended(database, name, "sent", reason, DAYS[3])
    await ended(database, "third", "suppressed", "stopped", DAYS[4] - MINUTE)
    await ended(database, "old", "sent", None, DAYS[0] - MINUTE)
    await ended(database, "today", "failed", "user_not_found", NOW + MINUTE)

    async with database.reading() as session:
        found = await list_tallies(session, TEAM, DAYS)

    assert sorted(found, key=lambda one: one.day) == [
        Tally("landed", "sent", None, True, 3, 2),
        Tally("landed", "suppressed", "stopped", True, 3, 1),
        Tally("landed", "failed", "user_not_found", True, SPAN - 1, 1),
    ]


async def test_posts_are_listed_while_they_wait_and_when_they_have_ended_lately(database: Database) -> None:
    for name in ("waits", "sent", "old"):
        await plan(database, planned(recipient="C0MONDAY", user_id=None, occurrence=name, subject=name))
    await plan(database, planned())
    await ended(database, "sent", "sent", None, NOW)
    await ended(database, "old", "failed", "is_archived", DAYS[0] - MINUTE)

    async with database.reading() as session:
        found = await list_posted(session, TEAM, DAYS[0])

    assert found == (
        Posted("landed", "C0MONDAY", "waits", "pending", None, NOW, NOW),
        Posted("landed", "C0MONDAY", "sent", "sent", None, NOW, NOW),
    )


async def test_refusals_name_a_channel_and_no_person(database: Database) -> None:
    await plan(database, planned(recipient="C0MONDAY", user_id=None, occurrence="in a channel"))
    await plan(database, planned(), planned(recipient=OMAR, user_id=OMAR), planned(kind="refused"))
    await plan(database, planned(occurrence="old"))
    await ended(database, "in a channel", "failed", "is_archived", NOW)
    await ended(database, "d1", "failed", "user_not_found", NOW)
    await ended(database, "old", "failed", "msg_too_long", NOW - DAY)

    async with database.reading() as session:
        found = await list_refused(session, TEAM, ("refused",), NOW - MINUTE)

    assert sorted(found, key=lambda one: one.reason) == [
        Refused("C0MONDAY", "is_archived"),
        Refused(None, "user_not_found"),
    ]


async def test_how_it_stands_follows_from_what_is_due(database: Database) -> None:
    async with database.reading() as session:
        assert await find_oldest_due(session, TEAM, NOW) is None
        assert not await is_off(session, TEAM)
    await plan(database, planned(not_before=NOW - DAY), planned(occurrence="later", not_before=NOW + DAY))
    await ended(database, "d1", "pending", "workspace_off", NOW)

    async with database.reading() as session:
        assert await find_oldest_due(session, TEAM, NOW) == NOW - DAY
        assert await is_off(session, TEAM)


async def test_when_somebody_was_last_told_counts_what_may_have_arrived(database: Database) -> None:
    await plan(database, *(planned(occurrence=name) for name in ("sent", "unknown", "suppressed")))
    await ended(database, "sent", "sent", None, NOW - DAY)
    await ended(database, "unknown", "unknown", "not_found", NOW)
    await ended(database, "suppressed", "suppressed", "answered", NOW + DAY)

    async with database.reading() as session:
        assert await find_told(session, TEAM, MAYA, "landed") == NOW
        assert await find_told(session, TEAM, MAYA, "paused") is None
