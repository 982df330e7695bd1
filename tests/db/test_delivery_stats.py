"""Delivery statistics from the database, by channel and never by person."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from db.engine.database import Database
from db.models.notices import ChannelPost, DeliveryRefusal
from db.queries.delivery_stats import (
    find_last_notice_time,
    find_oldest_due_time,
    has_notice_awaiting_workspace,
    list_pending_or_recent_posts,
    list_permanent_refusal_reasons,
    note_widespread_refusal_reasons,
)
from db.queries.erasure import erase_person
from db.queries.workspaces import upsert_workspace
from db.schema.outbox import outbox
from tests.db.notice_samples import DAY, plan_notices, planned_notice
from tests.db.samples import MAYA, NOW, OMAR, OTHER_TEAM, TEAM, workspace

PERIOD_START = NOW - 14 * DAY
MINUTE = timedelta(minutes=1)


async def add_ended_notice(
    database: Database, occurrence: str, state: str, reason: str | None, at: datetime
) -> None:
    """Store the end of a notice."""
    values = {"state": state, "reason": reason, "changed_at": at, "attempt_started_at": at}
    async with database.write_transaction() as connection:
        await connection.execute(update(outbox).where(outbox.c.occurrence == occurrence).values(**values))


async def test_posts_are_listed_while_pending_and_when_recently_ended(database: Database) -> None:
    for name in ("waits", "sent", "old"):
        await plan_notices(
            database, planned_notice(recipient="C0MONDAY", user_id=None, occurrence=name, subject=name)
        )
    await plan_notices(database, planned_notice())
    await add_ended_notice(database, "sent", "sent", None, NOW)
    await add_ended_notice(database, "old", "failed", "is_archived", PERIOD_START - MINUTE)

    async with database.read_transaction() as connection:
        found = await list_pending_or_recent_posts(connection, TEAM, PERIOD_START)

    assert found == (
        ChannelPost("landed", "C0MONDAY", "waits", "pending", None, NOW, NOW),
        ChannelPost("landed", "C0MONDAY", "sent", "sent", None, NOW, NOW),
    )


async def test_refusals_name_a_channel_and_no_person(database: Database) -> None:
    await plan_notices(
        database, planned_notice(recipient="C0MONDAY", user_id=None, occurrence="in a channel")
    )
    await plan_notices(database, planned_notice(), planned_notice(recipient=OMAR, user_id=OMAR))
    await plan_notices(database, planned_notice(occurrence="old"))
    await add_ended_notice(database, "in a channel", "failed", "is_archived", NOW)
    await add_ended_notice(database, "d1", "failed", "user_not_found", NOW)
    await add_ended_notice(database, "old", "failed", "msg_too_long", NOW - DAY)

    async with database.write_transaction() as connection:
        await note_widespread_refusal_reasons(connection, TEAM, NOW - MINUTE, min_people=2, at=NOW)
        found = await list_permanent_refusal_reasons(connection, TEAM, NOW - MINUTE)

    assert found == (DeliveryRefusal("C0MONDAY", "is_archived"), DeliveryRefusal(None, "user_not_found"))


async def test_refusals_to_people_are_listed_when_there_are_enough_of_them(database: Database) -> None:
    # Given one reason for two people, and another for one of them, three times
    several = [planned_notice(occurrence=f"{n}", kind="reminder") for n in range(3)]
    await plan_notices(database, planned_notice(), planned_notice(recipient=OMAR, user_id=OMAR), *several)
    await add_ended_notice(database, "d1", "failed", "missing_scope", NOW)
    for one in several:
        await add_ended_notice(database, one.occurrence, "failed", "msg_too_long", NOW)

    async with database.write_transaction() as connection:
        await note_widespread_refusal_reasons(connection, TEAM, NOW - MINUTE, min_people=3, at=NOW)
        fewer = await list_permanent_refusal_reasons(connection, TEAM, NOW - MINUTE)
        await note_widespread_refusal_reasons(connection, TEAM, NOW - MINUTE, min_people=2, at=NOW)
        some = await list_permanent_refusal_reasons(connection, TEAM, NOW - MINUTE)

    assert some == (DeliveryRefusal(None, "missing_scope"),)
    assert fewer == ()


async def test_refusals_on_different_days_are_new_once_and_one_more_is_not(database: Database) -> None:
    # Given one reason for three people a day apart, and a refused channel post in between
    users = (MAYA, OMAR, "U0SALMA", "U0CHEN", "U0JUN", "U0BEN")
    to_people = [planned_notice(recipient=user, user_id=user, occurrence=user) for user in users]
    post = planned_notice(recipient="C0MONDAY", user_id=None, occurrence="post")
    await plan_notices(database, *to_people, post, people=users)

    async def refused(user: str, at: datetime) -> None:
        await add_ended_notice(database, user, "failed", "missing_scope", at)
        async with database.write_transaction() as connection:
            await note_widespread_refusal_reasons(connection, TEAM, PERIOD_START, min_people=3, at=at)

    async def new_reasons(notified_at: datetime | None) -> list[str]:
        async with database.read_transaction() as connection:
            return [
                one.reason
                for one in await list_permanent_refusal_reasons(
                    connection, TEAM, PERIOD_START, notified_at=notified_at
                )
            ]

    for n, user in enumerate(users[:3]):
        await refused(user, NOW + n * DAY)
    await add_ended_notice(database, "post", "failed", "is_archived", NOW + DAY)
    # When owners were notified at different times, then new reasons are those they can't have read
    assert sorted(await new_reasons(None)) == ["is_archived", "missing_scope"]
    assert sorted(await new_reasons(NOW + DAY - MINUTE)) == ["is_archived", "missing_scope"]
    assert await new_reasons(NOW + DAY) == ["missing_scope"]
    assert await new_reasons(NOW + 2 * DAY) == []
    # When one more person is refused, then nothing is new; when three more are, then the reason is new again
    for n, user in enumerate(users[3:]):
        await refused(user, NOW + 3 * DAY)
        assert await new_reasons(NOW + 2 * DAY) == (["missing_scope"] if n == 2 else [])


async def test_oldest_due_time_and_workspace_off_follow_from_what_is_due(database: Database) -> None:
    async with database.read_transaction() as connection:
        assert await find_oldest_due_time(connection, TEAM, NOW) is None
        assert not await has_notice_awaiting_workspace(connection, TEAM)
    await plan_notices(
        database,
        planned_notice(not_before=NOW - DAY),
        planned_notice(occurrence="later", not_before=NOW + DAY),
    )
    await add_ended_notice(database, "d1", "pending", "workspace_off", NOW)

    async with database.read_transaction() as connection:
        assert await find_oldest_due_time(connection, TEAM, NOW) == NOW - DAY
        assert await has_notice_awaiting_workspace(connection, TEAM)


async def test_time_of_the_last_notice_counts_those_that_may_have_arrived(database: Database) -> None:
    await plan_notices(
        database, *(planned_notice(occurrence=name) for name in ("sent", "unknown", "suppressed"))
    )
    await add_ended_notice(database, "sent", "sent", None, NOW - DAY)
    await add_ended_notice(database, "unknown", "unknown", "not_found", NOW)
    await add_ended_notice(database, "suppressed", "suppressed", "answered", NOW + DAY)

    async with database.read_transaction() as connection:
        assert await find_last_notice_time(connection, TEAM, MAYA, "landed") == NOW
        assert await find_last_notice_time(connection, TEAM, MAYA, "paused") is None


async def test_refusals_to_enough_people_stay_listed_when_one_of_them_is_erased(
    database: Database,
) -> None:
    # Given a reason for three refused people, which is enough
    users = (MAYA, OMAR, "U0IVAN")
    for user in users:
        await plan_notices(database, planned_notice(recipient=user, user_id=user, occurrence=user))
        await add_ended_notice(database, user, "failed", "user_disabled", NOW)
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        await note_widespread_refusal_reasons(connection, TEAM, PERIOD_START, min_people=4, at=NOW)
        assert await list_permanent_refusal_reasons(connection, TEAM, PERIOD_START) == ()
        await note_widespread_refusal_reasons(connection, TEAM, PERIOD_START, min_people=3, at=NOW)
        listed = (DeliveryRefusal(None, "user_disabled"),)
        assert await list_permanent_refusal_reasons(connection, TEAM, PERIOD_START) == listed
        # When one of them is erased, and one more is refused
        await erase_person(connection, TEAM, MAYA, NOW)
    await plan_notices(database, planned_notice(recipient="U0JUN", user_id="U0JUN", occurrence="jun"))
    await add_ended_notice(database, "jun", "failed", "user_disabled", NOW + DAY)
    async with database.write_transaction() as connection:
        await note_widespread_refusal_reasons(connection, TEAM, PERIOD_START, min_people=3, at=NOW + DAY)
        # Then the reason is listed as before but not as new, and in this workspace only
        assert await list_permanent_refusal_reasons(connection, TEAM, PERIOD_START) == listed
        assert (
            await list_permanent_refusal_reasons(connection, TEAM, PERIOD_START, notified_at=NOW + MINUTE)
            == ()
        )
        assert await list_permanent_refusal_reasons(connection, OTHER_TEAM, PERIOD_START) == ()
