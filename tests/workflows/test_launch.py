"""Joiners who are removed from a wave at that very moment: one of the two transactions waits for the other."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.services import UserRef
from bot.workflows.waves.launch import invite_joiners
from bot.workflows.waves.waves import remove_from_wave
from db.engine.database import Database
from db.models.programmes import EmployeeRecord, Role
from db.queries import employee_records, outbox, programmes, roles, waves
from tests.db.samples import programme, wave
from tests.workflows.postgres_locks import wait_for_lock_waiters
from tests.workflows.recording_services import MAYA, NOW, TEAM, ServicesFactory

GUARD = 10.0
STARTED_WORK = NOW.date() - timedelta(days=20)
OPENED = NOW.date() - timedelta(days=15)


# With SQLite one transaction at a time writes, whatever it locks.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_joiner_who_is_removed_while_joiners_are_invited_stays_removed(
    database: Database, make_services: ServicesFactory
) -> None:
    # Given a wave that is open, and somebody whose tenth working day has come
    services = await make_services(None, MAYA)
    async with services.transaction() as connection:
        await programmes.upsert_programme(connection, programme())
        await employee_records.upsert_employee_record(
            connection, EmployeeRecord(TEAM, MAYA.user_id, None, STARTED_WORK, None, None, NOW, "tech")
        )
        await roles.add_role(connection, TEAM, "U0LINA", Role.OWNER, at=NOW)
        await waves.upsert_unstarted_wave(connection, wave(opens_on=OPENED, segments="tech", started_at=NOW))
    async with database.write_transaction() as holding:
        await holding.exec_driver_sql("LOCK TABLE outbox IN SHARE MODE")
        # When she is being invited, and an owner removes her before that is committed
        inviting = asyncio.create_task(invite_joiners(services, NOW))
        await wait_for_lock_waiters(database, 1)
        taking = asyncio.create_task(
            remove_from_wave(services, UserRef(TEAM, "U0LINA"), "w1", [MAYA.user_id])
        )
        await wait_for_lock_waiters(database, 2)
    assert await inviting == 1
    await taking
    # Then she is removed, and no notice of the wave is pending
    async with database.read_transaction() as connection:
        member = await waves.find_member(connection, TEAM, MAYA.user_id, "w1")
        assert member is not None
        assert member.off_at is not None
        assert not await outbox.has_pending_notice(connection, TEAM, "invitation", "w1", user_id=MAYA.user_id)
