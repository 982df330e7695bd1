"""Waves: how long one is open, who may be invited, who is excluded and why, and when sending must halt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, is_working_day, nth_working_day_after
from bot.rules.hours import AllowedHours, find_allowed_slot
from bot.rules.reminder_schedule import ScheduledKind, ScheduledNotice, schedule_notice_in_window
from db.models import Person

MAX_WORKING_DAYS = 30
"""The number of working days for which a wave may be open, including its first."""

JOINER_OFFER_DAY = 10
"""The working day, counted from their first, on which a joiner is offered the wave."""

SMALLEST_SHOWN_GROUP = 5
"""The smallest number of people that anybody is shown."""

_MIN_OPT_OUTS = 5
_MAX_OPT_OUTS_PER_HUNDRED = 5


@dataclass(frozen=True)
class WavePeriod:
    """The period in which a wave is open, both days included, by the local date in each place."""

    id: str
    opens_on: date
    closes_on: date


def latest_closing_date(opens_on: date, calendar: Calendar) -> date:
    """Return the last day on which a wave that opens then may be open, by the programme's calendar."""
    return nth_working_day_after(opens_on - timedelta(days=1), MAX_WORKING_DAYS, calendar)


def announcement_date(opens_on: date, calendar: Calendar) -> date:
    """Return the working day before a wave opens."""
    day = opens_on - timedelta(days=1)
    while not is_working_day(day, calendar):
        day -= timedelta(days=1)
    return day


def announcement_window(opens_on: date, calendar: Calendar, hours: AllowedHours) -> tuple[datetime, datetime]:
    """Return from and until when a wave may be announced in a channel: before the first invitations."""
    day = announcement_date(opens_on, calendar)
    return calendar.to_utc(day, hours.begin), calendar.to_utc(opens_on, hours.begin)


def planned_announcement_date(
    opens_on: date, now: datetime, calendar: Calendar, hours: AllowedHours
) -> date | None:
    """Return the day of the announcement if the wave is started now; None when no allowed hour is left."""
    not_before, not_after = announcement_window(opens_on, calendar, hours)
    at = find_allowed_slot(max(now, not_before), calendar, hours).starts_at
    return calendar.local_date(at) if at < not_after else None


def first_offer_date(wave: WavePeriod, starts_on: date | None, calendar: Calendar) -> date:
    """Return the day from which somebody is offered the wave: its first, for joiners their tenth working day."""
    tenth = starts_on and nth_working_day_after(starts_on - timedelta(days=1), JOINER_OFFER_DAY, calendar)
    return max(wave.opens_on, tenth or wave.opens_on)


def schedule_invitation(
    wave: WavePeriod, starts_on: date | None, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """Schedule an invitation: when the wave opens, for joiners not before their tenth working day.

    None when the wave closes before that. A joiner's first day counts if it's a working day.
    """
    first = first_offer_date(wave, starts_on, calendar)
    return schedule_notice_in_window(
        ScheduledKind.INVITATION, wave.id, (first, wave.closes_on), calendar=calendar, hours=hours
    )


class ExclusionReason(StrEnum):
    """Why somebody isn't invited, as far as Slack or the owner knows it already. The values are stored."""

    BOT = "bot"
    STRANGER = "stranger"
    DEACTIVATED = "deactivated"
    GUEST = "guest"
    EXCLUDED_BY_OWNER = "chosen_out"
    NO_SEGMENT = "no_segment"


@dataclass(frozen=True)
class WaveCandidate:
    """Somebody in the workspace, their segment on the employee list, and whether the owner means them.

    Nothing here depends on what a person said or did: so a list of candidates can't reveal it.
    """

    person: Person
    segment: str | None
    is_meant: bool = True
    is_excluded_by_owner: bool = False


@dataclass(frozen=True)
class InvitationList:
    """Everybody who would be invited, and everybody left out with a reason that Slack or the owner knows.

    People who get no messages by their own choice are listed like everybody else: if they were missing, anybody
    could work out who they are.
    """

    invitees: tuple[Person, ...]
    excluded: tuple[tuple[Person, ExclusionReason], ...]


def exclusion_reason(candidate: WaveCandidate) -> ExclusionReason | None:
    """Return why somebody isn't invited; None when they are."""
    person, found = candidate.person, None
    # The first that holds; called for a hundred thousand people at a time, so nothing is allocated.
    if person.is_bot:
        found = ExclusionReason.BOT
    elif person.is_stranger:
        found = ExclusionReason.STRANGER
    elif person.deleted:
        found = ExclusionReason.DEACTIVATED
    elif person.is_guest:
        found = ExclusionReason.GUEST
    elif candidate.is_excluded_by_owner:
        found = ExclusionReason.EXCLUDED_BY_OWNER
    elif candidate.segment is None:
        found = ExclusionReason.NO_SEGMENT
    return found


def build_invitation_list(candidates: Iterable[WaveCandidate]) -> InvitationList:
    """Build a wave's invitation list from everybody in the workspace, in the given order."""
    judged = [(c, exclusion_reason(c)) for c in candidates if c.is_meant]
    return InvitationList(
        tuple(c.person for c, reason in judged if reason is None),
        tuple((c.person, reason) for c, reason in judged if reason is not None),
    )


def must_halt(opt_outs: int, sent: int) -> bool:
    """Return whether all sending halts by itself: five opt-outs or more in seven days, and over 5 per 100 sent."""
    return opt_outs >= _MIN_OPT_OUTS and opt_outs * 100 > _MAX_OPT_OUTS_PER_HUNDRED * sent
