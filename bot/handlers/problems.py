"""What a person is told when something goes otherwise: an expected error in its words, any other by a reference."""

from __future__ import annotations

import secrets
import traceback

import structlog

from bot.errors import BotError
from bot.handlers.calls import Call, Reply
from bot.texts import Texts
from bot.views.blocks import Message, modal, section
from bot.workflows.people import texts_for

log = structlog.get_logger(__name__)


async def tell(call: Call, problem: BotError) -> Reply:
    """An expected error is an answer: the person reads its sentence, and Slack hears that all is well."""
    if not problem.key:
        return None
    texts = await texts_for(call.services, call.who)
    log.info(
        "answered with a problem", action="problem_told", problem=type(problem).__name__, user=call.who.user
    )
    return await _say(call, texts, texts.say(problem.key, company=call.services.workspace.name))


async def apologise(call: Call, problem: Exception) -> Reply:
    """An unexpected error: the log has the trace without anybody's words, the person a short reference, once."""
    reference = secrets.token_hex(3)
    log.error(
        "unexpected error",
        action="unexpected_error",
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


def trace_of(problem: BaseException) -> list[str]:
    """Where it happened, line by line; never the message, in which a person's words may stand."""
    frames = traceback.extract_tb(problem.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    cause = problem.__cause__
    return lines + ([f"caused by {type(cause).__name__}", *trace_of(cause)] if cause else [])


async def _say(call: Call, texts: Texts, sentence: str) -> Reply:
    """In the modal that was submitted, as the command's answer, or in the DM."""
    if call.kind == "submission":
        view = modal(texts.label("modal-sorry-title"), [section(sentence)], texts.label("modal-close"))
        return {"response_action": "push", "view": view}
    if call.kind == "command":
        return sentence
    services, who = call.services, call.who

    async def say() -> None:
        await services.messenger.call("chat.postMessage", channel=who.user, text=sentence)

    if who.user:
        services.say_later(who, say)
    return None


__all__ = ["Message", "apologise", "tell", "trace_of"]
