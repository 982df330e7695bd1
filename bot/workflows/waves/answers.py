"""What somebody does with their invitation: not for them, fewer of these, or begin."""

from __future__ import annotations

from bot.conversation.turns import ButtonPressed
from bot.services import Services, UserRef
from bot.views.blocks import Message
from bot.workflows.preferences.opt_out import refuse_stopped
from bot.workflows.stories import start
from bot.workflows.stories.context import TurnOutcome
from bot.workflows.stories.turn import TurnRequest, take_turn
from db.models.drafts import DraftStep, Question
from db.models.waves import WaveAnswer, WaveAnswerKind
from db.queries import people, waves


async def note_answer(services: Services, who: UserRef, wave_id: str, answer: WaveAnswerKind) -> None:
    """Keep what they did with it; for a wave that is not there, nothing."""
    now = services.clock.now()
    async with services.person_transaction(who) as connection:
        if await waves.find_wave(connection, who.team, wave_id) is not None:
            await waves.upsert_wave_answer(connection, WaveAnswer(who.team, who.user, wave_id, answer, now))


async def begin_from_invitation(services: Services, who: UserRef) -> TurnOutcome | Message:
    """A story, past the question whether to begin one; or the question what to do with the one there is."""
    found = await start.begin_story(services, who)
    question = Question(DraftStep.INVITATION)
    if isinstance(found, Message) or found.turn.draft.at != question:
        return found
    request = TurnRequest(who, ButtonPressed(question, "start"), draft_id=found.turn.draft.id)
    return await take_turn(services, request)


async def set_fewer_messages(services: Services, who: UserRef, *, fewer: bool, event: str = "") -> None:
    """Half of it all, or as usual again. SaidStop where nothing comes at all."""
    async with services.person_transaction(who, event) as connection:
        person = await people.lock_person(connection, who.team, who.user)
        if person is not None:
            refuse_stopped(person)
            await people.set_fewer_messages(connection, who.team, who.user, services.clock.now(), fewer=fewer)
