"""An audience: whom an owner means with a wave, by segment, by team, as executives or one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.calendars import Calendar, calendar_for
from bot.rules.hours import campaign_hours
from bot.rules.schedule import ScheduledNotice
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
    """As what somebody is meant: in these words they read why the message came to them."""

    SEGMENT = "segment"
    TEAM = "team"
    EXECUTIVES = "executives"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class Audience:
    """Whom an owner means, and whom not."""

    segments: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    executives: frozenset[str] = frozenset()
    """The ids of the executives, when they are meant as such."""
    chosen: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


def audience_reason(
    person: Person, listing: EmployeeRecord | None, audience: Audience
) -> AudienceReason | None:
    """As what this person is meant; None for whom the owner does not mean."""
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
    """Somebody of the workspace, seen with this wave in mind.

    An owner who means a whole segment hears of people without any, for they may have been forgotten.
    """
    segment = listing.segment if listing is not None else None
    is_chosen_out = person.user_id in audience.excluded
    meant = is_chosen_out or audience_reason(person, listing, audience) is not None
    if audience.segments and not meant:
        without = exclusion_reason(WaveCandidate(person, segment))
        meant = without in (ExclusionReason.NO_SEGMENT, ExclusionReason.GUEST) and segment is None
    return WaveCandidate(person, segment, meant, is_chosen_out)


@dataclass(frozen=True)
class AudienceContext:
    """Slack's directory and the employee list of a workspace when a wave is looked at, and the people it means."""

    programme: Programme
    audience: Audience
    people: Mapping[str, Person]
    listings: Mapping[str, EmployeeRecord]

    def calendar_of(self, person: Person) -> Calendar:
        """The calendar this person lives by."""
        return calendar_for(person, self.listings.get(person.user_id), self.programme)

    def segment_of(self, user: str) -> str | None:
        """Return the segment on the employee list, if it names one."""
        listing = self.listings.get(user)
        return listing.segment if listing else None

    def team_of(self, user: str) -> str:
        """The team on the people list; nothing when none is known."""
        listing = self.listings.get(user)
        return (listing and listing.works_in) or ""


def wave_audience(wave: StoredWave, members: Collection[WaveMember], executives: frozenset[str]) -> Audience:
    """Whom the owner means with this wave."""
    return Audience(
        frozenset(wave.segments.split()),
        frozenset(wave.teams.splitlines()),
        executives if wave.executives else frozenset(),
        frozenset(m.member for m in members if m.part == "chosen" and m.member),
        frozenset(m.member for m in members if m.part == "chosen_out" and m.member),
    )


def wave_period(wave: StoredWave) -> WavePeriod:
    """When the wave is open."""
    return WavePeriod(wave.id, wave.opens_on, wave.closes_on)


def audience_invitation_list(context: AudienceContext) -> InvitationList:
    """What an owner may know of who would be invited."""
    return build_invitation_list(
        build_candidate(person, context.listings.get(user), context.audience)
        for user, person in context.people.items()
    )


@dataclass(frozen=True)
class InvitationTime:
    """When somebody is invited, by which calendar: it depends on their zone, week, country and first day alone."""

    calendar: Calendar
    due: ScheduledNotice | None
    """None when the wave closes before the invitation may come."""
    offered_on: date | None
    """The day on which somebody who joined lately is offered the wave; None for everybody else."""


def invitation_times(
    wave: StoredWave, people: Iterable[Person], context: AudienceContext
) -> Iterator[tuple[Person, InvitationTime]]:
    """When each of these people is invited; found out once for all those who live by the same calendar."""
    found: dict[object, InvitationTime] = {}
    for person in people:
        listing = context.listings.get(person.user_id)
        alike = (person.tz, listing and (listing.starts_on, listing.week, listing.country))
        when = found.get(alike)
        if when is None:
            when = found[alike] = _invitation_time(wave, person, context)
        yield person, when


def _invitation_time(wave: StoredWave, person: Person, context: AudienceContext) -> InvitationTime:
    span, calendar, hours = wave_period(wave), context.calendar_of(person), campaign_hours(context.programme)
    listing = context.listings.get(person.user_id)
    starts_on = listing.starts_on if listing else None
    first = first_offer_date(span, starts_on, calendar)
    due = schedule_invitation(span, starts_on, calendar, hours)
    return InvitationTime(calendar, due, first if first > wave.opens_on else None)
