"""Planning of proactive messages, in the transaction that saves the fact they follow from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.side_effects import has_begun
from bot.notices.landed import LANDED_KIND
from bot.notices.paused import PAUSED_KIND
from bot.rules.hours import DEFAULT_HOURS
from bot.rules.reminder_schedule import (
    DraftPause,
    ScheduledNotice,
    StoryTaken,
    schedule_landing_question,
    schedule_pause_reminder,
)
from bot.services import Services, UserRef
from bot.workflows.people.calendars import load_calendar
from db.models import NoticeClass, Person
from db.models.drafts import Draft, DraftStatus, DraftStep, Question
from db.models.notices import PlannedNotice
from db.queries import outbox

_OWED_HOURS = DEFAULT_HOURS[NoticeClass.OWED]


async def plan_draft_follow_ups(
    connection: AsyncConnection, person: Person, before: Draft, after: Draft, *, at: datetime
) -> None:
    """Plan what follows this turn some days later: the reminder of a pause, or whether the story landed."""
    if is_paused_midway(after) and not is_paused_midway(before):
        await plan_pause_reminder(connection, person, after.id, at=at)
    if is_finished_to_share(after) and not is_finished_to_share(before):
        await plan_landing_question(connection, person, after.id, at=at)


def is_paused_midway(draft: Draft) -> bool:
    """Return whether the draft is paused with something in it to come back to."""
    return draft.status is DraftStatus.PAUSED and has_begun(draft)


def is_finished_to_share(draft: Draft) -> bool:
    """Return whether the story is finished, and not kept private."""
    return (
        draft.status is DraftStatus.FINISHED
        and draft.first_choice(Question(DraftStep.TAKE)) != "keep_private"
    )


async def plan_pause_reminder(
    connection: AsyncConnection, person: Person, draft_id: str, *, at: datetime
) -> None:
    """Plan the one reminder of a draft that was paused at this moment."""
    calendar = await load_calendar(connection, person)
    due = schedule_pause_reminder(DraftPause(draft_id, calendar.local_date(at)), calendar, _OWED_HOURS)
    await _plan(connection, person, PAUSED_KIND.name, draft_id, due=due, at=at)


async def plan_landing_question(
    connection: AsyncConnection, person: Person, draft_id: str, *, at: datetime
) -> None:
    """Plan the one question whether a story landed that was finished, or taken somewhere, at this moment."""
    calendar = await load_calendar(connection, person)
    due = schedule_landing_question(StoryTaken(draft_id, calendar.local_date(at)), calendar, _OWED_HOURS)
    await _plan(connection, person, LANDED_KIND.name, draft_id, due=due, at=at)


async def _plan(
    connection: AsyncConnection,
    person: Person,
    kind: str,
    draft_id: str,
    *,
    due: ScheduledNotice | None,
    at: datetime,
) -> None:
    if due is not None:
        await outbox.add_notices(
            connection, person.team_id, [planned_story_notice(person, kind, draft_id, due)], at
        )


def planned_story_notice(person: Person, kind: str, draft_id: str, due: ScheduledNotice) -> PlannedNotice:
    """Return the outbox row of a notice about a draft or story."""
    return PlannedNotice(
        kind,
        person.user_id,
        due.occurrence,
        due.not_before,
        due.not_after,
        user_id=person.user_id,
        subject=draft_id,
        due_on=due.floating_date,
    )


async def will_send_pause_reminder(services: Services, person: Person, draft_id: str) -> bool:
    """Return whether the reminder of this draft is still to come: the bot promises it only then."""
    if person.is_stopped:
        return False
    async with services.database.read_transaction() as connection:
        calendar = await load_calendar(connection, person)
        if person.is_paused_on(calendar.local_date(services.clock.now())):
            return False
        return await outbox.has_pending_notice(
            connection, person.team_id, PAUSED_KIND.name, draft_id, user_id=person.user_id
        )


async def cancel_pause_reminder(services: Services, who: UserRef, draft_id: str) -> bool:
    """Cancel the reminder of this draft; return False when there was none to come."""
    at = services.clock.now()
    async with services.person_transaction(who) as connection:
        dropped = await outbox.suppress_answered_notices(
            connection, who.team, PAUSED_KIND.name, draft_id, user_id=who.user, at=at
        )
    return dropped > 0
