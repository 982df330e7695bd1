"""Whatever goes wrong while something is said unasked: it stands there once, or it is known why not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Literal

import pytest

from bot.crash_points import DELIVERING, Delivering
from tests.e2e.stage import EACH_DATABASE
from tests.faults.cases import channels, clocks, databases, processes, slack, sockets, stops
from tests.faults.harness import Company

Case = Callable[[Company], Awaitable[None]]
KINDS = ("429", "500", "502", "503", "504", "html", "drop")
KINDS_ACCEPTED = ("accept_then_hang", "accept_then_drop", "accept_then_500")
QUICK: tuple[Case, ...] = (
    slack.slack_is_busy,
    slack.told_four_times,
    processes.stands_still,
    processes.told_to_stop,
    stops.stops_while_something_is_on_its_way,
    stops.everybody_stops_at_once,
    stops.leaves_in_between,
    clocks.three_days_down,
    databases.odd_rows,
    sockets.sockets_fall_silent,
)
LONG: tuple[Case, ...] = (
    slack.slack_lags,
    slack.slack_storms,
    slack.workspace_goes,
    slack.token_is_revoked,
    slack.auth_test_is_down,
    stops.somebody_stopped,
    stops.stops_race_claims,
    clocks.two_weeks_down,
    clocks.clock_goes_back_and_forth,
    clocks.flies_away,
    databases.disk_is_full,
    databases.database_is_locked,
    sockets.sockets_die,
    sockets.sockets_are_cut_ten_times,
)


def quick(cases: Iterable[object], *chosen: object) -> list[object]:
    """All of these cases; those that are not chosen are long."""
    return [pytest.param(case, marks=() if case in chosen else pytest.mark.long) for case in cases]


@EACH_DATABASE
@pytest.mark.parametrize("point", quick(DELIVERING, "claimed", "accepted"))
async def test_notice_is_said_once_when_the_power_goes_between_two_steps(
    company: Company, point: Delivering
) -> None:
    await processes.killed_at(company, point)


@EACH_DATABASE
@pytest.mark.parametrize("kind", quick((*KINDS, *KINDS_ACCEPTED), "500", "accept_then_drop"))
async def test_notice_is_said_once_or_known_to_be_lost_when_slack_stumbles(
    company: Company, kind: str
) -> None:
    await slack.slack_stumbles(company, kind)


@EACH_DATABASE
@pytest.mark.parametrize("case", quick((*QUICK, *LONG), *QUICK), ids=lambda case: case.__name__)
async def test_everything_is_said_once_or_explained_when(company: Company, case: Case) -> None:
    await case(company)


@EACH_DATABASE
@pytest.mark.parametrize("why", quick(("removed", "archived"), "archived"))
async def test_announcement_fails_for_all_to_see_and_keeps_nobody_waiting_when_its_channel_is_closed(
    company: Company, why: Literal["removed", "archived"]
) -> None:
    await channels.cannot_write(company, why)


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_everything_is_said_once_or_explained_when_connections_are_lost(company: Company) -> None:
    await databases.connections_are_lost(company)
