"""Erasure, and the deletion of messages that follows: across refusals, restarts and messages in flight."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.services import Services, UserRef
from bot.views.blocks import Message
from bot.workflows.privacy.erasure import delete_messages_pending_deletion, erase_person_and_confirm
from bot.workflows.privacy.message_deletion import STUCK_AFTER_TRIES, DeletionPolicy
from db.engine.database import Database
from db.models import BotMessage
from db.queries import bot_messages, erasure, people
from db.queries.pending_deletions import count_refused_deletions, list_due_deletions
from tests.workflows.recording_services import (
    MAYA,
    NOW,
    TEAM,
    RecordingMessenger,
    ServicesFactory,
    slack_refusal,
)

UNPAUSED = DeletionPolicy(max_count=10, pause_seconds=0)
MAYA_REF = UserRef(TEAM, "U0MAYA")
HOUR = timedelta(hours=1)
LONG_AFTER = NOW + timedelta(days=999)
EACH_DATABASE = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


async def add_bot_messages(services: Services, *moments: str) -> None:
    """Store messages of the bot that carry Maya's words."""
    async with services.transaction() as connection:
        for ts in moments:
            await bot_messages.upsert_bot_message(
                connection, BotMessage(TEAM, "U0MAYA", "D0MAYA", ts, "draft", True, NOW, "d1")
            )


async def list_pending_deletions(services: Services) -> list[str]:
    """Return the messages still to be deleted."""
    async with services.database.read_transaction() as connection:
        return [one.ts for one in await list_due_deletions(connection, TEAM, LONG_AFTER, limit=100)]


async def count_refusals(services: Services) -> int:
    """Return how often Slack has refused each pending deletion."""
    async with services.database.read_transaction() as connection:
        return sum(one.tries for one in await list_due_deletions(connection, TEAM, LONG_AFTER, limit=100))


async def test_messages_disappear_a_few_at_a_time_until_none_waits(make_services: ServicesFactory) -> None:
    messenger = RecordingMessenger()
    services = await make_services(messenger, MAYA)
    await add_bot_messages(services, "1.1", "1.2", "1.3")

    assert await erase_person_and_confirm(services, MAYA_REF) == 3
    await services.outgoing.wait_until_idle()
    first = await delete_messages_pending_deletion(services, DeletionPolicy(max_count=2, pause_seconds=0))
    second = await delete_messages_pending_deletion(services, UNPAUSED)

    assert (first, second) == (2, 1)
    assert sorted(messenger.deleted_ts) == ["1.1", "1.2", "1.3"]
    assert await list_pending_deletions(services) == []


@pytest.mark.parametrize("problem", [slack_refusal("ratelimited"), TimeoutError(), aiohttp.ClientError()])
async def test_sweep_goes_on_after_a_restart_when_slack_was_away(
    make_services: ServicesFactory, problem: Exception
) -> None:
    before = RecordingMessenger(delete_errors={"1.2": problem})
    services = await make_services(before, MAYA)
    await add_bot_messages(services, "1.1", "1.2", "1.3")
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()

    await delete_messages_pending_deletion(services, UNPAUSED)
    assert await list_pending_deletions(services) == ["1.2", "1.3"]

    after = RecordingMessenger()
    await delete_messages_pending_deletion(await make_services(after), UNPAUSED)
    assert after.deleted_ts == ["1.2", "1.3"]


async def test_message_that_cannot_be_reached_holds_nobody_up(make_services: ServicesFactory) -> None:
    messenger = RecordingMessenger(delete_errors={"1.1": slack_refusal("channel_not_found")})
    services = await make_services(messenger, MAYA)
    await add_bot_messages(services, "1.1", "1.2")
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()

    await delete_messages_pending_deletion(services, UNPAUSED)

    assert messenger.deleted_ts == ["1.2"]
    assert await list_pending_deletions(services) == []


@EACH_DATABASE
async def test_message_that_slack_will_not_delete_holds_nobody_up_and_is_come_back_to(
    make_services: ServicesFactory,
) -> None:
    # Given a message that Slack refuses to delete, and a later one
    messenger = RecordingMessenger(delete_errors={"1.1": slack_refusal("no_permission")})
    services = await make_services(messenger, MAYA)
    await add_bot_messages(services, "1.1", "1.2")
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()
    # When both are due, then the other one is deleted
    assert await delete_messages_pending_deletion(services, UNPAUSED) == 1
    assert messenger.deleted_ts == ["1.2"]
    assert await list_pending_deletions(services) == ["1.1"]
    # When Slack has changed its mind, then it goes, too, and not before its time
    messenger.delete_errors.clear()
    assert await delete_messages_pending_deletion(services, UNPAUSED) == 0
    services.clock.move(NOW + HOUR)  # type: ignore[attr-defined]  # it is a stopped clock here
    assert await delete_messages_pending_deletion(services, UNPAUSED) == 1
    assert await list_pending_deletions(services) == []


async def test_message_that_slack_never_deletes_is_tried_ever_more_rarely_and_counted(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(
        RecordingMessenger(delete_errors={"1.1": slack_refusal("no_permission")}), MAYA
    )
    await add_bot_messages(services, "1.1")
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()
    # When it is refused for months, hour by hour
    tried: list[int] = []
    for hour in range(24 * 60):
        services.clock.move(NOW + hour * HOUR)  # type: ignore[attr-defined]  # it is a stopped clock here
        before = await count_refusals(services)
        await delete_messages_pending_deletion(services, UNPAUSED)
        tried += [hour] * (await count_refusals(services) - before)
    # Then it's tried after twice as long each time, once a week in the end, and is reported to the operator
    assert tried[:STUCK_AFTER_TRIES] == [2**n - 1 for n in range(STUCK_AFTER_TRIES)]
    assert {later - earlier for earlier, later in pairwise(tried[STUCK_AFTER_TRIES:])} == {7 * 24}
    async with services.database.read_transaction() as connection:
        assert await count_refused_deletions(connection, TEAM, STUCK_AFTER_TRIES) == 1


@EACH_DATABASE
@pytest.mark.parametrize("error", ["missing_scope", "team_access_not_granted"])
async def test_no_message_is_postponed_when_slack_refuses_the_app_itself(
    make_services: ServicesFactory, error: str
) -> None:
    messenger = RecordingMessenger(delete_errors={ts: slack_refusal(error) for ts in ("1.1", "1.2")})
    services = await make_services(messenger, MAYA)
    await add_bot_messages(services, "1.1", "1.2")
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()
    # When it is refused for many rounds, then nothing is held against a message
    for _ in range(STUCK_AFTER_TRIES + 1):
        assert await delete_messages_pending_deletion(services, UNPAUSED) == 0
    assert await count_refusals(services) == 0
    # And once that is fixed, all go at once
    messenger.delete_errors.clear()
    assert await delete_messages_pending_deletion(services, UNPAUSED) == 2


class OverlappingMessenger(RecordingMessenger):
    """While it is refused, the round of another replica is refused the same."""

    other_services: Services | None = None

    async def delete(self, channel: str, ts: str) -> None:
        """Refuse, at the end of the other one's round."""
        other, self.other_services = self.other_services, None
        if other is not None:
            await delete_messages_pending_deletion(other, UNPAUSED)
        await super().delete(channel, ts)


@EACH_DATABASE
async def test_operator_is_notified_once_when_two_replicas_are_refused_the_same(
    make_services: ServicesFactory,
) -> None:
    messenger = OverlappingMessenger(delete_errors={"1.1": slack_refusal("no_permission")})
    services = await make_services(messenger, MAYA)
    await add_bot_messages(services, "1.1")
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()
    # When the rounds of two replicas overlap, each time, for months
    with capture_logs() as logs:
        for day in range(0, 7 * STUCK_AFTER_TRIES, 7):
            services.clock.move(NOW + timedelta(days=day))  # type: ignore[attr-defined]  # a stopped clock
            messenger.other_services = services
            await delete_messages_pending_deletion(services, UNPAUSED)
    # Then each pair counts as one refusal, and the eighth is named, once
    assert [entry["event"] for entry in logs] == ["sweep.refused"] * (STUCK_AFTER_TRIES - 1) + ["sweep.stuck"]
    assert await count_refusals(services) == STUCK_AFTER_TRIES


async def test_question_on_its_way_during_the_deletion_is_swept_too(
    database: Database, make_services: ServicesFactory
) -> None:
    services = await make_services(RecordingMessenger(), MAYA)

    async def a_question_with_words() -> None:
        await services.messenger.post_reply("D0MAYA", Message("I mend radios."), "key")
        await add_bot_messages(services, "9.9")

    services.send_after_commit(MAYA_REF, a_question_with_words)
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()

    assert await list_pending_deletions(services) == ["9.9"]
    async with database.read_transaction() as connection:
        assert await bot_messages.list_bot_messages(connection, TEAM, "U0MAYA") == ()


async def test_last_message_is_sent_and_home_is_empty_when_all_is_deleted(
    database: Database, make_services: ServicesFactory
) -> None:
    messenger = RecordingMessenger()
    services = await make_services(messenger, replace(MAYA, in_directory=False))

    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()

    assert "Everything you said, chose and did here is deleted." in messenger.posted[-1]
    assert "Write my story" in messenger.published_views[-1]
    async with database.read_transaction() as connection:
        assert await people.find_person(connection, TEAM, "U0MAYA") is None


async def test_nothing_happens_when_nothing_is_stored_about_somebody(
    database: Database, make_services: ServicesFactory
) -> None:
    messenger = RecordingMessenger()
    services = await make_services(messenger)

    assert await erase_person_and_confirm(services, MAYA_REF) == 0
    await services.outgoing.wait_until_idle()

    assert messenger.posted == []
    async with database.read_transaction() as connection:
        assert await erasure.find_tombstone(connection, TEAM, "U0MAYA") is None
