"""Waves: their length by the calendar, their joiners, when sending halts, and what the list reveals of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendars import MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, Calendar
from bot.rules.hours import DEFAULT_HOURS, AllowedDays
from bot.rules.reminder_schedule import ScheduledKind
from bot.rules.waves import (
    ExclusionReason,
    WaveCandidate,
    WavePeriod,
    announcement_date,
    build_invitation_list,
    exclusion_reason,
    latest_closing_date,
    must_halt,
    planned_announcement_date,
    schedule_invitation,
)
from db.models import NoticeClass, Person

CAMPAIGN = DEFAULT_HOURS[NoticeClass.CAMPAIGN]
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")
NOW = datetime(2027, 1, 1, tzinfo=UTC)
WAVE = WavePeriod("w1", date(2027, 6, 1), date(2027, 7, 12))


def person(n: int = 0) -> Person:
    """Return a colleague."""
    return Person(f"T{0}", f"U{n}", f"name{n}", f"Name {n}", datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("opens_on", "calendar", "closes_on"),
    [
        (date(2027, 6, 1), BERLIN, date(2027, 7, 12)),
        (date(2027, 6, 1), RIYADH, date(2027, 7, 12)),
        (date(2027, 3, 1), BERLIN, date(2027, 4, 13)),  # Easter takes two days
        (date(2027, 3, 1), RIYADH, date(2027, 4, 15)),  # Eid al-Fitr takes four
    ],
)
def test_a_wave_is_open_for_thirty_working_days_at_most(
    opens_on: date, calendar: Calendar, closes_on: date
) -> None:
    assert latest_closing_date(opens_on, calendar) == closes_on


@pytest.mark.parametrize(
    ("starts_on", "local"),
    [
        (None, "2027-06-01T10:00"),
        (date(2020, 1, 1), "2027-06-01T10:00"),
        (date(2027, 5, 20), "2027-06-02T10:00"),  # a Thursday; Wednesday is the tenth working day
        (date(2027, 6, 14), "2027-06-29T10:00"),  # Monday to Friday, twice; then the middle of the week
        (date(2027, 6, 26), "2027-07-13T10:00"),
    ],
)
def test_a_joiner_is_invited_on_the_tenth_working_day(starts_on: date | None, local: str) -> None:
    found = schedule_invitation(replace(WAVE, closes_on=date(2027, 7, 20)), starts_on, BERLIN, CAMPAIGN)

    assert found is not None
    assert f"{BERLIN.to_local(found.not_before):%Y-%m-%dT%H:%M}" == local
    assert f"{BERLIN.to_local(found.not_after):%Y-%m-%dT%H:%M}" == "2027-07-21T00:00"
    assert (found.kind, found.occurrence) == (ScheduledKind.INVITATION, "w1")


def test_somebody_who_joins_too_late_is_left_for_the_next_wave() -> None:
    assert schedule_invitation(WAVE, date(2027, 6, 28), BERLIN, CAMPAIGN) is None


@pytest.mark.parametrize(
    ("changed", "segment", "reason"),
    [
        ({}, "tech", None),
        ({"is_bot": True}, "tech", ExclusionReason.BOT),
        ({"is_stranger": True}, "tech", ExclusionReason.STRANGER),
        ({"deleted": True}, "tech", ExclusionReason.DEACTIVATED),
        ({"is_guest": True}, "tech", ExclusionReason.GUEST),
        ({}, None, ExclusionReason.NO_SEGMENT),
        ({"deleted": True, "is_guest": True}, None, ExclusionReason.DEACTIVATED),
        ({"segment": "tech"}, None, ExclusionReason.NO_SEGMENT),
        ({"segment": "gtm"}, "tech", None),
    ],
)
def test_somebody_is_left_out_for_what_slack_and_the_employee_list_know(
    changed: dict[str, Any], segment: str | None, reason: ExclusionReason | None
) -> None:
    assert exclusion_reason(WaveCandidate(replace(person(), **changed), segment)) is reason


def test_somebody_the_owner_excluded_or_did_not_choose_is_not_invited() -> None:
    chosen_out = WaveCandidate(person(1), "tech", is_excluded_by_owner=True)
    not_meant = WaveCandidate(person(2), "tech", is_meant=False)

    assert build_invitation_list([chosen_out, not_meant]).excluded == (
        (person(1), ExclusionReason.EXCLUDED_BY_OWNER),
    )


CROWDS = st.lists(
    st.builds(
        WaveCandidate,
        st.builds(lambda n, deleted: replace(person(n), deleted=deleted), st.integers(0, 999), st.booleans()),
        st.sampled_from([None, "tech", "gtm"]),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
)
OWN_WORDS = st.fixed_dictionaries(
    {},
    optional={
        "segment": st.sampled_from(["tech", "gtm"]),
        "stopped_at": st.just(NOW),
        "paused_until": st.just(NOW.date()),
        "fewer_at": st.just(NOW),
        "met_at": st.just(NOW),
        "dm_channel": st.just("D1"),
        "locale_choice": st.sampled_from(["en", "ar"]),
    },
)


@given(CROWDS, OWN_WORDS, st.data())
def test_nothing_that_somebody_tells_the_bot_changes_the_invitation_list(
    crowd: list[WaveCandidate], words: dict[str, Any], data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, len(crowd) - 1))
    changed = [replace(c, person=replace(c.person, **words)) if i == n else c for i, c in enumerate(crowd)]

    before, after = build_invitation_list(crowd), build_invitation_list(changed)

    assert [one.user_id for one in before.invitees] == [one.user_id for one in after.invitees]
    assert [(one.user_id, why) for one, why in before.excluded] == [
        (one.user_id, why) for one, why in after.excluded
    ]


@pytest.mark.parametrize(
    ("opt_outs", "sent", "pauses"),
    [
        (0, 0, False),
        (4, 5, False),  # four are not enough, however few were sent
        (5, 99, True),
        (5, 100, False),  # exactly five of a hundred
        (5, 0, True),
        (6, 100, True),
        (6, 120, False),
    ],
)
def test_a_wave_pauses_when_too_many_say_stop(opt_outs: int, sent: int, pauses: bool) -> None:
    assert must_halt(opt_outs, sent) is pauses


@pytest.mark.parametrize(
    ("opens_on", "calendar", "announced"),
    [
        (date(2027, 6, 2), BERLIN, date(2027, 6, 1)),
        (date(2027, 6, 7), BERLIN, date(2027, 6, 4)),  # over a weekend
        (date(2027, 3, 30), BERLIN, date(2027, 3, 25)),  # over Easter
        (date(2027, 6, 6), RIYADH, date(2027, 6, 3)),  # a Sunday, after a Thursday
    ],
)
def test_a_wave_is_announced_on_the_working_day_before(
    opens_on: date, calendar: Calendar, announced: date
) -> None:
    assert announcement_date(opens_on, calendar) == announced


@pytest.mark.parametrize(
    ("now", "calendar", "announced"),
    [
        (datetime(2027, 6, 1, 12, tzinfo=UTC), BERLIN, date(2027, 6, 4)),  # days before
        (datetime(2027, 6, 4, 13, 59, tzinfo=UTC), BERLIN, date(2027, 6, 4)),  # a minute is left of its hours
        (datetime(2027, 6, 4, 14, tzinfo=UTC), BERLIN, None),  # then the weekend follows, before that Monday
        (datetime(2027, 6, 6, 13, 1, tzinfo=UTC), RIYADH, None),
        (datetime(2027, 6, 7, 9, tzinfo=UTC), BERLIN, None),  # it is open already
    ],
)
def test_a_wave_that_is_started_too_late_is_not_announced(
    now: datetime, calendar: Calendar, announced: date | None
) -> None:
    hours = replace(CAMPAIGN, days=AllowedDays.WORKING)

    assert planned_announcement_date(date(2027, 6, 7), now, calendar, hours) == announced
