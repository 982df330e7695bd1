"""An audience: whom an owner means with a wave, by segment, by team, as executives or one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.calendars import Calendar, calendar_for
from bot.rules.hours import campaign_hours
from bot.rules.schedule import Due
from bot.rules.waves import Candidate, LeftOut, Roll, Wave, invitation, left_out, offered_from, roll
from db.models import Person
from db.models.programmes import Listing, Programme
from db.models.waves import Member, StoredWave


class Meant(StrEnum):
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
    chosen_out: frozenset[str] = frozenset()


def meant_as(person: Person, listing: Listing | None, audience: Audience) -> Meant | None:
    """As what this person is meant; None for whom the owner does not mean."""
    found = None
    if listing is not None and listing.segment in audience.segments:
        found = Meant.SEGMENT
    elif listing is not None and listing.works_in in audience.teams:
        found = Meant.TEAM
    elif person.user_id in audience.executives:
        found = Meant.EXECUTIVES
    elif person.user_id in audience.chosen:
        found = Meant.CHOSEN
    return found


def candidate(person: Person, listing: Listing | None, audience: Audience) -> Candidate:
    """Somebody of the workspace, seen with this wave in mind.

    An owner who means a whole segment hears of people without any, for they may have been forgotten.
    """
    segment = listing.segment if listing is not None else None
    is_chosen_out = person.user_id in audience.chosen_out
    meant = is_chosen_out or meant_as(person, listing, audience) is not None
    if audience.segments and not meant:
        without = left_out(Candidate(person, segment))
        meant = without in (LeftOut.NO_SEGMENT, LeftOut.GUEST) and segment is None
    return Candidate(person, segment, meant, is_chosen_out)


@dataclass(frozen=True)
class Ground:
    """Slack's directory and the employee list of a workspace when a wave is looked at, and the people it means."""

    programme: Programme
    audience: Audience
    everybody: Mapping[str, Person]
    listed: Mapping[str, Listing]

    def calendar_of(self, person: Person) -> Calendar:
        """The calendar this person lives by."""
        return calendar_for(person, self.listed.get(person.user_id), self.programme)

    def segment_of(self, user: str) -> str | None:
        """Return the segment on the employee list, if it names one."""
        listing = self.listed.get(user)
        return listing.segment if listing else None

    def team_of(self, user: str) -> str:
        """The team on the people list; nothing when none is known."""
        listing = self.listed.get(user)
        return (listing and listing.works_in) or ""


def audience_of(wave: StoredWave, members: Collection[Member], executives: frozenset[str]) -> Audience:
    """Whom the owner means with this wave."""
    return Audience(
        frozenset(wave.segments.split()),
        frozenset(wave.teams.splitlines()),
        executives if wave.executives else frozenset(),
        frozenset(m.member for m in members if m.part == "chosen" and m.member),
        frozenset(m.member for m in members if m.part == "chosen_out" and m.member),
    )


def span_of(wave: StoredWave) -> Wave:
    """When the wave is open."""
    return Wave(wave.id, wave.opens_on, wave.closes_on)


def roll_of(ground: Ground) -> Roll:
    """What an owner may know of who would be invited."""
    return roll(
        candidate(person, ground.listed.get(user), ground.audience)
        for user, person in ground.everybody.items()
    )


@dataclass(frozen=True)
class When:
    """When somebody is invited, by which calendar: it depends on their zone, week, country and first day alone."""

    calendar: Calendar
    due: Due | None
    """None when the wave closes before the invitation may come."""
    joins_on: date | None
    """The day on which somebody who joined lately is offered the wave; None for everybody else."""


def times_of(wave: StoredWave, people: Iterable[Person], ground: Ground) -> Iterator[tuple[Person, When]]:
    """When each of these people is invited; found out once for all those who live by the same calendar."""
    found: dict[object, When] = {}
    for person in people:
        listing = ground.listed.get(person.user_id)
        alike = (person.tz, listing and (listing.starts_on, listing.week, listing.country))
        when = found.get(alike)
        if when is None:
            when = found[alike] = _when(wave, person, ground)
        yield person, when


def _when(wave: StoredWave, person: Person, ground: Ground) -> When:
    span, calendar, hours = span_of(wave), ground.calendar_of(person), campaign_hours(ground.programme)
    listing = ground.listed.get(person.user_id)
    starts_on = listing.starts_on if listing else None
    first = offered_from(span, starts_on, calendar)
    due = invitation(span, starts_on, calendar, hours)
    return When(calendar, due, first if first > wave.opens_on else None)
