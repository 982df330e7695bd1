"""The audience of a wave: by segment, team, as executives or by name, and who is excluded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from bot.rules.audiences import (
    Audience,
    AudienceContext,
    AudienceReason,
    audience_reason,
    build_candidate,
    invitation_times,
)
from bot.rules.waves import ExclusionReason, exclusion_reason
from db.models import Person
from db.models.programmes import EmployeeRecord, Programme
from db.models.waves import StoredWave

NOW = datetime(2027, 1, 1, tzinfo=UTC)
MAYA = Person("T0", "U0MAYA", "maya", "Maya", NOW, segment="gtm")
ROUTES = EmployeeRecord("T0", "U0MAYA", "Routes", None, None, None, NOW, "tech")


@pytest.mark.parametrize(
    ("audience", "meant"),
    [
        (Audience(), None),
        (Audience(segments=frozenset({"gtm"})), None),
        (Audience(segments=frozenset({"tech"}), teams=frozenset({"Routes"})), AudienceReason.SEGMENT),
        (Audience(teams=frozenset({"Routes"}), chosen=frozenset({"U0MAYA"})), AudienceReason.TEAM),
        (Audience(executives=frozenset({"U0MAYA"})), AudienceReason.EXECUTIVES),
        (Audience(chosen=frozenset({"U0MAYA"})), AudienceReason.CHOSEN),
    ],
)
def test_reason_is_the_first_that_holds(audience: Audience, meant: AudienceReason | None) -> None:
    assert audience_reason(MAYA, ROUTES, audience) is meant
    assert build_candidate(MAYA, ROUTES, audience).is_meant is (meant is not None)


def test_somebody_without_a_team_belongs_to_no_team() -> None:
    assert audience_reason(MAYA, None, Audience(teams=frozenset({"Routes"}))) is None


def test_somebody_excluded_by_the_owner_is_left_out_whatever_else_they_are() -> None:
    audience = Audience(segments=frozenset({"tech"}), excluded=frozenset({"U0MAYA"}))

    assert exclusion_reason(build_candidate(MAYA, ROUTES, audience)) is ExclusionReason.EXCLUDED_BY_OWNER


def test_owner_who_invites_a_segment_sees_people_without_any() -> None:
    bot, nowhere = replace(MAYA, is_bot=True), replace(ROUTES, segment=None)
    tech, team = Audience(segments=frozenset({"tech"})), Audience(teams=frozenset({"Sales"}))

    for listing in (None, nowhere):
        assert build_candidate(MAYA, listing, tech).is_meant
        assert exclusion_reason(build_candidate(MAYA, listing, tech)) is ExclusionReason.NO_SEGMENT
        assert not build_candidate(MAYA, listing, team).is_meant
        assert not build_candidate(bot, listing, tech).is_meant


def test_people_who_share_a_calendar_are_invited_at_the_same_time_as_each_alone() -> None:
    opens_on = date(2027, 1, 12)
    wave = StoredWave("T0", "w1", "Spring", opens_on, opens_on + timedelta(days=40), "", NOW)
    zones = ("Europe/Berlin", "Asia/Riyadh", "Australia/Lord_Howe", None)
    weeks, starts = (
        ("sun mon tue wed thu", None),
        (None, date(2026, 12, 30), date(2027, 1, 11), date(2027, 6, 1)),
    )
    everybody, listed = {}, {}
    for n, (zone, week, starts_on) in enumerate(3 * tuple(product(zones, weeks, starts))):
        everybody[f"U{n}"] = replace(MAYA, user_id=f"U{n}", tz=zone)
        listed[f"U{n}"] = EmployeeRecord("T0", f"U{n}", None, starts_on, "SA" if n % 3 else None, week, NOW)
    programme = Programme("T0", "Qamar Labs", NOW, tz="Europe/Berlin", country="DE")
    ground = AudienceContext(programme, Audience(), everybody, listed)

    together = dict(invitation_times(wave, everybody.values(), ground))

    assert together == {
        person: when for one in everybody.values() for person, when in invitation_times(wave, [one], ground)
    }
    assert {when.offered_on is None for when in together.values()} == {True, False}
    assert {when.due is None for when in together.values()} == {True, False}
