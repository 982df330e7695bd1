"""Each guard is worth something: without it, a case or a test fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.processes import DiedAtStart
from tests.faults.cases import channels, clocks, databases, processes, slack, sockets, stops
from tests.faults.harness import Company
from tests.faults.mutations import MUTATIONS
from tests.faults.test_delivery import Case
from tests.faults.without import JOINED, MUTATIONS_OF_DIALOGUES, NOTICED_BY_TEST, WITHOUT

ROOT = Path(__file__).resolve().parents[2]

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


def test_every_guard_of_a_dialogue_has_a_test_that_notices_and_a_name_of_its_own() -> None:
    assert set(NOTICED_BY_TEST) == set(MUTATIONS_OF_DIALOGUES)
    assert len(MUTATIONS_OF_DIALOGUES) == sum(len(mutations) for mutations, _ in JOINED)


@pytest.mark.long
@pytest.mark.parametrize(("database_url", "guard", "case"), PAIRS, indirect=["database_url"])
async def test_case_fails_when_its_guard_is_taken_away(company: Company, guard: str, case: Case) -> None:
    company.without = (guard,)

    with pytest.raises(AssertionError) as noticed:
        await case(company)

    assert not isinstance(noticed.value, DiedAtStart)


@pytest.mark.long
@pytest.mark.parametrize("guard", MUTATIONS_OF_DIALOGUES)
def test_test_fails_when_its_guard_is_taken_away(guard: str) -> None:
    # The same test passes with the guard: every ordinary run proves that.
    command = [sys.executable, "-m", "pytest", NOTICED_BY_TEST[guard], "-m", "not long"]
    ended = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=ROOT,
        env={**os.environ, WITHOUT: guard},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert re.search(r"\b\d+ failed\b", ended.stdout), ended.stdout
    assert "ERROR at setup" not in ended.stdout, ended.stdout
