"""What a person is told when something goes otherwise: an expected error in its words, any other by a reference."""

from __future__ import annotations

import secrets

import structlog

from bot.errors import BotError
from bot.handlers.interaction import Call, Reply
from bot.i18n import LOCALES, Texts
from bot.logs import trace_of
from bot.views.blocks import Message, modal, named, section
from bot.workflows.home import home
from bot.workflows.people.members import texts_for
from bot.workflows.people.replies import post

log = structlog.get_logger(__name__)

_ANSWERED_WITH_THE_ACK = frozenset({"submission", "command"})
_DONE_BY_A_PERSON = frozenset({"message", "app_home_opened"})


async def tell(call: Call, problem: BotError) -> Reply:
    """An expected error is an answer: the person reads its sentence, and Slack hears that all is well."""
    if not problem.key:
        return None
    if call.id == "app_home_opened":
        home.turn_away_later(call.services, call.who, problem)
        return None
    texts = await texts_for(call.services, call.who)
    log.info("call.answered_with_a_problem", problem=type(problem).__name__, user=call.who.user)
    return _say(call, texts, texts.say(problem.key, company=named(call.services.company)))


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
    try:
        texts = await texts_for(call.services, call.who)
    except Exception as another:  # noqa: BLE001 the database may be what went wrong: it is said without it
        return _without_the_database(call, reference, another)
    return _say(call, texts, texts.say("problem-unexpected", reference=reference))


def _without_the_database(call: Call, reference: str, problem: Exception) -> Reply:
    """The same where the database is away, which alone knows the person's language: in both, where it happened."""
    log.warning("call.answered_without_the_database", reference=reference, error=type(problem).__name__)
    both = "\n".join(Texts(locale).say("problem-unexpected", reference=reference) for locale in LOCALES)
    message = Message(both, (section(both),))
    if call.kind in _ANSWERED_WITH_THE_ACK or not _waits(call):
        return _in_the_ack(call, Texts(LOCALES[0]), both)

    async def saying() -> None:
        messenger = call.services.messenger
        await messenger.reply(call.channel or call.who.user, message, messenger.new_key())

    call.services.say_later(call.who, saying)
    return None


def _say(call: Call, texts: Texts, sentence: str) -> Reply:
    """In the modal that was submitted, as the command's answer, or in the DM."""
    if call.kind not in _ANSWERED_WITH_THE_ACK and _waits(call):
        post(call.services, call.who, Message(sentence, (section(sentence),)))
    return _in_the_ack(call, texts, sentence)


def _waits(call: Call) -> bool:
    """Whether somebody did this and waits for an answer; of most events those whom they name know nothing."""
    return bool(call.who.user) and (call.kind != "event" or call.id in _DONE_BY_A_PERSON)


def _in_the_ack(call: Call, texts: Texts, sentence: str) -> Reply:
    if call.kind == "submission":
        view = modal(texts.label("modal-sorry-title"), [section(sentence)], texts.label("modal-close"))
        return {"response_action": "push", "view": view}
    return sentence if call.kind == "command" else None
