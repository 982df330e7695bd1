"""Whatever goes wrong while something is said unasked: it stands there once, or it is known why not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.crash import DELIVERING, Delivering
from tests.faults import cases
from tests.faults.harness import Company

Case = Callable[[Company], Awaitable[None]]
KINDS = ("429", "500", "html", "drop", "accept_then_hang", "accept_then_drop", "accept_then_500")
QUICK_KINDS = {"429", "500", "accept_then_drop"}
CASES: tuple[Case, ...] = (
    cases.slack_lags,
    cases.slack_is_busy,
    cases.workspace_goes,
    cases.stands_still,
    cases.somebody_stopped,
    cases.stops_while_something_is_on_its_way,
    cases.everybody_stops_at_once,
    cases.told_to_stop,
    cases.three_days_down,
    cases.an_odd_row,
)


@pytest.mark.parametrize("point", DELIVERING)
async def test_notice_is_said_once_when_the_power_goes_between_two_steps(
    company: Company, point: Delivering
) -> None:
    await cases.killed_at(company, point)


@pytest.mark.parametrize(
    "kind", [pytest.param(k, marks=() if k in QUICK_KINDS else pytest.mark.long) for k in KINDS]
)
async def test_notice_is_said_once_or_known_to_be_lost_when_slack_stumbles(
    company: Company, kind: str
) -> None:
    await cases.slack_stumbles(company, kind)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_everything_is_said_once_or_explained_when(company: Company, case: Case) -> None:
    await case(company)
