"""Deleting it all, and the messages that follow: across refusals, restarts and things still on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.services import Services, Who
from bot.views.blocks import Message
from bot.workflows.privacy.deletion import STUCK, Pace
from bot.workflows.privacy.erasure import erase, sweep
from db.engine.database import Database
from db.models import SaidByBot
from db.queries import bot_messages, erasure, people
from db.queries.pending_deletions import count_refused, list_sweeps
from tests.workflows.companies import MAYA, NOW, TEAM, Company, Recorder, refused

AT_ONCE = Pace(most=10, pause=0)
WHO = Who(TEAM, "U0MAYA")
HOUR = timedelta(hours=1)
LONG_AFTER = NOW + timedelta(days=999)
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


async def says(services: Services, *moments: str) -> None:
    """Messages of the bot's that carry Maya's words."""
    async with services.transaction() as connection:
        for ts in moments:
            await bot_messages.add_said(
                connection, SaidByBot(TEAM, "U0MAYA", "D0MAYA", ts, "draft", True, NOW, "d1")
            )


async def waiting(services: Services) -> list[str]:
    """What is still to be deleted."""
    async with services.database.reading() as connection:
        return [one.ts for one in await list_sweeps(connection, TEAM, LONG_AFTER, limit=100)]


async def refusals(services: Services) -> int:
    """How often Slack has refused what is still to be deleted."""
    async with services.database.reading() as connection:
        return sum(one.tries for one in await list_sweeps(connection, TEAM, LONG_AFTER, limit=100))


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


@BOTH
async def test_message_that_slack_will_not_delete_holds_nobody_up_and_is_come_back_to(
    company: Company,
) -> None:
    # Given a message that Slack will not delete, and another that was said after it
    messenger = Recorder(refusals={"1.1": refused("no_permission")})
    services = await company(messenger, MAYA)
    await says(services, "1.1", "1.2")
    await erase(services, WHO)
    await services.voice.quiet()
    # When all are to be deleted, then the other one is
    assert await sweep(services, AT_ONCE) == 1
    assert messenger.deleted == ["1.2"]
    assert await waiting(services) == ["1.1"]
    # When Slack has changed its mind, then it goes, too, and not before its time
    messenger.refusals.clear()
    assert await sweep(services, AT_ONCE) == 0
    services.clock.move(NOW + HOUR)  # type: ignore[attr-defined]  # it is a stopped clock here
    assert await sweep(services, AT_ONCE) == 1
    assert await waiting(services) == []


async def test_message_that_slack_never_deletes_is_tried_ever_more_rarely_and_counted(
    company: Company,
) -> None:
    services = await company(Recorder(refusals={"1.1": refused("no_permission")}), MAYA)
    await says(services, "1.1")
    await erase(services, WHO)
    await services.voice.quiet()
    # When it is refused for months, hour by hour
    tried: list[int] = []
    for hour in range(24 * 60):
        services.clock.move(NOW + hour * HOUR)  # type: ignore[attr-defined]  # it is a stopped clock here
        before = await refusals(services)
        await sweep(services, AT_ONCE)
        tried += [hour] * (await refusals(services) - before)
    # Then it is tried after twice as long each time, once a week in the end, and waits for somebody to see to it
    assert tried[:STUCK] == [2**n - 1 for n in range(STUCK)]
    assert {later - earlier for earlier, later in pairwise(tried[STUCK:])} == {7 * 24}
    async with services.database.reading() as connection:
        assert await count_refused(connection, TEAM, STUCK) == 1


@BOTH
@pytest.mark.parametrize("error", ["missing_scope", "team_access_not_granted"])
async def test_no_message_is_put_off_when_slack_refuses_the_app_itself(company: Company, error: str) -> None:
    messenger = Recorder(refusals={ts: refused(error) for ts in ("1.1", "1.2")})
    services = await company(messenger, MAYA)
    await says(services, "1.1", "1.2")
    await erase(services, WHO)
    await services.voice.quiet()
    # When it is refused for many rounds, then nothing is held against a message
    for _ in range(STUCK + 1):
        assert await sweep(services, AT_ONCE) == 0
    assert await refusals(services) == 0
    # And once that is mended, all go at once
    messenger.refusals.clear()
    assert await sweep(services, AT_ONCE) == 2


class Overlapping(Recorder):
    """While it is refused, the round of another replica is refused the same."""

    meanwhile: Services | None = None

    async def delete(self, channel: str, ts: str) -> None:
        """Refuse, at the end of the other one's round."""
        other, self.meanwhile = self.meanwhile, None
        if other is not None:
            await sweep(other, AT_ONCE)
        await super().delete(channel, ts)


@BOTH
async def test_whoever_runs_it_is_told_once_when_two_replicas_are_refused_the_same(company: Company) -> None:
    messenger = Overlapping(refusals={"1.1": refused("no_permission")})
    services = await company(messenger, MAYA)
    await says(services, "1.1")
    await erase(services, WHO)
    await services.voice.quiet()
    # When the rounds of two replicas overlap, each time, for months
    with capture_logs() as logs:
        for day in range(0, 7 * STUCK, 7):
            services.clock.move(NOW + timedelta(days=day))  # type: ignore[attr-defined]  # a stopped clock
            messenger.meanwhile = services
            await sweep(services, AT_ONCE)
    # Then each pair counts as one refusal, and the eighth is named, once
    assert [entry["event"] for entry in logs] == ["sweep.refused"] * (STUCK - 1) + ["sweep.stuck"]
    assert await refusals(services) == STUCK


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
    async with database.reading() as connection:
        assert await bot_messages.list_said(connection, TEAM, "U0MAYA") == ()


async def test_last_message_is_said_and_home_is_empty_when_all_is_deleted(
    database: Database, company: Company
) -> None:
    messenger = Recorder()
    services = await company(messenger, replace(MAYA, in_directory=False))

    await erase(services, WHO)
    await services.voice.quiet()

    assert "Everything you said, chose and did here is deleted." in messenger.said[-1]
    assert "Write my story" in messenger.published[-1]
    async with database.reading() as connection:
        assert await people.find_person(connection, TEAM, "U0MAYA") is None


async def test_nothing_happens_to_somebody_of_whom_nothing_is_held(
    database: Database, company: Company
) -> None:
    messenger = Recorder()
    services = await company(messenger)

    assert await erase(services, WHO) == 0
    await services.voice.quiet()

    assert messenger.said == []
    async with database.reading() as connection:
        assert await erasure.find_tombstone(connection, TEAM, "U0MAYA") is None
