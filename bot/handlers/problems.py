"""What a person is told when something goes otherwise: an expected error in its words, any other by a reference."""

from __future__ import annotations

import secrets

import structlog

from bot.errors import BotError
from bot.handlers.calls import Call, Reply
from bot.logs import trace_of
from bot.texts import Texts
from bot.views.blocks import Message, modal, quoted, section
from bot.workflows.leaving import post
from bot.workflows.people import texts_for

log = structlog.get_logger(__name__)


async def tell(call: Call, problem: BotError) -> Reply:
    """An expected error is an answer: the person reads its sentence, and Slack hears that all is well."""
    if not problem.key:
        return None
    texts = await texts_for(call.services, call.who)
    log.info("call.answered_with_a_problem", problem=type(problem).__name__, user=call.who.user)
    return await _say(call, texts, texts.say(problem.key, company=quoted(call.services.company)))


async def apologise(call: Call, problem: Exception) -> Reply:
    """An unexpected error: the log has the trace without anybody's words, the person a short reference, once."""
    reference = secrets.token_hex(3)
    log.error(
        "call.failed",
        reference=reference,
        call=f"{call.kind} {call.id}",
        user=call.who.user,
        error=type(problem).__name__,
        trace=trace_of(problem),
    )
    if call.retry:
        return None
    texts = await texts_for(call.services, call.who)
    return await _say(call, texts, texts.say("problem-unexpected", reference=reference))


async def _say(call: Call, texts: Texts, sentence: str) -> Reply:
    """In the modal that was submitted, as the command's answer, or in the DM."""
    if call.kind == "submission":
        view = modal(texts.label("modal-sorry-title"), [section(sentence)], texts.label("modal-close"))
        return {"response_action": "push", "view": view}
    if call.kind == "command":
        return sentence
    if call.who.user:
        post(call.services, call.who, Message(sentence, (section(sentence),)))
    return None
