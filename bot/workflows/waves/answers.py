"""Answers to an invitation: declined, snoozed or accepted."""

from __future__ import annotations

from bot.conversation.turns import ButtonPressed
from bot.services import Services, UserRef
from bot.views.blocks import Message
from bot.workflows.stories import start
from bot.workflows.stories.context import TurnOutcome
from bot.workflows.stories.turn import TurnRequest, take_turn
from db.models.drafts import DraftStep, Question
from db.models.waves import WaveAnswer, WaveAnswerKind
from db.queries import waves


async def record_invitation_answer(
    services: Services, who: UserRef, wave_id: str, answer: WaveAnswerKind
) -> None:
    """Store the answer to an invitation; ignore a wave that doesn't exist."""
    now = services.clock.now()
    async with services.person_transaction(who) as connection:
        if await waves.find_wave(connection, who.team, wave_id) is not None:
            await waves.upsert_wave_answer(connection, WaveAnswer(who.team, who.user, wave_id, answer, now))


async def begin_from_invitation(services: Services, who: UserRef) -> TurnOutcome | Message:
    """Start a story past the question whether to start one, or ask what to do with the existing one."""
    result = await start.begin_story(services, who)
    question = Question(DraftStep.INVITATION)
    if isinstance(result, Message) or result.turn.draft.at != question:
        return result
    request = TurnRequest(who, ButtonPressed(question, "start"), draft_id=result.turn.draft.id)
    return await take_turn(services, request)
