"""A refusal for five people at the same moment is stored, however the transactions overlap."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.workflows.delivery.owner_alerts import record_refusal_and_plan_alerts
from db.engine.database import Database
from db.models.notices import DeliveryRefusal, PlannedNotice
from db.models.programmes import Programme
from db.queries import programmes
from db.queries.delivery_stats import list_permanent_refusal_reasons
from db.queries.outbox import add_notices
from db.schema.outbox import outbox
from tests.db.notice_samples import SAMPLE_NOTICE
from tests.workflows.postgres_locks import wait_for_lock_waiters
from tests.workflows.recording_services import MAYA, NOW, TEAM, ServicesFactory

FIVE = tuple(f"U0COLL{n}" for n in range(5))


async def refuse_message(connection: AsyncConnection, user: str) -> None:
    """Let Slack refuse a message to this person."""
    failed = {"state": "failed", "reason": "user_disabled", "changed_at": NOW}
    mine = (outbox.c.team_id == TEAM) & (outbox.c.user_id == user)
    await connection.execute(update(outbox).where(mine).values(**failed))
    await record_refusal_and_plan_alerts(
        connection, replace(SAMPLE_NOTICE, team_id=TEAM, user_id=user, kind="invitation"), at=NOW
    )


# With SQLite one transaction at a time writes.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_fifth_refusal_is_noted_when_the_fourth_is_just_being_noted(
    database: Database, make_services: ServicesFactory
) -> None:
    # Given messages to five people, of which three have been refused
    services = await make_services(None, *(replace(MAYA, user_id=user) for user in FIVE))
    async with services.transaction() as connection:
        await programmes.upsert_programme(connection, Programme(TEAM, "Qamar Labs", NOW))
        for user in FIVE:
            notice = PlannedNotice("invitation", user, "w1", NOW, NOW, user_id=user, subject="w1")
            await add_notices(connection, TEAM, [notice], NOW)
        for user in FIVE[:3]:
            await refuse_message(connection, user)

    async def fifth() -> None:
        async with services.transaction() as connection:
            await refuse_message(connection, FIVE[4])

    # When the fourth and the fifth are refused at the same moment
    async with services.transaction() as connection:
        await refuse_message(connection, FIVE[3])
        noting = asyncio.create_task(fifth())
        await wait_for_lock_waiters(database, 1)
    await noting
    # Then owners can read of it
    async with services.database.read_transaction() as connection:
        assert await list_permanent_refusal_reasons(connection, TEAM, NOW.replace(day=1, hour=0)) == (
            DeliveryRefusal(None, "user_disabled"),
        )
