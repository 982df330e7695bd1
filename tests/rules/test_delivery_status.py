"""The delivery status that owners read: well, behind, halted or off, and the waves of the last two weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.delivery_status import DeliveryStatus, assess_delivery, post_wait_cause, recently_opened_waves
from db.models.programmes import Programme
from db.models.waves import StoredWave

NOW = datetime(2027, 3, 16, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
PROGRAMME = Programme("T0QAMAR", "Qamar Labs", NOW)


def wave_opening_on(n: int, on: date) -> StoredWave:
    """Return a wave that opens after this number of days."""
    return StoredWave("T0QAMAR", f"w{n}", "Spring", on, on + timedelta(days=20), "", NOW, started_at=NOW)


@given(st.lists(st.integers(-40, 40), max_size=12))
def test_recent_waves_are_those_that_opened_within_two_weeks_the_latest_last(days: list[int]) -> None:
    waves = [wave_opening_on(n, TODAY + timedelta(days=ahead)) for n, ahead in enumerate(days)]

    found = recently_opened_waves(waves, TODAY)

    assert sorted(one.opens_on for one in found) == [one.opens_on for one in found]
    assert set(found) == {wave for wave, ahead in zip(waves, days, strict=True) if -14 <= ahead <= 0}


@given(st.permutations(range(5)))
def test_waves_that_opened_on_one_day_are_in_the_order_in_which_they_were_started(started: list[int]) -> None:
    """Their ids are random, so they may not decide."""
    waves = [
        replace(wave_opening_on(n, TODAY), started_at=NOW + timedelta(minutes=at))
        for n, at in enumerate(started)
    ]

    found = recently_opened_waves(waves, TODAY)

    assert [wave.started_at for wave in found] == [NOW + timedelta(minutes=at) for at in range(5)]


@pytest.mark.parametrize(
    ("programme", "due_for", "is_off", "found"),
    [
        (PROGRAMME, None, False, DeliveryStatus.WELL),
        (PROGRAMME, timedelta(minutes=15), False, DeliveryStatus.WELL),
        (PROGRAMME, timedelta(minutes=16), False, DeliveryStatus.BEHIND),
        (
            replace(PROGRAMME, halted_at=NOW, halted_for="owner"),
            timedelta(days=1),
            False,
            DeliveryStatus.HALTED,
        ),
        (
            replace(PROGRAMME, halted_at=NOW, halted_for="opt_outs"),
            None,
            False,
            DeliveryStatus.HALTED_BY_ITSELF,
        ),
        (replace(PROGRAMME, halted_at=NOW, halted_for="owner"), timedelta(days=1), True, DeliveryStatus.OFF),
    ],
)
def test_status_is_the_problem_to_fix_first(
    programme: Programme, due_for: timedelta | None, is_off: bool, found: DeliveryStatus
) -> None:
    oldest = None if due_for is None else NOW - due_for

    assert assess_delivery(programme, oldest, NOW, is_off=is_off) is found


@pytest.mark.parametrize(
    ("reason", "is_halted", "found"),
    [
        (None, False, "time"),
        ("quiet_hours", False, "hours"),
        ("ratelimited", False, "slack"),
        ("quiet_hours", True, "halted"),
        ("unreadable", False, "time"),
    ],
)
def test_post_that_waits_names_the_cause(reason: str | None, is_halted: bool, found: str) -> None:
    assert post_wait_cause(reason, is_halted=is_halted) == found
