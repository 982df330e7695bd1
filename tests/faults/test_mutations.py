"""Proof that each guard matters: without it, a case or a test fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.bot_process import DiedAtStartError
from tests.faults.cases import channels, clocks, databases, opt_outs, processes, slack, sockets
from tests.faults.harness import FaultCase, FaultHarness
from tests.faults.mutation_registry import (
    MUTATION_MODULES,
    MUTATION_VARIABLE,
    MUTATIONS_BY_NAME,
    TEST_BY_MUTATION,
)
from tests.faults.mutations import MUTATIONS

ROOT = Path(__file__).resolve().parents[2]

NOTICED_BY: dict[str, FaultCase] = {
    "blind_resend": partial(slack.slack_fails_once, kind="accept_then_drop"),
    "no_recheck": opt_outs.person_opted_out,
    "lapsed_is_pending": processes.process_stalls,
    "one_look": slack.history_lags,
    "no_pace": slack.slack_rate_limits_once,
    "hasty_confirmation": opt_outs.opt_out_during_send,
    "no_drain": processes.process_gets_sigterm,
    "no_orphans": partial(processes.process_killed_at, point="accepted"),
    "no_expiry": clocks.three_days_down,
    "no_lock": opt_outs.opt_outs_race_claims,
    "no_receipts": slack.event_delivered_four_times,
    "deaf_to_leavers": opt_outs.person_leaves_during_send,
    "one_zone": clocks.time_zone_changes,
    "named_by_the_hour": clocks.clock_goes_back_and_forth,
    "asks_who_it_is": slack.auth_test_is_down,
    "no_watchdog": sockets.sockets_fall_silent,
    "odd_row_first": databases.rows_are_unreadable,
    "never_refused": partial(channels.channel_closed, why="archived"),
    "never_off": slack.token_is_revoked,
}
FURTHER_CASES: dict[str, list[FaultCase]] = {
    "lapsed_is_pending": [databases.disk_is_full],
    "no_recheck": [opt_outs.opt_outs_race_claims],
    "no_expiry": [clocks.two_weeks_down],
    "no_watchdog": [sockets.sockets_die],
}
"""Further cases that rely on the same guard."""
ONLY_WITH_REPLICAS = {"no_lock"}
"""On SQLite only one write transaction is open at a time, so nothing else needs a lock."""
PAIRS = [
    pytest.param(database, guard, case, id=f"{guard}-{getattr(case, '__name__', 'case')}-{database}")
    for guard in NOTICED_BY
    for case in (NOTICED_BY[guard], *FURTHER_CASES.get(guard, []))
    for database in ("sqlite", "postgresql")
    if database == "postgresql" or guard not in ONLY_WITH_REPLICAS
]


def test_every_guard_has_a_case_that_notices() -> None:
    assert set(NOTICED_BY) == set(MUTATIONS)


def test_every_guard_of_a_dialogue_has_a_test_that_notices_and_a_unique_name() -> None:
    assert set(TEST_BY_MUTATION) == set(MUTATIONS_BY_NAME)
    assert len(MUTATIONS_BY_NAME) == sum(len(mutations) for mutations, _ in MUTATION_MODULES)


@pytest.mark.long
@pytest.mark.parametrize(("database_url", "guard", "case"), PAIRS, indirect=["database_url"])
async def test_case_fails_when_its_guard_is_taken_away(
    harness: FaultHarness, guard: str, case: FaultCase
) -> None:
    harness.removed_guards = (guard,)

    with pytest.raises(AssertionError) as noticed:
        await case(harness)

    assert not isinstance(noticed.value, DiedAtStartError)


@pytest.mark.long
@pytest.mark.parametrize("guard", MUTATIONS_BY_NAME)
def test_test_fails_when_its_guard_is_taken_away(guard: str) -> None:
    # The same test passes with the guard: every ordinary run proves that.
    command = [sys.executable, "-m", "pytest", TEST_BY_MUTATION[guard], "-m", "not long"]
    ended = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=ROOT,
        env={**os.environ, MUTATION_VARIABLE: guard},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert re.search(r"\b\d+ failed\b", ended.stdout), ended.stdout
    assert "ERROR at setup" not in ended.stdout, ended.stdout
