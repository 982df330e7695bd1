"""What comes of a wave: the invitation, at most two reminders of it, and what somebody has put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import Kind
from bot.rules.audiences import Ground, Meant, audience_of, meant_as
from bot.rules.hours import Hours, campaign_hours
from bot.rules.schedule import Due, Invited, first_reminder, second_reminder
from bot.views.blocks import Message
from bot.views.waves import invitation as views
from bot.views.waves.form import segment_names
from bot.views.waves.invitation import Asked
from db.models import NoticeClass, Person
from db.models.notices import Alike, Notice, Planned
from db.models.programmes import Role
from db.models.waves import StoredWave, WaveAnswer
from db.queries import drafts, employee_records, people, programmes, roles, waves

INVITATION, REMINDER, AGAIN = "invitation", "reminder", "invitation_again"


@dataclass(frozen=True)
class Invite:
    """An invitation as it stands now: the wave, what is known around it, and what its person has done since."""

    wave: StoredWave
    ground: Ground
    occurrence: str
    answer: WaveAnswer | None
    has_story: bool
    is_off: bool = False
    """Whether an owner has taken them off the wave."""

    @property
    def hours(self) -> Hours:
        """When the programme may write."""
        return campaign_hours(self.ground.programme)


def asked_of(wave: StoredWave, person: Person, ground: Ground, texts: Texts) -> Asked:
    """What this person reads of who asked, and as what they are meant."""
    listing = ground.listed.get(person.user_id)
    meant = meant_as(person, listing, ground.audience) or Meant.CHOSEN
    segment = segment_names(ground.programme, texts).get(ground.segment_of(person.user_id) or "", "")
    group = {Meant.SEGMENT: segment, Meant.TEAM: ground.team_of(person.user_id)}.get(meant, "")
    owner = ground.everybody.get(wave.asked_by or "")
    return Asked(
        owner.user_id if owner else "",
        (owner.real_name or owner.name) if owner else "",
        ground.team_of(wave.asked_by or ""),
        str(meant),
        group,
        wave.greeting,
        ground.programme.company,
    )


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> Invite | None:
    team = person.team_id
    # Whoever takes people off a wave holds the programme: what is read after this holds until the notice is claimed.
    programme = await programmes.lock_halts(connection, team)
    wave = await waves.find_wave(connection, team, notice.subject or "")
    if wave is None or programme is None:
        return None
    both = (person.user_id, wave.asked_by or "")
    found = {user: await employee_records.find_listing(connection, team, user) for user in both}
    holders = await roles.list_holders(connection, team) if wave.executives else ()
    executives = frozenset(holder.user_id for holder in holders if holder.role is Role.EXECUTIVE)
    ground = Ground(
        programme,
        audience_of(wave, (), executives),
        {one.user_id: one for one in await people.list_people(connection, team, both)},
        {user: listing for user, listing in found.items() if listing is not None},
    )
    answer = await waves.find_answer(connection, team, person.user_id, wave.id)
    stories = await drafts.list_drafts(connection, team, person.user_id)
    member = await waves.find_member(connection, team, person.user_id, wave.id)
    is_off = member is not None and member.is_off
    return Invite(wave, ground, notice.occurrence, answer, bool(stories), is_off)


def _is_open(invite: Invite | None) -> bool:
    """Nobody is asked who has answered, or is at their story already."""
    return invite is not None and invite.answer is None and not invite.has_story


def _is_put_off(invite: Invite | None) -> bool:
    """It was put off, and nothing else was done with it since."""
    if invite is None or invite.answer is None or invite.has_story:
        return False
    return invite.answer.answer == "later"


def _invites(invite: Invite | None, person: Person, texts: Texts) -> Message:
    assert invite is not None
    asked = asked_of(invite.wave, person, invite.ground, texts)
    return views.invitation(asked, invite.wave.id, texts)


def _reminds(invite: Invite | None, person: Person, texts: Texts) -> Message:
    assert invite is not None
    asked = asked_of(invite.wave, person, invite.ground, texts)
    n = "first" if invite.occurrence.endswith(":1") else "second"
    return views.reminder(asked, invite.wave.id, n, texts)


def _comes_back(invite: Invite | None, person: Person, texts: Texts) -> Message:
    assert invite is not None
    return views.reminder(asked_of(invite.wave, person, invite.ground, texts), invite.wave.id, "again", texts)


def _two_reminders(
    invite: Invite | None, notice: Notice, person: Person, at: datetime
) -> tuple[Planned, ...]:
    """Planned from the day on which the invitation is said, and asked about again when their day comes."""
    assert invite is not None
    calendar, hours = invite.ground.calendar_of(person), invite.hours
    fewer = person.fewer_at is not None
    invited = Invited(invite.wave.id, calendar.date_of(at), invite.wave.closes_on, wants_fewer=fewer)
    dues = (first_reminder(invited, calendar, hours), second_reminder(invited, calendar, hours))
    return tuple(planned(REMINDER, invite.wave.id, person, due) for due in dues if due is not None)


def planned(kind: str, wave: str, person: Person, due: Due) -> Planned:
    """A message about a wave, as it goes into the outbox."""
    user = person.user_id
    return Planned(
        kind,
        user,
        due.occurrence,
        due.not_before,
        due.not_after,
        user_id=user,
        subject=wave,
        due_on=due.dated,
    )


def _is_off(invite: Invite | None) -> bool:
    """Nothing of a wave reaches whom an owner has taken off it."""
    return invite is not None and invite.is_off


def planned_alike(wave: str, due: Due) -> Alike:
    """The invitation to a wave, as it goes into the outbox for all those for whom it is due at the same time."""
    return Alike(INVITATION, due.occurrence, due.not_before, due.not_after, subject=wave, due_on=due.dated)


INVITATIONS = (
    Kind(
        INVITATION,
        NoticeClass.CAMPAIGN,
        "once",
        _load,
        _is_open,
        _invites,
        is_taken_off=_is_off,
        then=_two_reminders,
    ),
    Kind(REMINDER, NoticeClass.CAMPAIGN, "once", _load, _is_open, _reminds, is_taken_off=_is_off),
    Kind(AGAIN, NoticeClass.OWED, "once", _load, _is_put_off, _comes_back, is_taken_off=_is_off),
)
