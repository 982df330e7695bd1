"""Snoozing a proactive message: an invitation, the reminder of a paused draft, the question whether it landed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DraftNotFoundError, InvalidDateError, SnoozePastEndError, WaveNotFoundError
from bot.notices.invitations import INVITATION, REMINDER, SNOOZED_INVITATION, planned_wave_notice
from bot.notices.landed import LANDED_KIND
from bot.notices.paused import PAUSED_KIND
from bot.rules.calendars import Calendar
from bot.rules.hours import DEFAULT_HOURS
from bot.rules.reminder_schedule import (
    NoticeSnoozed,
    ScheduledNotice,
    SnoozeChoice,
    SnoozeUntil,
    is_selectable_date,
    schedule_snoozed,
    snooze_end,
)
from bot.services import Services, UserRef
from bot.views.delivery.snooze import DATE_CHOICE
from bot.workflows.delivery.follow_ups import is_finished_to_share, planned_story_notice
from bot.workflows.people.calendars import load_calendar
from bot.workflows.preferences.opt_out import refuse_stopped
from db.models import NoticeClass, Person
from db.models.drafts import DraftStatus
from db.models.notices import Notice, PlannedNotice
from db.models.waves import WaveAnswer
from db.queries import drafts, people, rescheduling, waves

_OWED_HOURS = DEFAULT_HOURS[NoticeClass.OWED]
_WAVE_KINDS = (INVITATION, REMINDER, SNOOZED_INVITATION)
SNOOZABLE_KINDS = (*_WAVE_KINDS, PAUSED_KIND.name, LANDED_KIND.name)
"""The kinds that can be snoozed."""


@dataclass(frozen=True)
class SnoozeTarget:
    """A notice that can be snoozed: its kind, and the wave or draft it's about."""

    kind: str
    subject: str


SnoozeTime = SnoozeChoice | date


def parse_snooze_time(choice: str, day: date | None) -> SnoozeTime | None:
    """Return the time that was chosen; None for an unknown choice, or a date that was cleared again."""
    if choice == DATE_CHOICE:
        return day
    return SnoozeChoice(choice) if choice in set(SnoozeChoice) else None


async def snooze_notice(services: Services, who: UserRef, target: SnoozeTarget, when: SnoozeTime) -> datetime:
    """Snooze a notice and return when it comes again; on InvalidDateError and the like nothing changes."""
    async with services.person_transaction(who) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is None:
            raise DraftNotFoundError
        return await _snooze(connection, person, target, when, at=services.clock.now())


async def snooze_latest_notice(
    services: Services, who: UserRef, when: SnoozeTime, event: str
) -> datetime | None:
    """Snooze the latest notice that is still open, and return when it comes again; None when there is none."""
    async with services.person_transaction(who, event) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is None:
            return None
        now = services.clock.now()
        today = (await load_calendar(connection, person)).local_date(now)
        for notice in await rescheduling.list_attempted_notices(
            connection, who.team, who.user, SNOOZABLE_KINDS
        ):
            if await _is_open(connection, notice, today):
                target = SnoozeTarget(notice.kind, notice.subject or "")
                return await _snooze(connection, person, target, when, at=now)
    return None


async def _is_open(connection: AsyncConnection, notice: Notice, today: date) -> bool:
    """Return whether a notice still waits for an answer, or was snoozed and may be snoozed to another day."""
    team, user, subject = notice.team_id, notice.recipient, notice.subject or ""
    if notice.kind in _WAVE_KINDS:
        if not await _is_wave_open_for(connection, notice, today):
            return False
        answer = await waves.find_wave_answer(connection, team, user, subject)
        has_draft = bool(await drafts.list_all_drafts_of_person(connection, team, user))
        return not has_draft and (answer is None or answer.answer == "later")
    stored = await drafts.find_draft(connection, team, user, subject)
    if stored is None:
        return False
    if notice.kind == PAUSED_KIND.name:
        return stored.draft.status is DraftStatus.PAUSED
    return stored.landed is None and is_finished_to_share(stored.draft)


async def _is_wave_open_for(connection: AsyncConnection, notice: Notice, today: date) -> bool:
    """Return whether this wave may still reach the recipient: it hasn't closed, and no owner removed them."""
    wave = await waves.find_wave(connection, notice.team_id, notice.subject or "")
    if wave is None or today > wave.closes_on:
        return False
    member = await waves.find_member(connection, notice.team_id, notice.recipient, wave.id)
    return member is None or not member.is_excluded


async def _snooze(
    connection: AsyncConnection, person: Person, target: SnoozeTarget, when: SnoozeTime, *, at: datetime
) -> datetime:
    refuse_stopped(person)
    calendar = await load_calendar(connection, person)
    until = _snoozed_until(when, person, at, calendar)
    if target.kind in _WAVE_KINDS:
        again = await _plan_snoozed_invitation(connection, person, target.subject, until, at=at)
    else:
        again = await _plan_snoozed_story_notice(connection, person, target, until, calendar=calendar)
    await rescheduling.replace_pending_with_snoozed(connection, person.team_id, again, at)
    return again.not_before


def _snoozed_until(when: SnoozeTime, person: Person, now: datetime, calendar: Calendar) -> SnoozeUntil:
    """Return until when, at least until the end of a pause: no time is promised at which nothing would come."""
    if isinstance(when, SnoozeChoice):
        until = snooze_end(when, now, calendar, _OWED_HOURS)
    elif is_selectable_date(when, now, calendar):
        until = SnoozeUntil(when)
    else:
        raise InvalidDateError
    pause = person.paused_until
    return until if pause is None or pause <= until.day else SnoozeUntil(pause)


async def _plan_snoozed_invitation(
    connection: AsyncConnection, person: Person, wave_id: str, until: SnoozeUntil, *, at: datetime
) -> PlannedNotice:
    wave = await waves.find_wave(connection, person.team_id, wave_id)
    if wave is None:
        raise WaveNotFoundError
    member = await waves.find_member(connection, person.team_id, person.user_id, wave_id)
    if member is not None and member.is_excluded:
        raise SnoozePastEndError
    calendar = await load_calendar(connection, person)
    due = _require_in_time(
        schedule_snoozed(NoticeSnoozed(wave_id, until, wave.closes_on), calendar, _OWED_HOURS)
    )
    await waves.upsert_wave_answer(
        connection, WaveAnswer(person.team_id, person.user_id, wave_id, "later", at)
    )
    return planned_wave_notice(SNOOZED_INVITATION, wave_id, person, due)


async def _plan_snoozed_story_notice(
    connection: AsyncConnection,
    person: Person,
    target: SnoozeTarget,
    until: SnoozeUntil,
    *,
    calendar: Calendar,
) -> PlannedNotice:
    if await drafts.find_draft(connection, person.team_id, person.user_id, target.subject) is None:
        raise DraftNotFoundError
    due = _require_in_time(
        schedule_snoozed(NoticeSnoozed(f"{target.subject}:again", until), calendar, _OWED_HOURS)
    )
    return planned_story_notice(person, target.kind, target.subject, due)


def _require_in_time(due: ScheduledNotice | None) -> ScheduledNotice:
    if due is None:
        raise SnoozePastEndError
    return due
