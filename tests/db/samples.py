"""Minimal samples of the stored models."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import (
    BotMessage,
    CardAssignment,
    CardChoice,
    CardExposure,
    Consent,
    Person,
    StoredDraft,
    StoryDestination,
    StoryVersion,
    Workspace,
)
from db.models.drafts import Draft
from db.models.notices import PersonChange, PlannedNotice
from db.models.privacy import BotFile
from db.models.programmes import AuditEntry, EmployeeRecord, PeopleListUpload, Programme, Role
from db.models.waves import ALL_SEGMENTS, PublishedFigure, StoredWave, WaveAnswer, WaveMember
from db.queries.audit import add_audit_entry
from db.queries.bot_messages import upsert_bot_message
from db.queries.cards import (
    add_card_assignment,
    add_card_exposures,
    replace_card_choices,
    take_next_assignment_number,
)
from db.queries.changes import add_person_change
from db.queries.consents import add_consent
from db.queries.directory_syncs import begin_directory_sync
from db.queries.drafts import add_draft, find_draft
from db.queries.employee_records import upsert_employee_record
from db.queries.outbox import Claim, add_notices, claim_notice, lock_next_due_notice
from db.queries.owner_files import schedule_file_deletion
from db.queries.participation_figures import replace_figures
from db.queries.people import (
    set_fewer_messages,
    set_locale_choice,
    set_messages_allowed_at,
    set_paused_until,
    set_segment,
    upsert_person_profile,
)
from db.queries.people_list_uploads import add_people_list_upload
from db.queries.processed_events import add_processed_event
from db.queries.programmes import upsert_programme
from db.queries.rate_limits import try_take_slot
from db.queries.roles import add_role
from db.queries.story_destinations import add_story_destination
from db.queries.story_versions import add_version
from db.queries.waves import replace_members, upsert_unstarted_wave, upsert_wave_answer
from db.queries.workspaces import upsert_workspace

TEAM = "T0QAMAR"
OTHER_TEAM = "T0OTHER"
MAYA = "U0MAYA"
OMAR = "U0OMAR"
NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
CANARY_TEXT = "the lighthouse canary sings at noon"


def workspace(**facts: Any) -> Workspace:
    """Make the invented company's workspace."""
    return replace(Workspace(TEAM, "Qamar Labs", "U0HAKAWATI", "B0HAKAWATI", NOW), **facts)


def person(**facts: Any) -> Person:
    """Make a person in the workspace."""
    return replace(Person(TEAM, MAYA, "maya", "Maya Okafor", NOW, locale="en-US"), **facts)


def draft(**parts: Any) -> Draft:
    """Make a new draft."""
    return replace(Draft("d1"), **parts)


def exposure(**facts: Any) -> CardExposure:
    """Make the exposure of a card."""
    return replace(CardExposure(TEAM, "d1", "te-1", "teams", "tech", 1, 1, 4, NOW), **facts)


def choice(**facts: Any) -> CardChoice:
    """Make the choice to keep a card."""
    return replace(CardChoice(TEAM, "d1", "te-1", "teams", "tech", "kept", 0.95, 0.01, NOW), **facts)


def bot_message(**facts: Any) -> BotMessage:
    """Make a message from the bot that carries the person's words."""
    return replace(BotMessage(TEAM, MAYA, "D0MAYA", "1.1", "draft", True, NOW, "d1"), **facts)


def consent(**facts: Any) -> Consent:
    """Make a consent."""
    return replace(Consent(TEAM, MAYA, "highlight", True, "May we?", "en", NOW, "d1"), **facts)


def programme(**facts: Any) -> Programme:
    """Make the company's programme."""
    return replace(Programme(TEAM, "Qamar Labs", NOW), **facts)


def people_list(**facts: Any) -> PeopleListUpload:
    """Make a newly uploaded people list."""
    return replace(PeopleListUpload(TEAM, "F1", MAYA, "D0MAYA", 0, 0, "[]", NOW), **facts)


def audit_line(**facts: Any) -> AuditEntry:
    """Make an audit entry."""
    return replace(AuditEntry(TEAM, MAYA, "role-given", MAYA, "owner", NOW), **facts)


def change(**facts: Any) -> PersonChange:
    """Make a change by Omar to Maya."""
    return replace(PersonChange(TEAM, MAYA, "role", "", "owner", OMAR, NOW), **facts)


async def get_mayas_draft(connection: AsyncConnection) -> StoredDraft:
    """Return Maya's draft, which must exist."""
    found = await find_draft(connection, TEAM, MAYA, "d1")
    assert found is not None
    return found


def wave(**facts: Any) -> StoredWave:
    """Make a wave that hasn't started."""
    day = NOW.date()
    return replace(StoredWave(TEAM, "w1", "Spring", day, day + timedelta(days=40), "Hello", NOW), **facts)


async def add_person_with_everything(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str
) -> None:
    """Add a person with rows in every table; their words and names contain their id."""
    mark = f"{CANARY_TEXT} {user_id}"
    channel = f"D{user_id}"
    await upsert_workspace(connection, workspace(team_id=team_id))
    await upsert_person_profile(
        connection, person(team_id=team_id, user_id=user_id, dm_channel=channel, met_at=NOW)
    )
    await set_locale_choice(connection, team_id, user_id, "ar")
    await set_segment(connection, team_id, user_id, "tech")
    await set_fewer_messages(connection, team_id, user_id, NOW, fewer=True)
    await set_paused_until(connection, team_id, user_id, NOW.date(), at=NOW)
    await set_messages_allowed_at(connection, team_id, user_id, NOW)
    await add_draft(connection, team_id, user_id, draft(id=draft_id, edited=mark), at=NOW)
    await add_version(connection, StoryVersion(team_id, user_id, draft_id, 1, mark, mark, "composed", NOW))
    n = await take_next_assignment_number(connection, team_id, "tech")
    await add_card_assignment(connection, CardAssignment(team_id, draft_id, "tech", n, 4, 7, NOW))
    await add_card_exposures(connection, [exposure(team_id=team_id, draft_id=draft_id)])
    await replace_card_choices(connection, team_id, draft_id, [choice()])
    await add_consent(connection, consent(team_id=team_id, user_id=user_id, draft_id=draft_id))
    for ts, carries in (("1.1", True), ("1.2", False), ("1.3", True)):
        row = bot_message(team_id=team_id, user_id=user_id, channel=channel, draft_id=draft_id)
        await upsert_bot_message(connection, replace(row, ts=ts, carries_words=carries))
    await add_story_destination(connection, StoryDestination(team_id, user_id, draft_id, "linkedin", NOW))
    await add_processed_event(connection, team_id, f"Ev{n}", NOW)
    await schedule_file_deletion(connection, BotFile(team_id, f"F0TABLE{n}", NOW, NOW))
    await upsert_programme(connection, programme(team_id=team_id))
    await add_role(connection, team_id, user_id, Role.OWNER, at=NOW)
    await add_audit_entry(connection, audit_line(team_id=team_id, actor=user_id, target=user_id))
    await upsert_employee_record(
        connection, EmployeeRecord(team_id, user_id, "Routes", NOW.date(), "SA", "sun,mon", NOW, "gtm")
    )
    await begin_directory_sync(connection, team_id, NOW, before=NOW)
    await add_people_list_upload(connection, people_list(team_id=team_id, id=f"F{user_id}", user_id=user_id))
    await upsert_unstarted_wave(
        connection, wave(team_id=team_id, id=f"w-{n}", asked_by=user_id, greeted_by=user_id, greeting=mark)
    )
    await replace_members(connection, team_id, f"w-{n}", [WaveMember(user_id, "invited")])
    await upsert_wave_answer(connection, WaveAnswer(team_id, user_id, f"w-{n}", "declined", NOW))
    await replace_figures(
        connection, team_id, f"w-{n}", [PublishedFigure(f"w-{n}", ALL_SEGMENTS, "started", 7, 20, "exact")]
    )
    await add_person_being_notified(connection, team_id, user_id, draft_id)


async def add_person_being_notified(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str
) -> None:
    """Add a notice to the person that is being sent, with the change it reports."""
    notice = PlannedNotice("landed", user_id, draft_id, NOW, NOW, user_id=user_id, subject=draft_id)
    await add_notices(connection, team_id, [notice], NOW)
    due = await lock_next_due_notice(connection, team_id, NOW)
    assert due is not None
    await claim_notice(connection, due.notice, Claim("token-1", "replica-1", timedelta(minutes=2), NOW))
    await try_take_slot(connection, team_id, user_id, timedelta(seconds=1))
    reported = change(team_id=team_id, user_id=user_id, changed_by=user_id, outbox_id=due.notice.id)
    await add_person_change(connection, reported)
