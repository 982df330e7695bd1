"""Putting off what was said unasked: an invitation, the reminder of a paused draft, the question whether it landed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import ClosedByThen, NoDraft, NotChoosable, NoWave
from bot.notices.invitations import AGAIN, INVITATION, REMINDER, planned
from bot.notices.landed import LANDED
from bot.notices.paused import PAUSED
from bot.rules.calendars import Calendar
from bot.rules.hours import HOURS
from bot.rules.schedule import Due, Snooze, Snoozed, Until, is_choosable, put_off, snoozed
from bot.services import Services, Who
from bot.views.delivery.snooze import A_DATE
from bot.workflows.delivery.follow_ups import calendar_of, is_over, notice_about
from bot.workflows.preferences.opt_out import refuse_stopped
from db.models import NoticeClass, Person
from db.models.drafts import Status
from db.models.notices import Notice, Planned
from db.models.waves import WaveAnswer
from db.queries import drafts, people, rescheduling, waves

_OWED = HOURS[NoticeClass.OWED]
_WAVES = (INVITATION, REMINDER, AGAIN)
KINDS = (*_WAVES, PAUSED.name, LANDED.name)
"""What can be put off."""


@dataclass(frozen=True)
class What:
    """Something that was said and can be put off: its kind, and the wave or draft that it is about."""

    kind: str
    subject: str


When = Snooze | date


def when_of(choice: str, day: date | None) -> When | None:
    """When, by the choice that was made; None for another choice, or a date that was taken away again."""
    if choice == A_DATE:
        return day
    return Snooze(choice) if choice in set(Snooze) else None


async def put_off_this(services: Services, who: Who, what: What, when: When) -> datetime:
    """Put this off; when it comes again. NotChoosable, ClosedByThen, SaidStop and the like change nothing."""
    async with services.turn(who) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is None:
            raise NoDraft
        return await _put_off(connection, person, what, when, at=services.clock.now())


async def put_off_latest(services: Services, who: Who, when: When, event: str) -> datetime | None:
    """Put off what was said last and can still come; None when there is nothing such."""
    async with services.turn(who, event) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is None:
            return None
        now = services.clock.now()
        today = (await calendar_of(connection, person)).date_of(now)
        for notice in await rescheduling.list_said(connection, who.team, who.user, KINDS):
            if await _is_open(connection, notice, today):
                what = What(notice.kind, notice.subject or "")
                return await _put_off(connection, person, what, when, at=now)
    return None


async def _is_open(connection: AsyncConnection, notice: Notice, today: date) -> bool:
    """Whether it still waits for an answer, or was put off before and may be put off to another day."""
    team, user, subject = notice.team_id, notice.recipient, notice.subject or ""
    if notice.kind in _WAVES:
        if not await _can_come(connection, notice, today):
            return False
        answer = await waves.find_answer(connection, team, user, subject)
        begun = bool(await drafts.list_drafts(connection, team, user))
        return not begun and (answer is None or answer.answer == "later")
    stored = await drafts.find_draft(connection, team, user, subject)
    if stored is None:
        return False
    if notice.kind == PAUSED.name:
        return stored.draft.status is Status.PAUSED
    return stored.landed is None and is_over(stored.draft)


async def _can_come(connection: AsyncConnection, notice: Notice, today: date) -> bool:
    """Whether anything of this wave may still reach them: it has not closed, and nobody took them off it."""
    wave = await waves.find_wave(connection, notice.team_id, notice.subject or "")
    if wave is None or today > wave.closes_on:
        return False
    member = await waves.find_member(connection, notice.team_id, notice.recipient, wave.id)
    return member is None or not member.is_off


async def _put_off(
    connection: AsyncConnection, person: Person, what: What, when: When, *, at: datetime
) -> datetime:
    refuse_stopped(person)
    calendar = await calendar_of(connection, person)
    until = _until(when, person, at, calendar)
    if what.kind in _WAVES:
        again = await _wave_again(connection, person, what.subject, until, at=at)
    else:
        again = await _story_again(connection, person, what, until, calendar=calendar)
    await rescheduling.put_off(connection, person.team_id, again, at)
    return again.not_before


def _until(when: When, person: Person, now: datetime, calendar: Calendar) -> Until:
    """Until when: not before the end of a pause, for nothing is promised that would not come."""
    if isinstance(when, Snooze):
        until = put_off(when, now, calendar, _OWED)
    elif is_choosable(when, now, calendar):
        until = Until(when)
    else:
        raise NotChoosable
    pause = person.paused_until
    return until if pause is None or pause <= until.on else Until(pause)


async def _wave_again(
    connection: AsyncConnection, person: Person, wave_id: str, until: Until, *, at: datetime
) -> Planned:
    wave = await waves.find_wave(connection, person.team_id, wave_id)
    if wave is None:
        raise NoWave
    member = await waves.find_member(connection, person.team_id, person.user_id, wave_id)
    if member is not None and member.is_off:
        raise ClosedByThen
    calendar = await calendar_of(connection, person)
    due = _in_time(snoozed(Snoozed(wave_id, until, wave.closes_on), calendar, _OWED))
    await waves.put_answer(connection, WaveAnswer(person.team_id, person.user_id, wave_id, "later", at))
    return planned(AGAIN, wave_id, person, due)


async def _story_again(
    connection: AsyncConnection, person: Person, what: What, until: Until, *, calendar: Calendar
) -> Planned:
    if await drafts.find_draft(connection, person.team_id, person.user_id, what.subject) is None:
        raise NoDraft
    due = _in_time(snoozed(Snoozed(f"{what.subject}:again", until), calendar, _OWED))
    return notice_about(person, what.kind, what.subject, due)


def _in_time(due: Due | None) -> Due:
    if due is None:
        raise ClosedByThen
    return due
