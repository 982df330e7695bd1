"""The facts known about a notice and its recipient at the moment of its claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices import KINDS, POST_KINDS
from bot.rules.budgets import ContactHistory
from bot.rules.calendars import person_calendar, programme_calendar
from bot.rules.eligibility import EligibilityFacts
from bot.rules.hours import DEFAULT_HOURS, AllowedHours, campaign_hours, posting_hours
from bot.workflows.delivery.contact_history import load_history
from db.models import NoticeClass, Person
from db.models.notices import Notice
from db.models.programmes import Programme
from db.queries import drafts, employee_records, erasure, outbox, programmes, rate_limits, waves
from db.queries.outbox import DueNotice

DUTY_KINDS = frozenset(
    kind.name for kind in KINDS.values() if kind.notice_class is NoticeClass.DUTY and not kind.is_reply
)
"""Kinds of which one a day is sent at most; replies to what somebody has just done don't count."""


@dataclass(frozen=True)
class NoticeConditions:
    """What a notice's kind and Slack's do-not-disturb say about it."""

    is_wanted: bool
    is_taken_off: bool
    quiet_until: datetime | None


async def load_person_notice_facts(
    connection: AsyncConnection, due: DueNotice, conditions: NoticeConditions, *, now: datetime
) -> EligibilityFacts:
    """Load everything known now, while the person's row is locked and nobody can halt the programme."""
    notice, person = due.notice, due.person
    assert person is not None
    kind = KINDS[notice.kind]
    notice_class = kind.notice_class
    wait = await rate_limits.find_wait(connection, notice.team_id, notice.recipient)
    programme = await programmes.lock_programme_shared(connection, notice.team_id)
    listing = await employee_records.find_employee_record(connection, notice.team_id, person.user_id)
    calendar = person_calendar(person, listing, programme)
    is_campaign = notice_class is NoticeClass.CAMPAIGN
    return EligibilityFacts(
        notice_class,
        calendar,
        _hours(notice_class, programme),
        history=await load_history(connection, person, calendar) if is_campaign else ContactHistory(),
        is_erased=await _is_erased(connection, person),
        is_halted=_is_halted(notice_class, programme) and not kind.is_for_owners,
        is_active=not person.deleted,
        is_member=not (person.is_guest or person.is_stranger or person.is_bot),
        is_stopped=person.is_stopped,
        is_taken_off=conditions.is_taken_off,
        is_answered=not conditions.is_wanted,
        paused_until=person.paused_until,
        due_on=notice.due_on,
        not_after=notice.not_after,
        do_not_disturb_until=conditions.quiet_until,
        last_duty_at=await _last_duty(connection, person) if notice_class is NoticeClass.DUTY else None,
        rate_limited_until=now + wait if wait else None,
    )


async def _is_erased(connection: AsyncConnection, person: Person) -> bool:
    """Return whether the person had everything deleted, and has neither written nor asked for anything since."""
    if person.met_at is not None or person.welcome_back_at is not None:
        return False
    team, user = person.team_id, person.user_id
    tombstone = await erasure.find_tombstone(connection, team, user)
    if tombstone is None or tombstone.after_leaving:
        return False
    return not (
        await drafts.has_any_draft_or_story(connection, team, user)
        or await waves.has_postponed_invitation(connection, team, user)
    )


async def _last_duty(connection: AsyncConnection, person: Person) -> datetime | None:
    """Return when this person last received a duty notice, or may have received one."""
    tried = await outbox.list_possible_deliveries(connection, person.team_id, person.user_id, DUTY_KINDS)
    return max((one.attempted_at for one in tried), default=None)


async def load_post_facts(
    connection: AsyncConnection, notice: Notice, *, is_wanted: bool, now: datetime
) -> EligibilityFacts | None:
    """Load the same for a post in a channel, by the programme's calendar; None when no programme is set up."""
    programme = await programmes.lock_programme_shared(connection, notice.team_id)
    if programme is None:
        return None
    notice_class = POST_KINDS[notice.kind].notice_class
    wait = await rate_limits.find_wait(connection, notice.team_id, notice.recipient)
    return EligibilityFacts(
        notice_class,
        programme_calendar(programme),
        posting_hours(programme),
        is_answered=not is_wanted,
        is_halted=_is_halted(notice_class, programme),
        not_after=notice.not_after,
        rate_limited_until=now + wait if wait else None,
    )


def _hours(notice_class: NoticeClass, programme: Programme | None) -> AllowedHours:
    """Return the allowed hours: those that the owners set for campaign messages, the defaults for the rest."""
    if notice_class is NoticeClass.CAMPAIGN and programme is not None:
        return campaign_hours(programme)
    return DEFAULT_HOURS[notice_class]


def _is_halted(notice_class: NoticeClass, programme: Programme | None) -> bool:
    """Return whether a halt holds this class back: it does so for all but duty notices."""
    return programme is not None and programme.halted_at is not None and notice_class is not NoticeClass.DUTY
