"""Whoever once said stop is met again: they are known with their stop, or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.crash_points import CrashPoints
from bot.services import Services, Who
from bot.workflows.people.members import keep_known, meet, met_now
from db.engine.database import Database
from db.queries import people
from db.queries.erasure import erase_person
from tests.workflows.companies import MAYA, NOW, TEAM, Company, Recorder

WHO = Who(TEAM, "U0MAYA")
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


class HangsUp(Services):
    """Services whose database takes one more transaction, and then no other."""

    is_spent = False

    @asynccontextmanager
    async def transaction(self, *, durable: bool = True) -> AsyncIterator[AsyncConnection]:
        """The one that is left."""
        if self.is_spent:
            raise ConnectionResetError
        self.is_spent = True
        async with super().transaction(durable=durable) as connection:
            yield connection


class Forgetting(Recorder):
    """Slack answers so slowly that the person is forgotten meanwhile."""

    database: Database

    async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer, after everything about them has gone."""
        if method == "users.info":
            await is_forgotten(self.database)
        return await super().call(method, **arguments)


async def has_stopped(database: Database) -> None:
    """Maya says stop."""
    async with database.writing() as connection:
        await people.set_stopped(connection, TEAM, "U0MAYA", NOW)


async def is_forgotten(database: Database) -> None:
    """What was held of Maya goes, for she has left."""
    async with database.writing() as connection:
        await erase_person(connection, TEAM, "U0MAYA", NOW, after_leaving=True)


async def wants_nothing(database: Database) -> bool:
    """Whether Maya is known, and with her stop."""
    async with database.reading() as connection:
        maya = await people.find_person(connection, TEAM, "U0MAYA")
    return maya is not None and maya.is_stopped


@BOTH
@pytest.mark.parametrize("how", ["writes", "is named by an owner"])
async def test_a_stop_is_kept_when_the_database_hangs_up_on_meeting_them_again(
    company: Company, database: Database, how: str
) -> None:
    # Given somebody who said stop, was forgotten after leaving, and is back
    known = await company(None, MAYA)
    await has_stopped(database)
    await is_forgotten(database)
    services = HangsUp(database, known.messenger, known.clock, workspace=known.workspace, crash=CrashPoints())
    # When the database hangs up as soon as they are known again
    with suppress(ConnectionResetError):
        await (meet(services, WHO) if how == "writes" else keep_known(services, ["U0MAYA"]))
    # Then their stop is known with them
    assert await wants_nothing(database)


@BOTH
async def test_a_stop_is_kept_when_they_are_forgotten_while_slack_is_asked(
    company: Company, database: Database
) -> None:
    messenger = Forgetting()
    messenger.database = database
    services = await company(messenger, MAYA)
    await has_stopped(database)

    met = await met_now(services, WHO)

    assert met.is_stopped
    assert await wants_nothing(database)
