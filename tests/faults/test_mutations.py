"""Each guard is worth something: without it, a case fails."""

from __future__ import annotations

from functools import partial

import pytest

from tests.e2e.processes import DiedAtStart
from tests.faults.cases import channels, clocks, databases, processes, slack, sockets, stops
from tests.faults.harness import Company
from tests.faults.mutations import MUTATIONS
from tests.faults.test_delivery import Case

NOTICED_BY: dict[str, Case] = {
    "blind_resend": partial(slack.slack_stumbles, kind="accept_then_drop"),
    "no_recheck": stops.somebody_stopped,
    "lapsed_is_pending": processes.stands_still,
    "one_look": slack.slack_lags,
    "no_pace": slack.slack_is_busy,
    "hasty_confirmation": stops.stops_while_something_is_on_its_way,
    "no_drain": processes.told_to_stop,
    "no_orphans": partial(processes.killed_at, point="accepted"),
    "no_expiry": clocks.three_days_down,
    "no_lock": stops.stops_race_claims,
    "no_receipts": slack.told_four_times,
    "deaf_to_leavers": stops.leaves_in_between,
    "one_zone": clocks.flies_away,
    "named_by_the_hour": clocks.clock_goes_back_and_forth,
    "asks_who_it_is": slack.auth_test_is_down,
    "no_watchdog": sockets.sockets_fall_silent,
    "odd_row_first": databases.odd_rows,
    "never_refused": partial(channels.cannot_write, why="archived"),
    "never_off": slack.token_is_revoked,
}
ALSO: dict[str, list[Case]] = {
    "lapsed_is_pending": [databases.disk_is_full],
    "no_recheck": [stops.stops_race_claims],
    "no_expiry": [clocks.two_weeks_down],
    "no_watchdog": [sockets.sockets_die],
}
"""Further cases that rest on the same guard."""
ONLY_WITH_REPLICAS = {"no_lock"}
"""On SQLite one transaction at a time is open for writing, so that nothing else need be locked."""
PAIRS = [
    pytest.param(database, guard, case, id=f"{guard}-{getattr(case, '__name__', 'case')}-{database}")
    for guard in NOTICED_BY
    for case in (NOTICED_BY[guard], *ALSO.get(guard, []))
    for database in ("sqlite", "postgresql")
    if database == "postgresql" or guard not in ONLY_WITH_REPLICAS
]


def test_every_guard_has_a_case_that_notices() -> None:
    assert set(NOTICED_BY) == set(MUTATIONS)


@pytest.mark.long
@pytest.mark.parametrize(("database_url", "guard", "case"), PAIRS, indirect=["database_url"])
async def test_case_fails_when_its_guard_is_taken_away(company: Company, guard: str, case: Case) -> None:
    company.without = (guard,)

    with pytest.raises(AssertionError) as noticed:
        await case(company)

    assert not isinstance(noticed.value, DiedAtStart)
