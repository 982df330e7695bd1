"""Planning what is said unasked: from the fact that has just been saved, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.side_effects import has_begun
from bot.notices.landed import LANDED
from bot.notices.paused import PAUSED
from bot.rules.calendars import Calendar, calendar_for
from bot.rules.hours import HOURS
from bot.rules.schedule import Due, Paused, Taken, landing_question, pause_reminder
from bot.services import Services, Who
from db.models import NoticeClass, Person
from db.models.drafts import Draft, Question, Status, Step
from db.models.notices import Planned
from db.queries import employee_records, outbox, programmes

_OWED = HOURS[NoticeClass.OWED]


async def calendar_of(connection: AsyncConnection, person: Person) -> Calendar:
    """The calendar this person lives by: their own as far as it is known, else the programme's."""
    listing = await employee_records.find_listing(connection, person.team_id, person.user_id)
    programme = await programmes.find_programme(connection, person.team_id)
    return calendar_for(person, listing, programme)


async def plan_after(
    connection: AsyncConnection, person: Person, before: Draft, after: Draft, *, at: datetime
) -> None:
    """What follows from this turn some days later: a reminder of a pause, the question whether a story landed."""
    if rests(after) and not rests(before):
        await plan_reminder(connection, person, after.id, at=at)
    if is_over(after) and not is_over(before):
        await plan_landing(connection, person, after.id, at=at)


def rests(draft: Draft) -> bool:
    """Whether the draft is paused where there is something to come back to."""
    return draft.status is Status.PAUSED and has_begun(draft)


def is_over(draft: Draft) -> bool:
    """Whether the story is finished, and not kept private."""
    return draft.status is Status.FINISHED and draft.chosen(Question(Step.TAKE)) != "keep_private"


async def plan_reminder(connection: AsyncConnection, person: Person, draft_id: str, *, at: datetime) -> None:
    """One reminder of a draft that was paused at this moment."""
    calendar = await calendar_of(connection, person)
    due = pause_reminder(Paused(draft_id, calendar.date_of(at)), calendar, _OWED)
    await _plan(connection, person, PAUSED.name, draft_id, due=due, at=at)


async def plan_landing(connection: AsyncConnection, person: Person, draft_id: str, *, at: datetime) -> None:
    """One question what became of a story that was finished, or taken somewhere, at this moment."""
    calendar = await calendar_of(connection, person)
    due = landing_question(Taken(draft_id, calendar.date_of(at)), calendar, _OWED)
    await _plan(connection, person, LANDED.name, draft_id, due=due, at=at)


async def _plan(
    connection: AsyncConnection, person: Person, kind: str, draft_id: str, *, due: Due | None, at: datetime
) -> None:
    if due is not None:
        await outbox.add_notices(connection, person.team_id, [notice_about(person, kind, draft_id, due)], at)


def notice_about(person: Person, kind: str, draft_id: str, due: Due) -> Planned:
    """What is said about a draft or story, as it goes into the outbox."""
    return Planned(
        kind,
        person.user_id,
        due.occurrence,
        due.not_before,
        due.not_after,
        user_id=person.user_id,
        subject=draft_id,
        due_on=due.dated,
    )


async def will_remind(services: Services, person: Person, draft_id: str) -> bool:
    """Whether the reminder of this draft is still to come: only then it is promised."""
    if person.is_stopped:
        return False
    async with services.database.reading() as connection:
        calendar = await calendar_of(connection, person)
        if person.is_quiet_on(calendar.date_of(services.clock.now())):
            return False
        return await outbox.is_to_come(
            connection, person.team_id, PAUSED.name, draft_id, user_id=person.user_id
        )


async def cancel_reminder(services: Services, who: Who, draft_id: str) -> bool:
    """The reminder of this draft is not wanted; False when there was none to come."""
    at = services.clock.now()
    async with services.turn(who) as connection:
        dropped = await outbox.drop_notices(
            connection, who.team, PAUSED.name, draft_id, user_id=who.user, at=at
        )
    return dropped > 0
