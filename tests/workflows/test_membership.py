"""Somebody who once opted out becomes known again: with their stop, or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.crash_points import CrashPoints
from bot.services import Services, UserRef
from bot.workflows.people.members import add_if_new, ensure_known, ensure_member
from db.engine.database import Database
from db.models import Person
from db.queries import people
from db.queries.erasure import erase_person
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

WHO = UserRef(TEAM, "U0MAYA")
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


class SingleTransactionServices(Services):
    """Services whose database takes one more transaction, and then no other."""

    is_spent = False

    @asynccontextmanager
    async def transaction(self, *, durable: bool = True) -> AsyncIterator[AsyncConnection]:
        """Open the one that is left, or fail."""
        if self.is_spent:
            raise ConnectionResetError
        self.is_spent = True
        async with super().transaction(durable=durable) as connection:
            yield connection


class ForgettingMessenger(RecordingMessenger):
    """Slack answers so slowly that the person is forgotten meanwhile."""

    database: Database

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer, after everything about them has gone."""
        if method == "users.info":
            await forget_maya(self.database)
        return await super().call_with_retries(method, **arguments)


async def opt_out_maya(database: Database) -> None:
    """Let Maya opt out."""
    async with database.write_transaction() as connection:
        await people.set_stopped_at(connection, TEAM, "U0MAYA", NOW)


async def forget_maya(database: Database) -> None:
    """Erase Maya, who has left."""
    async with database.write_transaction() as connection:
        await erase_person(connection, TEAM, "U0MAYA", NOW, after_leaving=True)


async def has_opted_out(database: Database) -> bool:
    """Return whether Maya is known and has opted out."""
    async with database.read_transaction() as connection:
        maya = await people.find_person(connection, TEAM, "U0MAYA")
    return maya is not None and maya.is_stopped


@BOTH
@pytest.mark.parametrize("how", ["writes", "is named by an owner"])
async def test_a_stop_is_kept_when_the_database_hangs_up_on_meeting_them_again(
    make_services: ServicesFactory, database: Database, how: str
) -> None:
    # Given somebody who opted out, was forgotten after leaving, and is back
    known = await make_services(None, MAYA)
    await opt_out_maya(database)
    await forget_maya(database)
    services = SingleTransactionServices(
        database, known.messenger, known.clock, workspace=known.workspace, crash=CrashPoints()
    )
    # When the database hangs up as soon as they are known again
    with suppress(ConnectionResetError):
        await (ensure_member(services, WHO) if how == "writes" else ensure_known(services, ["U0MAYA"]))
    # Then their stop is known with them
    assert await has_opted_out(database)


@BOTH
async def test_a_stop_is_kept_when_they_are_forgotten_while_slack_is_asked(
    make_services: ServicesFactory, database: Database
) -> None:
    messenger = ForgettingMessenger()
    messenger.database = database
    services = await make_services(messenger, MAYA)
    await opt_out_maya(database)

    met = await ensure_member(services, WHO)

    assert met.is_stopped
    assert await has_opted_out(database)


@pytest.mark.parametrize(
    "before", [replace(MAYA, deleted=True, tz="Asia/Riyadh"), replace(MAYA, is_guest=True, tz="Asia/Riyadh")]
)
async def test_somebody_who_is_an_employee_again_counts_as_one_in_the_transaction_that_asks(
    make_services: ServicesFactory, before: Person
) -> None:
    # Given an owner whose stored profile is from before their return
    services = await make_services(RecordingMessenger(), before)
    # When their right is asked, and Slack describes them as an employee
    async with services.transaction() as connection:
        await add_if_new(connection, MAYA)
    # Then nobody overlooks them when the owners are counted
    async with services.database.read_transaction() as connection:
        stored = await people.find_person(connection, TEAM, "U0MAYA")
    assert stored is not None
    assert (stored.deleted, stored.is_guest) == (False, False)
    # And the sync still sees that their time zone has changed, and reschedules their notices
    assert stored.tz == "Asia/Riyadh"
