"""The re-check of a claim: each reason, for each class, in a fixed order; and waits that are long enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.rules.budgets import Campaign, History, Part
from bot.rules.calendars import MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, Calendar
from bot.rules.eligibility import LOOK_AGAIN, Expire, Facts, Reason, Send, Suppress, Verdict, Wait, verdict
from bot.rules.hours import HOURS
from db.models import NoticeClass

BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")

NOON = datetime(2027, 6, 8, 10, 0, tzinfo=UTC)
"""A Tuesday in Berlin, at noon."""


def hours_later(n: float) -> datetime:
    """So many hours after noon."""
    return NOON + timedelta(hours=n)


def sent(*days_ago: int, part: Part = Part.OTHER) -> History:
    """Campaign messages of so many days ago, each answered since."""
    return History(tuple(Campaign(NOON - timedelta(days=n), part) for n in days_ago), returned_at=NOON)


FADED = replace(sent(20, 30), returned_at=None)
WAVE_SPENT = replace(sent(8, 16, 24, 32), wave_opened_at=NOON - timedelta(days=40))
# What is the case; then what becomes of a campaign message, of one that is owed, of a duty.
CASES: list[tuple[dict[str, Any], Verdict, Verdict, Verdict]] = [
    ({}, Send(), Send(), Send()),
    ({"is_active": False}, *[Suppress(Reason.INACTIVE)] * 3),
    ({"is_member": False}, *[Suppress(Reason.NOT_A_MEMBER)] * 3),
    ({"not_after": NOON}, Expire(Reason.TOO_LATE), Expire(Reason.TOO_LATE), Send()),
    ({"is_erased": True}, *[Suppress(Reason.ANSWERED)] * 3),
    ({"is_stopped": True}, Suppress(Reason.STOPPED), Suppress(Reason.STOPPED), Send()),
    ({"is_taken_off": True}, Suppress(Reason.TAKEN_OFF), Suppress(Reason.TAKEN_OFF), Send()),
    ({"is_answered": True}, *[Suppress(Reason.ANSWERED)] * 3),
    ({"history": FADED}, Suppress(Reason.FADED), Send(), Send()),
    ({"history": WAVE_SPENT}, Suppress(Reason.WAVE_SPENT), Send(), Send()),
    ({"is_halted": True}, *[Wait(NOON + LOOK_AGAIN, Reason.HALTED)] * 3),
    ({"is_installed": False}, *[Wait(NOON + LOOK_AGAIN, Reason.WORKSPACE_OFF)] * 3),
    (
        {"paused_until": date(2027, 6, 10)},
        Wait(hours_later(46), Reason.PAUSED),
        Wait(hours_later(45), Reason.PAUSED),
        Send(),
    ),
    (
        {"on": date(2027, 6, 10)},
        Wait(hours_later(46), Reason.TOO_EARLY),
        Wait(hours_later(45), Reason.TOO_EARLY),
        Wait(hours_later(45), Reason.TOO_EARLY),
    ),
    (
        {"undisturbed_until": hours_later(1)},
        *[Wait(hours_later(1), Reason.DO_NOT_DISTURB)] * 3,
    ),
    ({"history": sent(1, 6)}, Wait(hours_later(24), Reason.WEEK_SPENT), Send(), Send()),
    ({"last_duty_at": hours_later(-2)}, Send(), Send(), Wait(hours_later(21), Reason.DUTY_TODAY)),
    ({"last_duty_at": hours_later(-24)}, Send(), Send(), Send()),
    ({"paced_until": hours_later(0.001)}, *[Wait(hours_later(0.001), Reason.PACE)] * 3),
]

PAIRS = [(one, other) for (one, *_), (other, *_) in combinations(CASES, 2) if one.keys().isdisjoint(other)]


def reason_of(facts: Facts) -> Reason | None:
    """Why it does not go out at noon; None when it does."""
    return getattr(verdict(facts, NOON), "reason", None)


@pytest.mark.parametrize(("case", "campaign", "owed", "duty"), CASES, ids=lambda case: str(case)[:60])
def test_each_class_heeds_what_concerns_it(
    case: dict[str, Any], campaign: Verdict, owed: Verdict, duty: Verdict
) -> None:
    found = [verdict(Facts(c, BERLIN, HOURS[c], **case), NOON) for c in NoticeClass]

    assert found == [campaign, owed, duty]


@pytest.mark.parametrize("notice_class", NoticeClass)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_of_two_reasons_the_first_in_the_order_is_named(
    notice_class: NoticeClass, one: dict[str, Any], other: dict[str, Any]
) -> None:
    facts = Facts(notice_class, BERLIN, HOURS[notice_class])

    alone = [reason_of(replace(facts, **case)) for case in (one, other)]

    first = min(filter(None, alone), key=list(Reason).index, default=None)
    assert reason_of(replace(facts, **one, **other)) is first


def test_it_waits_for_the_hour_of_its_class_in_the_place_where_the_person_is_now() -> None:
    facts = Facts(NoticeClass.CAMPAIGN, BERLIN, HOURS[NoticeClass.CAMPAIGN])

    assert verdict(facts, hours_later(-5)) == Wait(datetime(2027, 6, 8, 8, 0, tzinfo=UTC), Reason.QUIET_HOURS)
    assert verdict(replace(facts, calendar=RIYADH), hours_later(3)) == Wait(
        datetime(2027, 6, 9, 7, 0, tzinfo=UTC), Reason.QUIET_HOURS
    )


def test_a_date_is_that_of_the_place_where_the_person_is_when_it_goes_out() -> None:
    tomorrow = Facts(NoticeClass.DUTY, BERLIN, HOURS[NoticeClass.DUTY], on=date(2027, 6, 9))
    new_zealand = replace(BERLIN, zone=ZoneInfo("Pacific/Auckland"), country="NZ")

    assert verdict(tomorrow, hours_later(11.5)) == Wait(hours_later(21), Reason.TOO_EARLY)
    assert verdict(replace(tomorrow, calendar=new_zealand), hours_later(11.5)) == Send()


def test_what_cannot_go_out_in_time_expires_for_what_held_it_back() -> None:
    facts = Facts(NoticeClass.OWED, BERLIN, HOURS[NoticeClass.OWED], not_after=hours_later(30))

    assert verdict(replace(facts, paused_until=date(2027, 6, 20)), NOON) == Expire(Reason.PAUSED)
    assert verdict(replace(facts, paused_until=date(2027, 6, 9)), NOON) == Wait(
        hours_later(21), Reason.PAUSED
    )

    edge = replace(facts, not_after=hours_later(24), undisturbed_until=hours_later(24))
    assert verdict(edge, NOON) == Expire(Reason.DO_NOT_DISTURB)


@pytest.mark.parametrize("held", [{"is_halted": True}, {"is_installed": False}])
def test_what_expires_names_the_persons_own_reason_first_and_what_waits_does_not(
    held: dict[str, Any],
) -> None:
    facts = Facts(NoticeClass.OWED, BERLIN, HOURS[NoticeClass.OWED], not_after=hours_later(30), **held)
    quiet = replace(facts, paused_until=date(2027, 6, 20))
    known = reason_of(facts)

    assert verdict(quiet, NOON) == Expire(Reason.PAUSED)
    assert known is not None
    assert not known.is_private
    assert reason_of(replace(quiet, not_after=None)) is known


def test_a_stop_switch_that_is_lifted_lets_out_only_what_is_still_in_time() -> None:
    halted = Facts(
        NoticeClass.CAMPAIGN, BERLIN, HOURS[NoticeClass.CAMPAIGN], is_halted=True, not_after=hours_later(2)
    )

    assert verdict(halted, NOON) == Wait(NOON + LOOK_AGAIN, Reason.HALTED)
    assert verdict(replace(halted, is_halted=False), hours_later(1)) == Send()
    assert verdict(replace(halted, is_halted=False), hours_later(2)) == Expire(Reason.TOO_LATE)


def test_a_row_tells_of_nobodys_own_doing_what_it_need_not() -> None:
    stopped_and_gone = Facts(
        NoticeClass.CAMPAIGN, BERLIN, HOURS[NoticeClass.CAMPAIGN], is_active=False, is_stopped=True
    )

    assert verdict(stopped_and_gone, NOON) == Suppress(Reason.INACTIVE)
    assert not any(r.is_private for r in (Reason.INACTIVE, Reason.TAKEN_OFF))
    assert all(r.is_private for r in (Reason.STOPPED, Reason.PAUSED, Reason.FADED, Reason.ANSWERED))


MOMENTS = st.integers(-60 * 24 * 40, 60 * 24 * 40).map(lambda n: NOON + timedelta(minutes=n))
DATES = st.dates(date(2027, 5, 1), date(2027, 8, 1))
HISTORIES = st.builds(
    History,
    st.lists(st.builds(Campaign, MOMENTS, st.sampled_from(Part)), max_size=6).map(tuple),
    st.none() | MOMENTS,
    st.none() | MOMENTS,
    st.booleans(),
)
EVERYTHING = st.sampled_from(NoticeClass).flatmap(
    lambda c: st.builds(
        Facts,
        notice_class=st.just(c),
        calendar=st.sampled_from([BERLIN, RIYADH]),
        hours=st.just(HOURS[c]),
        history=HISTORIES,
        is_halted=st.booleans(),
        is_installed=st.booleans(),
        is_stopped=st.booleans(),
        is_taken_off=st.booleans(),
        paused_until=st.none() | DATES,
        on=st.none() | DATES,
        not_after=st.none() | MOMENTS,
        undisturbed_until=st.none() | MOMENTS,
        last_duty_at=st.none() | MOMENTS,
        paced_until=st.none() | MOMENTS,
    )
)


@settings(deadline=None)
@given(EVERYTHING, MOMENTS)
def test_what_has_waited_may_go_out_then(facts: Facts, now: datetime) -> None:
    found = verdict(facts, now)
    assume(isinstance(found, Wait))
    assert isinstance(found, Wait)

    assert found.until > now
    assert found.reason in list(Reason)[list(Reason).index(Reason.HALTED) :]
    lifted = replace(facts, is_halted=False, is_installed=True)
    if found.reason not in (Reason.HALTED, Reason.WORKSPACE_OFF):
        assert verdict(lifted, found.until) == Send()


@settings(deadline=None)
@given(EVERYTHING, MOMENTS)
def test_what_has_ended_never_comes_back(facts: Facts, now: datetime) -> None:
    found = verdict(facts, now)
    assume(isinstance(found, Suppress | Expire))

    assert isinstance(verdict(facts, now + timedelta(days=1)), Suppress | Expire)


@settings(deadline=None)
@given(EVERYTHING, MOMENTS)
def test_a_duty_to_somebody_who_is_there_is_never_dropped(facts: Facts, now: datetime) -> None:
    duty = replace(facts, notice_class=NoticeClass.DUTY, hours=HOURS[NoticeClass.DUTY])

    assert isinstance(verdict(duty, now), Send | Wait)


@settings(deadline=None)
@given(EVERYTHING, MOMENTS)
def test_after_stop_only_a_duty_goes_out(facts: Facts, now: datetime) -> None:
    stopped = replace(facts, is_stopped=True)

    assert verdict(stopped, now) != Send() or facts.notice_class is NoticeClass.DUTY
