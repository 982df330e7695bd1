"""Each guard is worth something: without it, a case fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.e2e.processes import DiedAtStart
from tests.faults import cases
from tests.faults.harness import Company
from tests.faults.mutations import MUTATIONS


async def _killed_while_saying(company: Company) -> None:
    await cases.killed_at(company, "accepted")


async def _answer_lost(company: Company) -> None:
    await cases.slack_stumbles(company, "accept_then_drop")


NOTICED_BY: dict[str, Callable[[Company], Awaitable[None]]] = {
    "blind_resend": _answer_lost,
    "no_recheck": cases.somebody_stopped,
    "lapsed_is_pending": cases.stands_still,
    "one_look": cases.slack_lags,
    "no_pace": cases.slack_is_busy,
    "hasty_confirmation": cases.stops_while_something_is_on_its_way,
    "no_drain": cases.told_to_stop,
    "no_orphans": _killed_while_saying,
    "no_expiry": cases.three_days_down,
}


def test_every_guard_has_a_case_that_notices() -> None:
    assert set(NOTICED_BY) == set(MUTATIONS)


@pytest.mark.long
@pytest.mark.parametrize("guard", NOTICED_BY)
async def test_case_fails_when_its_guard_is_taken_away(company: Company, guard: str) -> None:
    company.without = (guard,)

    with pytest.raises(AssertionError) as noticed:
        await NOTICED_BY[guard](company)

    assert not isinstance(noticed.value, DiedAtStart)
