"""The re-check of a claim: each reason for each class, in a fixed order, and waits that are long enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.rules.budgets import CampaignMessage, CampaignPart, ContactHistory
from bot.rules.calendars import MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, Calendar
from bot.rules.eligibility import (
    RECHECK_INTERVAL,
    Decision,
    EligibilityFacts,
    ExpireNotice,
    SendNow,
    SuppressNotice,
    UnsentReason,
    WaitUntil,
    decide,
)
from bot.rules.hours import DEFAULT_HOURS
from db.models import NoticeClass

BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")

NOON = datetime(2027, 6, 8, 10, 0, tzinfo=UTC)
"""A Tuesday in Berlin, at noon."""


def noon_plus_hours(n: float) -> datetime:
    """Return the moment `n` hours after noon."""
    return NOON + timedelta(hours=n)


def history_of_days_ago(*days_ago: int, part: CampaignPart = CampaignPart.OTHER) -> ContactHistory:
    """Return a history with campaign messages sent these numbers of days ago, each answered since."""
    return ContactHistory(
        tuple(CampaignMessage(NOON - timedelta(days=n), part) for n in days_ago), returned_at=NOON
    )


FADED = replace(history_of_days_ago(20, 30), returned_at=None)
WAVE_SPENT = replace(history_of_days_ago(8, 16, 24, 32), wave_opened_at=NOON - timedelta(days=40))


def for_every_kind(decision: Decision) -> tuple[Decision, Decision, Decision]:
    """Return the same decision for a campaign message, one that is owed, and a duty."""
    return (decision, decision, decision)


# The facts; then the decision on a campaign message, an owed notice and a duty notice.
CASES: list[tuple[dict[str, Any], Decision, Decision, Decision]] = [
    ({}, SendNow(), SendNow(), SendNow()),
    ({"is_active": False}, *for_every_kind(SuppressNotice(UnsentReason.INACTIVE))),
    ({"is_member": False}, *for_every_kind(SuppressNotice(UnsentReason.NOT_A_MEMBER))),
    (
        {"not_after": NOON},
        ExpireNotice(UnsentReason.TOO_LATE),
        ExpireNotice(UnsentReason.TOO_LATE),
        SendNow(),
    ),
    ({"is_erased": True}, *for_every_kind(SuppressNotice(UnsentReason.ANSWERED))),
    (
        {"is_stopped": True},
        SuppressNotice(UnsentReason.STOPPED),
        SuppressNotice(UnsentReason.STOPPED),
        SendNow(),
    ),
    (
        {"is_taken_off": True},
        SuppressNotice(UnsentReason.TAKEN_OFF),
        SuppressNotice(UnsentReason.TAKEN_OFF),
        SendNow(),
    ),
    ({"is_answered": True}, *for_every_kind(SuppressNotice(UnsentReason.ANSWERED))),
    ({"history": FADED}, SuppressNotice(UnsentReason.UNRESPONSIVE), SendNow(), SendNow()),
    ({"history": WAVE_SPENT}, SuppressNotice(UnsentReason.WAVE_BUDGET_SPENT), SendNow(), SendNow()),
    ({"is_halted": True}, *for_every_kind(WaitUntil(NOON + RECHECK_INTERVAL, UnsentReason.HALTED))),
    (
        {"paused_until": date(2027, 6, 10)},
        WaitUntil(noon_plus_hours(46), UnsentReason.PAUSED),
        WaitUntil(noon_plus_hours(45), UnsentReason.PAUSED),
        SendNow(),
    ),
    (
        {"due_on": date(2027, 6, 10)},
        WaitUntil(noon_plus_hours(46), UnsentReason.TOO_EARLY),
        WaitUntil(noon_plus_hours(45), UnsentReason.TOO_EARLY),
        WaitUntil(noon_plus_hours(45), UnsentReason.TOO_EARLY),
    ),
    (
        {"do_not_disturb_until": noon_plus_hours(1)},
        *for_every_kind(WaitUntil(noon_plus_hours(1), UnsentReason.DO_NOT_DISTURB)),
    ),
    (
        {"history": history_of_days_ago(1, 6)},
        WaitUntil(noon_plus_hours(24), UnsentReason.WEEK_BUDGET_SPENT),
        SendNow(),
        SendNow(),
    ),
    (
        {"last_duty_at": noon_plus_hours(-2)},
        SendNow(),
        SendNow(),
        WaitUntil(noon_plus_hours(21), UnsentReason.DUTY_TODAY),
    ),
    ({"last_duty_at": noon_plus_hours(-24)}, SendNow(), SendNow(), SendNow()),
    (
        {"rate_limited_until": noon_plus_hours(0.001)},
        *for_every_kind(WaitUntil(noon_plus_hours(0.001), UnsentReason.RATE_LIMITED)),
    ),
]
PAIRS = [(one, other) for (one, *_), (other, *_) in combinations(CASES, 2) if one.keys().isdisjoint(other)]


def reason_of(facts: EligibilityFacts) -> UnsentReason | None:
    """Return why the notice isn't sent at noon; None when it is."""
    return getattr(decide(facts, NOON), "reason", None)


@pytest.mark.parametrize(("case", "campaign", "owed", "duty"), CASES, ids=lambda case: str(case)[:60])
def test_each_class_respects_its_own_reasons(
    case: dict[str, Any], campaign: Decision, owed: Decision, duty: Decision
) -> None:
    found = [decide(EligibilityFacts(c, BERLIN, DEFAULT_HOURS[c], **case), NOON) for c in NoticeClass]

    assert found == [campaign, owed, duty]


@pytest.mark.parametrize("notice_class", NoticeClass)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_of_two_reasons_the_first_in_the_order_is_named(
    notice_class: NoticeClass, one: dict[str, Any], other: dict[str, Any]
) -> None:
    facts = EligibilityFacts(notice_class, BERLIN, DEFAULT_HOURS[notice_class])

    alone = [reason_of(replace(facts, **case)) for case in (one, other)]

    first = min(filter(None, alone), key=list(UnsentReason).index, default=None)
    assert reason_of(replace(facts, **one, **other)) is first


def test_notice_waits_for_the_hours_of_its_class_in_the_persons_time_zone() -> None:
    facts = EligibilityFacts(NoticeClass.CAMPAIGN, BERLIN, DEFAULT_HOURS[NoticeClass.CAMPAIGN])

    assert decide(facts, noon_plus_hours(-5)) == WaitUntil(
        datetime(2027, 6, 8, 8, 0, tzinfo=UTC), UnsentReason.QUIET_HOURS
    )
    assert decide(replace(facts, calendar=RIYADH), noon_plus_hours(3)) == WaitUntil(
        datetime(2027, 6, 9, 7, 0, tzinfo=UTC), UnsentReason.QUIET_HOURS
    )


def test_due_date_is_that_of_the_persons_time_zone_when_it_is_sent() -> None:
    tomorrow = EligibilityFacts(
        NoticeClass.DUTY, BERLIN, DEFAULT_HOURS[NoticeClass.DUTY], due_on=date(2027, 6, 9)
    )
    new_zealand = replace(BERLIN, zone=ZoneInfo("Pacific/Auckland"), country="NZ")

    assert decide(tomorrow, noon_plus_hours(11.5)) == WaitUntil(noon_plus_hours(21), UnsentReason.TOO_EARLY)
    assert decide(replace(tomorrow, calendar=new_zealand), noon_plus_hours(11.5)) == SendNow()


def test_notice_that_cannot_be_sent_in_time_expires_with_the_reason_that_held_it_back() -> None:
    facts = EligibilityFacts(
        NoticeClass.OWED, BERLIN, DEFAULT_HOURS[NoticeClass.OWED], not_after=noon_plus_hours(30)
    )

    assert decide(replace(facts, paused_until=date(2027, 6, 20)), NOON) == ExpireNotice(UnsentReason.PAUSED)
    assert decide(replace(facts, paused_until=date(2027, 6, 9)), NOON) == WaitUntil(
        noon_plus_hours(21), UnsentReason.PAUSED
    )

    edge = replace(facts, not_after=noon_plus_hours(24), do_not_disturb_until=noon_plus_hours(24))
    assert decide(edge, NOON) == ExpireNotice(UnsentReason.DO_NOT_DISTURB)


def test_expired_notice_names_a_private_reason_first_and_a_waiting_one_does_not() -> None:
    facts = EligibilityFacts(
        NoticeClass.OWED,
        BERLIN,
        DEFAULT_HOURS[NoticeClass.OWED],
        not_after=noon_plus_hours(30),
        is_halted=True,
    )
    quiet = replace(facts, paused_until=date(2027, 6, 20))
    known = reason_of(facts)

    assert decide(quiet, NOON) == ExpireNotice(UnsentReason.PAUSED)
    assert known is not None
    assert not known.is_private
    assert reason_of(replace(quiet, not_after=None)) is known


def test_only_notices_still_in_time_are_sent_after_a_halt() -> None:
    halted = EligibilityFacts(
        NoticeClass.CAMPAIGN,
        BERLIN,
        DEFAULT_HOURS[NoticeClass.CAMPAIGN],
        is_halted=True,
        not_after=noon_plus_hours(2),
    )

    assert decide(halted, NOON) == WaitUntil(NOON + RECHECK_INTERVAL, UnsentReason.HALTED)
    assert decide(replace(halted, is_halted=False), noon_plus_hours(1)) == SendNow()
    assert decide(replace(halted, is_halted=False), noon_plus_hours(2)) == ExpireNotice(UnsentReason.TOO_LATE)


def test_row_reveals_no_private_reason_that_it_need_not() -> None:
    stopped_and_gone = EligibilityFacts(
        NoticeClass.CAMPAIGN, BERLIN, DEFAULT_HOURS[NoticeClass.CAMPAIGN], is_active=False, is_stopped=True
    )

    assert decide(stopped_and_gone, NOON) == SuppressNotice(UnsentReason.INACTIVE)
    assert not any(r.is_private for r in (UnsentReason.INACTIVE, UnsentReason.TAKEN_OFF))
    assert all(
        r.is_private
        for r in (UnsentReason.STOPPED, UnsentReason.PAUSED, UnsentReason.UNRESPONSIVE, UnsentReason.ANSWERED)
    )


MOMENTS = st.integers(-60 * 24 * 40, 60 * 24 * 40).map(lambda n: NOON + timedelta(minutes=n))
DATES = st.dates(date(2027, 5, 1), date(2027, 8, 1))
HISTORIES = st.builds(
    ContactHistory,
    st.lists(st.builds(CampaignMessage, MOMENTS, st.sampled_from(CampaignPart)), max_size=6).map(tuple),
    st.none() | MOMENTS,
    st.none() | MOMENTS,
    st.booleans(),
)
ANY_FACTS = st.sampled_from(NoticeClass).flatmap(
    lambda c: st.builds(
        EligibilityFacts,
        notice_class=st.just(c),
        calendar=st.sampled_from([BERLIN, RIYADH]),
        hours=st.just(DEFAULT_HOURS[c]),
        history=HISTORIES,
        is_halted=st.booleans(),
        is_stopped=st.booleans(),
        is_taken_off=st.booleans(),
        paused_until=st.none() | DATES,
        due_on=st.none() | DATES,
        not_after=st.none() | MOMENTS,
        do_not_disturb_until=st.none() | MOMENTS,
        last_duty_at=st.none() | MOMENTS,
        rate_limited_until=st.none() | MOMENTS,
    )
)


@settings(deadline=None)
@given(ANY_FACTS, MOMENTS)
def test_notice_that_has_waited_may_be_sent_then(facts: EligibilityFacts, now: datetime) -> None:
    found = decide(facts, now)
    assume(isinstance(found, WaitUntil))
    assert isinstance(found, WaitUntil)

    assert found.until > now
    assert found.reason in list(UnsentReason)[list(UnsentReason).index(UnsentReason.HALTED) :]
    lifted = replace(facts, is_halted=False)
    if found.reason is not UnsentReason.HALTED:
        assert decide(lifted, found.until) == SendNow()


@settings(deadline=None)
@given(ANY_FACTS, MOMENTS)
def test_ended_notice_never_comes_back(facts: EligibilityFacts, now: datetime) -> None:
    found = decide(facts, now)
    assume(isinstance(found, SuppressNotice | ExpireNotice))

    assert isinstance(decide(facts, now + timedelta(days=1)), SuppressNotice | ExpireNotice)


@settings(deadline=None)
@given(ANY_FACTS, MOMENTS)
def test_a_duty_to_somebody_who_is_there_is_never_dropped(facts: EligibilityFacts, now: datetime) -> None:
    duty = replace(facts, notice_class=NoticeClass.DUTY, hours=DEFAULT_HOURS[NoticeClass.DUTY])

    assert isinstance(decide(duty, now), SendNow | WaitUntil)


@settings(deadline=None)
@given(ANY_FACTS, MOMENTS)
def test_after_stop_only_a_duty_goes_out(facts: EligibilityFacts, now: datetime) -> None:
    stopped = replace(facts, is_stopped=True)

    assert decide(stopped, now) != SendNow() or facts.notice_class is NoticeClass.DUTY
