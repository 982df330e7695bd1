"""Searches for notices of unknown fate: twice, and only one that is worse missed than read twice is sent again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.services import Services
from bot.slack.client import NoticeSearch
from bot.slack.send_result import InconclusiveSearch, NotFoundInHistory, SearchResult, Sent
from bot.timings import Timings
from bot.workflows.delivery.reconcile import reconcile_next_notice
from db.models.notices import Notice, OutboxState, ResendPolicy
from db.queries.bot_messages import list_bot_messages
from db.queries.outbox import Claim, add_notices, claim_notice, lock_next_due_notice
from db.queries.send_results import mark_unknown
from tests.db.notice_samples import DAY, only_notice, planned_notice
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

AT_ONCE = timedelta(seconds=-1)


@dataclass
class ScriptedSearchMessenger(RecordingMessenger):
    """Gives the prepared results, search by search."""

    search_results: list[SearchResult] = field(default_factory=list)

    async def find_notice(self, channel: str, key: str, search: NoticeSearch) -> SearchResult:
        """Return the next result."""
        return self.search_results.pop(0)


async def services_with_unknown_notice(
    make_services: ServicesFactory, seeker: ScriptedSearchMessenger, policy: ResendPolicy = "once"
) -> Services:
    """Return services with a notice of unknown fate, and no waiting times."""
    services = await make_services(seeker, MAYA)
    services.timings = Timings().accelerated(factor=-1_000_000)
    async with services.transaction() as connection:
        await add_notices(connection, TEAM, [planned_notice(policy=policy)], NOW)
        due = await lock_next_due_notice(connection, TEAM, NOW)
        assert due is not None
        claimed = await claim_notice(connection, due.notice, Claim("token-1", "r", DAY, NOW))
        assert claimed is not None
        await mark_unknown(connection, claimed, "TimeoutError", AT_ONCE, at=NOW)
    return services


async def reconcile_times(services: Services, times: int) -> Notice:
    """Return the notice after this number of searches."""
    for _ in range(times):
        assert await reconcile_next_notice(services)
    return await only_notice(services.database)


@pytest.mark.parametrize(("policy", "state"), [("once", "unknown"), ("resend", "pending")])
async def test_notice_that_is_not_found_twice_is_sent_again_only_where_that_is_wanted(
    make_services: ServicesFactory, policy: ResendPolicy, state: OutboxState
) -> None:
    services = await services_with_unknown_notice(
        make_services,
        ScriptedSearchMessenger(search_results=[NotFoundInHistory(), NotFoundInHistory()]),
        policy,
    )

    assert (await reconcile_times(services, 1)).state == "unknown"
    found = await reconcile_times(services, 1)

    assert (found.state, found.reason) == (state, "not_found")
    assert not await reconcile_next_notice(services)


async def test_notice_found_by_the_second_search_has_been_sent_and_can_be_deleted(
    make_services: ServicesFactory,
) -> None:
    services = await services_with_unknown_notice(
        make_services, ScriptedSearchMessenger(search_results=[NotFoundInHistory(), Sent("12.3")])
    )

    found = await reconcile_times(services, 2)

    assert (found.state, found.channel, found.ts) == ("sent", MAYA.dm_channel, "12.3")
    async with services.database.read_transaction() as connection:
        assert [one.ts for one in await list_bot_messages(connection, TEAM, MAYA.user_id)] == ["12.3"]


async def test_inconclusive_search_proves_nothing(make_services: ServicesFactory) -> None:
    services = await services_with_unknown_notice(
        make_services,
        ScriptedSearchMessenger(
            search_results=[NotFoundInHistory(), InconclusiveSearch("http_500"), Sent("12.3")]
        ),
    )

    assert (await reconcile_times(services, 2)).misses == 1
    assert (await reconcile_times(services, 1)).state == "sent"


async def test_notice_that_cannot_be_searched_for_is_given_up_when_it_is_too_late_anyway(
    make_services: ServicesFactory,
) -> None:
    services = await services_with_unknown_notice(
        make_services, ScriptedSearchMessenger(search_results=[InconclusiveSearch("channel_not_found")] * 2)
    )
    await reconcile_times(services, 1)

    services.clock.move(NOW + 2 * DAY)  # type: ignore[attr-defined]
    found = await reconcile_times(services, 1)

    assert (found.state, found.reason) == ("unknown", "not_looked_for: channel_not_found")
    assert found.lease_until is None
