"""The notices of a wave: the invitation, at most two reminders, and the invitation that somebody snoozed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import NoticeKind
from bot.rules.audiences import AudienceContext, AudienceReason, audience_reason, wave_audience
from bot.rules.hours import AllowedHours, campaign_hours
from bot.rules.reminder_schedule import (
    InvitationSent,
    ScheduledNotice,
    schedule_first_reminder,
    schedule_second_reminder,
)
from bot.views.blocks import Message
from bot.views.waves import invitation as views
from bot.views.waves.form import segment_labels_by_name
from bot.views.waves.invitation import InvitationDetails
from db.models import NoticeClass, Person
from db.models.notices import BulkNotice, Notice, PlannedNotice
from db.models.programmes import Role
from db.models.waves import StoredWave, WaveAnswer
from db.queries import drafts, employee_records, people, programmes, roles, waves

INVITATION, REMINDER, SNOOZED_INVITATION = "invitation", "reminder", "invitation_again"


@dataclass(frozen=True)
class InvitationFacts:
    """The present state of an invitation: the wave, its audience, and what its recipient has done since."""

    wave: StoredWave
    context: AudienceContext
    occurrence: str
    answer: WaveAnswer | None
    has_story: bool
    is_taken_off: bool = False
    """Whether an owner has removed them from the wave."""

    @property
    def hours(self) -> AllowedHours:
        """The hours in which the programme may write."""
        return campaign_hours(self.context.programme)


def invitation_details(
    wave: StoredWave, person: Person, context: AudienceContext, texts: Texts
) -> InvitationDetails:
    """Return what this person reads about who invites them, and why them."""
    listing = context.listings.get(person.user_id)
    reason = audience_reason(person, listing, context.audience) or AudienceReason.CHOSEN
    segment = segment_labels_by_name(context.programme, texts).get(
        context.segment_of(person.user_id) or "", ""
    )
    group = {AudienceReason.SEGMENT: segment, AudienceReason.TEAM: context.team_of(person.user_id)}.get(
        reason, ""
    )
    owner = context.people.get(wave.asked_by or "")
    return InvitationDetails(
        owner.user_id if owner else "",
        (owner.real_name or owner.name) if owner else "",
        context.team_of(wave.asked_by or ""),
        reason,
        group,
        wave.greeting,
        context.programme.company,
    )


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> InvitationFacts | None:
    team = person.team_id
    # Removing people from a wave locks the programme: what is read after this holds until the notice is claimed.
    programme = await programmes.lock_programme_shared(connection, team)
    wave = await waves.find_wave(connection, team, notice.subject or "")
    if wave is None or programme is None:
        return None
    involved = (person.user_id, wave.asked_by or "")
    records = {user: await employee_records.find_employee_record(connection, team, user) for user in involved}
    holders = await roles.list_role_holders(connection, team) if wave.executives else ()
    executives = frozenset(holder.user_id for holder in holders if holder.role is Role.EXECUTIVE)
    audience = AudienceContext(
        programme,
        wave_audience(wave, (), executives),
        {one.user_id: one for one in await people.list_people_by_ids(connection, team, involved)},
        {user: listing for user, listing in records.items() if listing is not None},
    )
    answer = await waves.find_wave_answer(connection, team, person.user_id, wave.id)
    stories = await drafts.list_all_drafts_of_person(connection, team, person.user_id)
    member = await waves.find_member(connection, team, person.user_id, wave.id)
    is_off = member is not None and member.is_excluded
    return InvitationFacts(wave, audience, notice.occurrence, answer, bool(stories), is_off)


def _is_unanswered(invite: InvitationFacts | None) -> bool:
    """Return whether the recipient has neither answered nor started a story."""
    return invite is not None and invite.answer is None and not invite.has_story


def _is_snoozed(invite: InvitationFacts | None) -> bool:
    """Return whether the invitation was snoozed, and nothing else was done with it since."""
    if invite is None or invite.answer is None or invite.has_story:
        return False
    return invite.answer.answer == "later"


def _build_invitation(invite: InvitationFacts | None, person: Person, texts: Texts) -> Message:
    assert invite is not None
    content = invitation_details(invite.wave, person, invite.context, texts)
    return views.invitation_message(content, invite.wave.id, texts)


def _build_reminder(invite: InvitationFacts | None, person: Person, texts: Texts) -> Message:
    assert invite is not None
    content = invitation_details(invite.wave, person, invite.context, texts)
    n = "first" if invite.occurrence.endswith(":1") else "second"
    return views.reminder_or_snoozed_message(content, invite.wave.id, n, texts)


def _build_snoozed_invitation(invite: InvitationFacts | None, person: Person, texts: Texts) -> Message:
    assert invite is not None
    return views.reminder_or_snoozed_message(
        invitation_details(invite.wave, person, invite.context, texts), invite.wave.id, "again", texts
    )


def _plan_reminders(
    invite: InvitationFacts | None, notice: Notice, person: Person, at: datetime
) -> tuple[PlannedNotice, ...]:
    """Plan the reminders from the day on which the invitation is sent; the claim checks them again."""
    assert invite is not None
    calendar, hours = invite.context.calendar_of(person), invite.hours
    fewer = person.fewer_at is not None
    invited = InvitationSent(
        invite.wave.id, calendar.local_date(at), invite.wave.closes_on, wants_fewer=fewer
    )
    dues = (
        schedule_first_reminder(invited, calendar, hours),
        schedule_second_reminder(invited, calendar, hours),
    )
    return tuple(
        planned_wave_notice(REMINDER, invite.wave.id, person, due) for due in dues if due is not None
    )


def planned_wave_notice(kind: str, wave: str, person: Person, due: ScheduledNotice) -> PlannedNotice:
    """Return the outbox row of a notice about a wave."""
    user = person.user_id
    return PlannedNotice(
        kind,
        user,
        due.occurrence,
        due.not_before,
        due.not_after,
        user_id=user,
        subject=wave,
        due_on=due.floating_date,
    )


def _is_taken_off(invite: InvitationFacts | None) -> bool:
    """Return whether an owner has removed the recipient from the wave."""
    return invite is not None and invite.is_taken_off


def planned_bulk_invitation(wave: str, due: ScheduledNotice) -> BulkNotice:
    """Return the outbox row of the invitation for everybody who gets it at the same time."""
    return BulkNotice(
        INVITATION, due.occurrence, due.not_before, due.not_after, subject=wave, due_on=due.floating_date
    )


INVITATION_KINDS = (
    NoticeKind(
        INVITATION,
        NoticeClass.CAMPAIGN,
        "once",
        _load,
        _is_unanswered,
        _build_invitation,
        is_taken_off=_is_taken_off,
        plan_follow_ups=_plan_reminders,
    ),
    NoticeKind(
        REMINDER,
        NoticeClass.CAMPAIGN,
        "once",
        _load,
        _is_unanswered,
        _build_reminder,
        is_taken_off=_is_taken_off,
    ),
    NoticeKind(
        SNOOZED_INVITATION,
        NoticeClass.OWED,
        "once",
        _load,
        _is_snoozed,
        _build_snoozed_invitation,
        is_taken_off=_is_taken_off,
    ),
)
