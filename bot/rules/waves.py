"""A wave: how long it is open, who may be invited, who is left out and why, and when it must be paused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, is_working_day, working_days_after
from bot.rules.hours import Hours, next_decent
from bot.rules.schedule import Due, Kind, due
from db.models import Person

LONGEST = 30
"""How many working days a wave may be open, its first day among them."""

JOINER_DAY = 10
"""On which working day of theirs somebody who joins is offered the wave."""

FEWEST_SHOWN = 5
"""The smallest number of people that anybody is told."""

_OPT_OUTS = 5
_OPT_OUTS_PER_HUNDRED = 5


@dataclass(frozen=True)
class Wave:
    """When a wave is open, both days included; in each place by the date there."""

    id: str
    opens_on: date
    closes_on: date


def latest_close(opens_on: date, calendar: Calendar) -> date:
    """The last day on which a wave that opens then may be open, by the programme's own calendar."""
    return working_days_after(opens_on - timedelta(days=1), LONGEST, calendar)


def is_open(wave: Wave, day: date) -> bool:
    """Whether the wave is open on this local date."""
    return wave.opens_on <= day <= wave.closes_on


def announced_on(opens_on: date, calendar: Calendar) -> date:
    """The working day before a wave opens."""
    day = opens_on - timedelta(days=1)
    while not is_working_day(day, calendar):
        day -= timedelta(days=1)
    return day


def announced_between(opens_on: date, calendar: Calendar, hours: Hours) -> tuple[datetime, datetime]:
    """From when on it may be announced in a channel, and until when: not after the invitations have begun to come."""
    day = announced_on(opens_on, calendar)
    return calendar.moment_of(day, hours.begin), calendar.moment_of(opens_on, hours.begin)


def will_be_announced_on(opens_on: date, now: datetime, calendar: Calendar, hours: Hours) -> date | None:
    """On which day it is announced, when the wave is started now; none when no decent hour is left for it."""
    from_then, until = announced_between(opens_on, calendar, hours)
    at = next_decent(max(now, from_then), calendar, hours).at
    return calendar.date_of(at) if at < until else None


def offered_from(wave: Wave, starts_on: date | None, calendar: Calendar) -> date:
    """From which day on somebody is offered the wave: its first, for joiners their tenth working day."""
    tenth = starts_on and working_days_after(starts_on - timedelta(days=1), JOINER_DAY, calendar)
    return max(wave.opens_on, tenth or wave.opens_on)


def invitation(wave: Wave, starts_on: date | None, calendar: Calendar, hours: Hours) -> Due | None:
    """Somebody's invitation: when the wave opens, for joiners not before their tenth working day.

    None for whom the wave closes before that. Somebody's first day counts, when they work on it.
    """
    first = offered_from(wave, starts_on, calendar)
    return due(Kind.INVITATION, wave.id, (first, wave.closes_on), calendar=calendar, hours=hours)


class LeftOut(StrEnum):
    """Why somebody is not invited, as far as Slack or the owner knows it already. The values are stored."""

    BOT = "bot"
    STRANGER = "stranger"
    DEACTIVATED = "deactivated"
    GUEST = "guest"
    CHOSEN_OUT = "chosen_out"
    NO_SEGMENT = "no_segment"


@dataclass(frozen=True)
class Candidate:
    """Somebody of the workspace, their segment on the employee list, and whether the owner means them.

    Nothing here follows from what a person said or did: a list made of candidates tells nobody of it.
    """

    person: Person
    segment: str | None
    is_meant: bool = True
    is_chosen_out: bool = False


@dataclass(frozen=True)
class Roll:
    """Everybody who would be invited, and everybody left out with a reason that Slack or the owner knows.

    People who get no messages by their own choice are listed like everybody else: if they were missing, anybody
    could work out who they are.
    """

    listed: tuple[Person, ...]
    left_out: tuple[tuple[Person, LeftOut], ...]


def left_out(candidate: Candidate) -> LeftOut | None:
    """Return why somebody is not invited; None when they are."""
    person, found = candidate.person, None
    # The first that holds; asked of a hundred thousand people at a time, so nothing is built for it.
    if person.is_bot:
        found = LeftOut.BOT
    elif person.is_stranger:
        found = LeftOut.STRANGER
    elif person.deleted:
        found = LeftOut.DEACTIVATED
    elif person.is_guest:
        found = LeftOut.GUEST
    elif candidate.is_chosen_out:
        found = LeftOut.CHOSEN_OUT
    elif candidate.segment is None:
        found = LeftOut.NO_SEGMENT
    return found


def roll(candidates: Iterable[Candidate]) -> Roll:
    """The roll of a wave, of everybody in the workspace, in the order in which they come."""
    judged = [(c, left_out(c)) for c in candidates if c.is_meant]
    return Roll(
        tuple(c.person for c, reason in judged if reason is None),
        tuple((c.person, reason) for c, reason in judged if reason is not None),
    )


def must_pause(opt_outs: int, sent: int) -> bool:
    """Return whether all sending pauses by itself: five opt-outs or more in seven days, and over 5 per 100 sent."""
    return opt_outs >= _OPT_OUTS and opt_outs * 100 > _OPT_OUTS_PER_HUNDRED * sent
