"""Answers to errors: an expected one in its own sentence, any other with a reference."""

from __future__ import annotations

import secrets

import structlog

from bot.errors import BotError
from bot.handlers.interaction import AckReply, Interaction
from bot.i18n import LOCALES, Texts
from bot.logs import format_trace
from bot.views.blocks import Message, escape_name, modal, section
from bot.workflows.home import home
from bot.workflows.people.members import load_texts
from bot.workflows.people.replies import send_message_later

log = structlog.get_logger(__name__)

_KINDS_ANSWERED_BY_ACK = frozenset({"submission", "command"})
_PERSONAL_EVENTS = frozenset({"message", "app_home_opened"})


async def answer_expected_error(interaction: Interaction, problem: BotError) -> AckReply:
    """Answer an expected error with its sentence; Slack gets its 200."""
    if not problem.key:
        return None
    if interaction.id == "app_home_opened":
        home.turn_away_later(interaction.services, interaction.who, problem)
        return None
    texts = await load_texts(interaction.services, interaction.who)
    log.info("call.answered_with_a_problem", problem=type(problem).__name__, user=interaction.who.user)
    return _send_sentence(
        interaction, texts, texts.say(problem.key, company=escape_name(interaction.services.company_name))
    )


async def log_and_answer_unexpected_error(interaction: Interaction, problem: Exception) -> AckReply:
    """Log an unexpected error's trace without anybody's words, and give the person a short reference, once."""
    reference = secrets.token_hex(3)
    log.error(
        "call.failed",
        reference=reference,
        call=f"{interaction.kind} {interaction.id}",
        user=interaction.who.user,
        error=type(problem).__name__,
        trace=format_trace(problem),
    )
    if interaction.is_retry:
        return None
    try:
        texts = await load_texts(interaction.services, interaction.who)
    except Exception as another:  # noqa: BLE001 the database may be the cause, so answer without it
        return _report_without_database(interaction, reference, another)
    return _send_sentence(interaction, texts, texts.say("problem-unexpected", reference=reference))


def _report_without_database(interaction: Interaction, reference: str, problem: Exception) -> AckReply:
    """Answer in both languages where it happened: only the database knows the person's own, and it's away."""
    log.warning("call.answered_without_the_database", reference=reference, error=type(problem).__name__)
    both = "\n".join(Texts(locale).say("problem-unexpected", reference=reference) for locale in LOCALES)
    message = Message(both, (section(both),))
    if interaction.kind in _KINDS_ANSWERED_BY_ACK or not _is_awaiting_answer(interaction):
        return _ack_reply(interaction, Texts(LOCALES[0]), both)

    async def send() -> None:
        messenger = interaction.services.messenger
        await messenger.post_reply(interaction.channel or interaction.who.user, message, messenger.new_key())

    interaction.services.send_after_commit(interaction.who, send)
    return None


def _send_sentence(interaction: Interaction, texts: Texts, sentence: str) -> AckReply:
    """Answer in the submitted modal, as the command's reply, or in the DM."""
    if interaction.kind not in _KINDS_ANSWERED_BY_ACK and _is_awaiting_answer(interaction):
        send_message_later(interaction.services, interaction.who, Message(sentence, (section(sentence),)))
    return _ack_reply(interaction, texts, sentence)


def _is_awaiting_answer(interaction: Interaction) -> bool:
    """Return whether the person waits for an answer; most events name people who didn't cause them."""
    return bool(interaction.who.user) and (interaction.kind != "event" or interaction.id in _PERSONAL_EVENTS)


def _ack_reply(interaction: Interaction, texts: Texts, sentence: str) -> AckReply:
    if interaction.kind == "submission":
        view = modal(texts.label("modal-sorry-title"), [section(sentence)], texts.label("modal-close"))
        return {"response_action": "push", "view": view}
    return sentence if interaction.kind == "command" else None
