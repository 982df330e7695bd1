"""Delivery of proactive messages under faults: each arrives once, or has a stored reason why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pytest

from bot.crash_points import DELIVERY_POINTS, DeliveryPoint
from tests.e2e.app_under_test import EACH_DATABASE
from tests.faults.cases import channels, clocks, databases, opt_outs, processes, slack, sockets
from tests.faults.harness import FaultCase, FaultHarness

KINDS = ("429", "500", "502", "503", "504", "html", "drop")
KINDS_ACCEPTED = ("accept_then_hang", "accept_then_drop", "accept_then_500")
QUICK: tuple[FaultCase, ...] = (
    slack.slack_rate_limits_once,
    slack.event_delivered_four_times,
    processes.process_stalls,
    processes.process_gets_sigterm,
    opt_outs.opt_out_during_send,
    opt_outs.everybody_opts_out_at_once,
    opt_outs.person_leaves_during_send,
    clocks.three_days_down,
    databases.rows_are_unreadable,
    sockets.sockets_fall_silent,
)
LONG: tuple[FaultCase, ...] = (
    slack.history_lags,
    slack.slack_rate_limits_repeatedly,
    slack.workspace_disappears,
    slack.token_is_revoked,
    slack.auth_test_is_down,
    opt_outs.person_opted_out,
    opt_outs.opt_outs_race_claims,
    clocks.two_weeks_down,
    clocks.clock_goes_back_and_forth,
    clocks.time_zone_changes,
    databases.disk_is_full,
    databases.database_is_locked,
    sockets.sockets_die,
    sockets.sockets_are_cut_ten_times,
)


def mark_long_except(cases: Iterable[object], *chosen: object) -> list[object]:
    """Return all cases; those that aren't in `chosen` are marked long."""
    return [pytest.param(case, marks=() if case in chosen else pytest.mark.long) for case in cases]


@EACH_DATABASE
@pytest.mark.parametrize("point", mark_long_except(DELIVERY_POINTS, "claimed", "accepted"))
async def test_notice_is_sent_once_when_the_process_dies_between_two_steps(
    harness: FaultHarness, point: DeliveryPoint
) -> None:
    await processes.process_killed_at(harness, point)


@EACH_DATABASE
@pytest.mark.parametrize("kind", mark_long_except((*KINDS, *KINDS_ACCEPTED), "500", "accept_then_drop"))
async def test_notice_is_sent_once_or_known_to_be_lost_when_slack_fails(
    harness: FaultHarness, kind: str
) -> None:
    await slack.slack_fails_once(harness, kind)


@EACH_DATABASE
@pytest.mark.parametrize("case", mark_long_except((*QUICK, *LONG), *QUICK), ids=lambda case: case.__name__)
async def test_everything_is_sent_once_or_explained_when(harness: FaultHarness, case: FaultCase) -> None:
    await case(harness)


@EACH_DATABASE
@pytest.mark.parametrize("why", mark_long_except(("removed", "archived"), "archived"))
async def test_announcement_fails_for_all_to_see_and_keeps_nobody_waiting_when_its_channel_is_closed(
    harness: FaultHarness, why: Literal["removed", "archived"]
) -> None:
    await channels.channel_closed(harness, why)


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_everything_is_sent_once_or_explained_when_connections_are_lost(harness: FaultHarness) -> None:
    await databases.connections_are_lost(harness)
