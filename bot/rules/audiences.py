"""Audiences: the people an owner invites with a wave, by segment, by team, as executives or by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.calendars import Calendar, person_calendar
from bot.rules.hours import campaign_hours
from bot.rules.reminder_schedule import ScheduledNotice
from bot.rules.waves import (
    ExclusionReason,
    InvitationList,
    WaveCandidate,
    WavePeriod,
    build_invitation_list,
    exclusion_reason,
    first_offer_date,
    schedule_invitation,
)
from db.models import Person
from db.models.programmes import EmployeeRecord, Programme
from db.models.waves import StoredWave, WaveMember


class AudienceReason(StrEnum):
    """Why somebody belongs to an audience, as they read it in the message."""

    SEGMENT = "segment"
    TEAM = "team"
    EXECUTIVES = "executives"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class Audience:
    """The people an owner invites, and those the owner excludes."""

    segments: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    executives: frozenset[str] = frozenset()
    """The IDs of the executives, if the owner means executives."""
    chosen: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


def audience_reason(
    person: Person, listing: EmployeeRecord | None, audience: Audience
) -> AudienceReason | None:
    """Return why this person belongs to the audience; None when they don't."""
    found = None
    if listing is not None and listing.segment in audience.segments:
        found = AudienceReason.SEGMENT
    elif listing is not None and listing.works_in in audience.teams:
        found = AudienceReason.TEAM
    elif person.user_id in audience.executives:
        found = AudienceReason.EXECUTIVES
    elif person.user_id in audience.chosen:
        found = AudienceReason.CHOSEN
    return found


def build_candidate(person: Person, listing: EmployeeRecord | None, audience: Audience) -> WaveCandidate:
    """Return the person as a candidate for this wave.

    An owner who means a whole segment also sees people without any segment, who may have been overlooked.
    """
    segment = listing.segment if listing is not None else None
    is_excluded = person.user_id in audience.excluded
    is_meant = is_excluded or audience_reason(person, listing, audience) is not None
    if audience.segments and not is_meant:
        excluded_for = exclusion_reason(WaveCandidate(person, segment))
        is_meant = excluded_for in (ExclusionReason.NO_SEGMENT, ExclusionReason.GUEST) and segment is None
    return WaveCandidate(person, segment, is_meant, is_excluded)


@dataclass(frozen=True)
class AudienceContext:
    """The directory and employee list of a workspace at one moment, and the audience of a wave."""

    programme: Programme
    audience: Audience
    people: Mapping[str, Person]
    listings: Mapping[str, EmployeeRecord]

    def calendar_of(self, person: Person) -> Calendar:
        """Return the calendar this person lives by."""
        return person_calendar(person, self.listings.get(person.user_id), self.programme)

    def segment_of(self, user: str) -> str | None:
        """Return the segment on the employee list, if it names one."""
        listing = self.listings.get(user)
        return listing.segment if listing else None

    def team_of(self, user: str) -> str:
        """Return the team on the employee list; an empty string when it names none."""
        listing = self.listings.get(user)
        return (listing and listing.works_in) or ""


def wave_audience(wave: StoredWave, members: Collection[WaveMember], executives: frozenset[str]) -> Audience:
    """Return the audience that the owner means with this wave."""
    return Audience(
        frozenset(wave.segments.split()),
        frozenset(wave.teams.splitlines()),
        executives if wave.executives else frozenset(),
        frozenset(m.member for m in members if m.part == "chosen" and m.member),
        frozenset(m.member for m in members if m.part == "chosen_out" and m.member),
    )


def wave_period(wave: StoredWave) -> WavePeriod:
    """Return the period in which the wave is open."""
    return WavePeriod(wave.id, wave.opens_on, wave.closes_on)


def audience_invitation_list(context: AudienceContext) -> InvitationList:
    """Return what an owner may know about who would be invited."""
    return build_invitation_list(
        build_candidate(person, context.listings.get(user), context.audience)
        for user, person in context.people.items()
    )


@dataclass(frozen=True)
class InvitationTime:
    """When somebody is invited: it depends only on their time zone, week, country and first day at work."""

    calendar: Calendar
    due: ScheduledNotice | None
    """None when the wave closes before the invitation may come."""
    offered_on: date | None
    """The day on which a recent joiner is offered the wave; None for everybody else."""


def invitation_times(
    wave: StoredWave, people: Iterable[Person], context: AudienceContext
) -> Iterator[tuple[Person, InvitationTime]]:
    """Yield when each of these people is invited; computed once for all who share a calendar."""
    computed: dict[object, InvitationTime] = {}
    for person in people:
        listing = context.listings.get(person.user_id)
        key = (person.tz, listing and (listing.starts_on, listing.week, listing.country))
        when = computed.get(key)
        if when is None:
            when = computed[key] = _invitation_time(wave, person, context)
        yield person, when


def _invitation_time(wave: StoredWave, person: Person, context: AudienceContext) -> InvitationTime:
    period, calendar, hours = (
        wave_period(wave),
        context.calendar_of(person),
        campaign_hours(context.programme),
    )
    listing = context.listings.get(person.user_id)
    starts_on = listing.starts_on if listing else None
    first = first_offer_date(period, starts_on, calendar)
    due = schedule_invitation(period, starts_on, calendar, hours)
    return InvitationTime(calendar, due, first if first > wave.opens_on else None)
