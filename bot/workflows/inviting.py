"""What somebody does with their invitation: not for them, later, fewer of these, or begin."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.state import Question, Step
from bot.conversation.turns import Pressed
from bot.notices.invitations import AGAIN, planned
from bot.rules.hours import HOURS
from bot.rules.reminders import Snooze, Snoozed, put_off, snoozed
from bot.services import Services, Who
from bot.views.blocks import Message
from bot.workflows import beginnings
from bot.workflows.drafting import Outcome, take_turn
from bot.workflows.planning import calendar_of
from db import outbox, people, waves
from db.models import NoticeClass
from db.models.waves import Answer, WaveAnswer

_OWED = HOURS[NoticeClass.OWED]


async def note_answer(services: Services, who: Who, wave_id: str, answer: Answer) -> None:
    """Keep what they did with it; for a wave that is not there, nothing."""
    now = services.clock.now()
    async with services.turn(who) as session:
        if await waves.find_wave(session, who.team, wave_id) is not None:
            await waves.put_answer(session, WaveAnswer(who.team, who.user, wave_id, answer, now))


async def begin(services: Services, who: Who) -> Outcome | Message:
    """A story, past the question whether to begin one; or the question what to do with the one there is."""
    found = await beginnings.begin(services, who)
    question = Question(Step.INVITATION)
    if isinstance(found, Message) or found.turn.draft.at != question:
        return found
    draft = found.turn.draft
    return await take_turn(services, who, lambda _: Pressed(question, "start"), draft_id=draft.id)


async def ask_again(services: Services, who: Who, wave_id: str, when: Snooze) -> datetime | None:
    """Put it off; when it comes again, or None when the wave is closed by then."""
    now = services.clock.now()
    async with services.turn(who) as session:
        person = await people.lock_person(session, who.team, who.user)
        wave = await waves.find_wave(session, who.team, wave_id)
        member = await waves.find_member(session, who.team, who.user, wave_id)
        if person is None or wave is None or (member is not None and member.off_at is not None):
            return None
        await waves.put_answer(session, WaveAnswer(who.team, who.user, wave_id, "later", now))
        calendar = await calendar_of(session, person)
        until = put_off(when, now, calendar, _OWED)
        due = snoozed(Snoozed(wave_id, until, wave.closes_on), calendar, _OWED)
        if due is None:
            return None
        await outbox.add_notices(session, who.team, [planned(AGAIN, wave_id, person, due)], now)
    return due.not_before


async def want_fewer(services: Services, who: Who, *, fewer: bool) -> None:
    """Half of it all, or as usual again."""
    at = services.clock.now() if fewer else None
    async with services.turn(who) as session:
        await people.set_fewer(session, who.team, who.user, at)
