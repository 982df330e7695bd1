"""When everybody is read from Slack: every night at three by the programme's own clock, and after a failure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import Calendar
from bot.rules.directory_sync import RETRY_AFTER, STALLED_AFTER, is_sync_due
from db.models.programmes import DirectorySync

RIYADH = Calendar(ZoneInfo("Asia/Riyadh"))
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
DONE_SYNC = DirectorySync("T1", NOW, NOW, done_at=NOW + timedelta(minutes=1), people=41)


def test_first_pass_is_due_at_once() -> None:
    assert is_sync_due(None, NOW, RIYADH)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (NOW + timedelta(hours=1), False),
        (datetime(2027, 3, 1, 23, 59, tzinfo=UTC), False),  # 02:59 in Riyadh
        (datetime(2027, 3, 2, 0, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 5, 20, 0, tzinfo=UTC), True),  # after days of being down
    ],
)
def test_next_pass_is_due_once_a_night(now: datetime, due: bool) -> None:
    assert is_sync_due(DONE_SYNC, now, RIYADH) is due


def test_pass_of_this_night_is_not_made_again() -> None:
    night = datetime(2027, 3, 2, 0, 0, tzinfo=UTC)
    again = replace(DONE_SYNC, started_at=night, touched_at=night, done_at=night)

    assert not is_sync_due(again, night + timedelta(hours=20), RIYADH)


def test_failed_pass_is_made_again_after_an_hour() -> None:
    failed = replace(DONE_SYNC, done_at=NOW, problem="ratelimited")

    assert not is_sync_due(failed, NOW + RETRY_AFTER - timedelta(seconds=1), RIYADH)
    assert is_sync_due(failed, NOW + RETRY_AFTER, RIYADH)


def test_pass_that_died_is_made_again_when_it_has_been_silent() -> None:
    going = replace(DONE_SYNC, done_at=None)

    assert not is_sync_due(going, NOW + STALLED_AFTER, RIYADH)
    assert is_sync_due(going, NOW + STALLED_AFTER + timedelta(seconds=1), RIYADH)
