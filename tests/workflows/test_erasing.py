"""Deleting it all, and the messages that follow: across refusals, restarts and things still on their way."""

from __future__ import annotations

import aiohttp
import pytest

from bot.services import Services, Who
from bot.views.blocks import Message
from bot.workflows.erasing import Pace, erase, sweep
from db import erasures, people, said
from db.engine import Database
from db.models import SaidByBot
from db.sweeps import list_sweeps
from tests.workflows.companies import MAYA, NOW, TEAM, Company, Recorder, refused

AT_ONCE = Pace(most=10, pause=0)
WHO = Who(TEAM, "U0MAYA")


async def says(services: Services, *moments: str) -> None:
    """Messages of the bot's that carry Maya's words."""
    async with services.transaction() as session:
        for ts in moments:
            await said.add_said(session, SaidByBot(TEAM, "U0MAYA", "D0MAYA", ts, "draft", True, NOW, "d1"))


async def waiting(services: Services) -> list[str]:
    """What is still to be deleted."""
    async with services.database.reading() as session:
        return [one.ts for one in await list_sweeps(session, TEAM, 100)]


async def test_messages_disappear_a_few_at_a_time_until_none_waits(company: Company) -> None:
    messenger = Recorder()
    services = await company(messenger, MAYA)
    await says(services, "1.1", "1.2", "1.3")

    assert await erase(services, WHO) == 3
    await services.voice.quiet()
    first = await sweep(services, Pace(most=2, pause=0))
    second = await sweep(services, AT_ONCE)

    assert (first, second) == (2, 1)
    assert sorted(messenger.deleted) == ["1.1", "1.2", "1.3"]
    assert await waiting(services) == []


@pytest.mark.parametrize("problem", [refused("ratelimited"), TimeoutError(), aiohttp.ClientError()])
async def test_sweep_goes_on_after_a_restart_when_slack_was_away(
    company: Company, problem: Exception
) -> None:
    before = Recorder(refusals={"1.2": problem})
    services = await company(before, MAYA)
    await says(services, "1.1", "1.2", "1.3")
    await erase(services, WHO)
    await services.voice.quiet()

    await sweep(services, AT_ONCE)
    assert await waiting(services) == ["1.2", "1.3"]

    after = Recorder()
    await sweep(await company(after), AT_ONCE)
    assert after.deleted == ["1.2", "1.3"]


async def test_message_that_cannot_be_reached_holds_nobody_up(company: Company) -> None:
    messenger = Recorder(refusals={"1.1": refused("channel_not_found")})
    services = await company(messenger, MAYA)
    await says(services, "1.1", "1.2")
    await erase(services, WHO)
    await services.voice.quiet()

    await sweep(services, AT_ONCE)

    assert messenger.deleted == ["1.2"]
    assert await waiting(services) == []


async def test_question_on_its_way_during_the_deletion_is_swept_too(
    database: Database, company: Company
) -> None:
    services = await company(Recorder(), MAYA)

    async def a_question_with_words() -> None:
        await services.messenger.reply("D0MAYA", Message("I mend radios."), "key")
        await says(services, "9.9")

    services.say_later(WHO, a_question_with_words)
    await erase(services, WHO)
    await services.voice.quiet()

    assert await waiting(services) == ["9.9"]
    async with database.reading() as session:
        assert await said.list_said(session, TEAM, "U0MAYA") == ()


async def test_last_message_is_said_and_home_is_empty_when_all_is_deleted(
    database: Database, company: Company
) -> None:
    messenger = Recorder()
    services = await company(messenger, MAYA)

    await erase(services, WHO)
    await services.voice.quiet()

    assert "Everything held about you is deleted." in messenger.said[-1]
    assert "Write my story" in messenger.published[-1]
    async with database.reading() as session:
        assert await people.find_person(session, TEAM, "U0MAYA") is None


async def test_nothing_happens_to_somebody_of_whom_nothing_is_held(
    database: Database, company: Company
) -> None:
    messenger = Recorder()
    services = await company(messenger)

    assert await erase(services, WHO) == 0
    await services.voice.quiet()

    assert messenger.said == []
    async with database.reading() as session:
        assert await erasures.find_tombstone(session, TEAM, "U0MAYA") is None
