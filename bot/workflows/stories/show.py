"""Showing a saved turn: the new messages are posted, and the answered question is folded."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, replace

import structlog

from bot.conversation.compose import story_text
from bot.conversation.side_effects import has_begun
from bot.conversation.turns import (
    AskAboutChange,
    AskQuestion,
    CommandReply,
    ConversationPaused,
    InvitationDeclined,
    MessagesStopped,
    NoReply,
    RedrawScreen,
    Remark,
    StoryFinished,
    Turn,
)
from bot.services import Services, UserRef
from bot.views.blocks import Message, split_message
from bot.views.delivery.notice_layout import reminder_set_message
from bot.views.stories import questions as views
from bot.views.stories import replies
from bot.views.stories.answered_questions import answered_question_message
from bot.views.stories.finish import finished_message, story_only_message
from bot.views.stories.screen import remark_text, screen_message
from bot.workflows.delivery.follow_ups import will_send_pause_reminder
from bot.workflows.people.members import ensure_dm_channel
from bot.workflows.people.replies import send_message_later
from bot.workflows.stories.context import TurnContext, TurnOutcome
from bot.workflows.stories.destinations import send_file
from db.models import BotMessage, ShownDraft
from db.models.drafts import Draft, DraftStatus, DraftStep, Question
from db.queries import bot_messages, drafts

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PressedMessage:
    """The message in which a button was pressed, and the question it shows."""

    channel: str
    ts: str
    question: Question


async def show_turn(services: Services, outcome: TurnOutcome, pressed: PressedMessage | None = None) -> None:
    """Show one saved turn; a screen that only changes is redrawn where it was pressed or posted."""
    context, turn = await _refresh_shown_state(services, outcome.context), outcome.turn
    channel = await ensure_dm_channel(services, context.person)
    messages = await _load_messages(services, replace(outcome, context=context))
    parts = [
        TurnMessage(message, channel, "q" if _asks(turn) and number == 0 else str(number))
        for number, message in enumerate(messages, 1 - len(messages))
    ]
    # Concurrently: neither depends on the other, and a failed fold must not cost the new question.
    results = await asyncio.gather(
        _post_in_order(services, context, turn.draft, parts),
        _fold_answered_questions(services, context, turn, pressed),
        return_exceptions=True,
    )
    for problem in results:
        if problem is not None:
            raise problem
    if isinstance(turn, RedrawScreen):
        await _redraw(services, context, turn.draft, pressed)
    if turn.draft != context.draft and not _asks(turn):
        await mark_shown_without_message(services, context, turn.draft)


def _asks(turn: Turn) -> bool:
    """Return whether the turn's last message is the draft's current question."""
    return isinstance(turn, AskQuestion | StoryFinished) and turn.draft.status is not DraftStatus.ASIDE


async def _load_messages(services: Services, outcome: TurnOutcome) -> list[Message]:
    """Return the turn's messages, split to Slack's limits, with the story itself where it should be copied."""
    context, turn = outcome.context, outcome.turn
    whole = turn_messages(context, turn, has_message_in_flight=outcome.has_message_in_flight)
    if isinstance(turn, ConversationPaused) and await will_send_pause_reminder(
        services, context.person, turn.draft.id
    ):
        whole = [reminder_set_message(turn.draft.id, context.texts)]
    if _needs_story_copy(context.draft, turn.draft):
        whole = [*await build_or_send_story_copy(services, context, turn.draft), *whole]
    return [part for message in whole for part in split_message(message)]


async def _post_in_order(
    services: Services, context: TurnContext, draft: Draft, parts: list[TurnMessage]
) -> None:
    for part in parts:
        await post_turn_message(services, context, draft, part)


async def _fold_answered_questions(
    services: Services, context: TurnContext, turn: Turn, pressed: PressedMessage | None
) -> None:
    """Replace the buttons of the questions that this turn answers with what was answered."""
    if pressed is not None and isinstance(turn, AskQuestion | AskAboutChange) and turn.decision:
        await _update_change_question(services, context, turn.decision, pressed)
    if not isinstance(turn, RedrawScreen) and (_asks(turn) or turn.draft.at != context.draft.at):
        await _update_previous_question(services, context, turn)


def show_or_send_later(services: Services, who: UserRef, result: TurnOutcome | Message) -> None:
    """Show the turn, or send the message that came instead, once the current transaction is committed."""
    if isinstance(result, Message):
        send_message_later(services, who, result)
    else:
        services.send_after_commit(who, lambda: show_turn(services, result))


async def _refresh_shown_state(services: Services, context: TurnContext) -> TurnContext:
    """Return the context with the place of its question by now: quick answers arrive before that is stored."""
    if context.stored.shown_version >= context.draft.version:
        return context
    person = context.person
    async with services.database.read_transaction() as connection:
        fresh = await drafts.find_draft(connection, person.team_id, person.user_id, context.draft.id)
    if fresh is None:
        return context
    stored = replace(
        context.stored,
        shown_version=fresh.shown_version,
        shown_channel=fresh.shown_channel,
        shown_ts=fresh.shown_ts,
        shown_key=fresh.shown_key,
    )
    return replace(context, stored=stored)


def turn_messages(context: TurnContext, turn: Turn, *, has_message_in_flight: bool = False) -> list[Message]:
    """Return the turn's messages in order; the last one carries the question."""
    texts = context.texts
    match turn:
        case AskQuestion() | AskAboutChange() if turn.draft.status is DraftStatus.ASIDE:
            return [replies.aside_story_change_reply(turn, texts)]
        case AskQuestion(draft, remark):
            return _question_messages(context, draft, remark, turn)
        case AskAboutChange():
            return [replies.changed_words_choice_message(turn, context.material, texts)]
        case CommandReply(draft, command):
            return [replies.help_language_or_delete_message(draft, command, texts)]
        case ConversationPaused(draft):
            return [replies.sentence_message(texts, "paused" if has_begun(draft) else "later")]
        case MessagesStopped() if has_message_in_flight:
            return [replies.sentence_message(texts, "stopping")]
        case MessagesStopped(may_be_answer=True):
            return [replies.sentence_message(texts, "stopped-answer")]
        case MessagesStopped():
            return [
                replies.sentence_message(texts, "stopped" if has_begun(turn.draft) else "stopped-nothing")
            ]
        case InvitationDeclined():
            return [replies.sentence_message(texts, "declined")]
        case StoryFinished(draft):
            return [finished_message(draft, texts)]
        case RedrawScreen() | NoReply():
            return []


def _question_messages(
    context: TurnContext, draft: Draft, remark: Remark | None, turn: AskQuestion
) -> list[Message]:
    messages: list[Message] = []
    if (restorable := replies.restore_offer_message(turn, context.texts)) is not None:
        messages.append(restorable)
        remark = None
    name = context.person.first_name or context.person.name
    words = remark_text(remark, context.texts)
    messages.append(
        views.current_question_message(draft, context.material, context.texts, name=name, remark=words)
    )
    return messages


def _needs_story_copy(before: Draft, now: Draft) -> bool:
    """Return whether the story was just finished, or changed at the step where it is exported."""
    if now.at.step is not DraftStep.TAKE or now.status is DraftStatus.ASIDE:
        return False
    return before.at.step is not DraftStep.TAKE or story_text(before) != story_text(now)


async def build_or_send_story_copy(services: Services, context: TurnContext, draft: Draft) -> list[Message]:
    """Return the finished story by itself, to go before the question about exporting it.

    A story that is too long is sent as a file.
    """
    if (copy := story_only_message(draft, context.material)) is not None:
        return [copy]
    problem = await send_file(services, replace(context, stored=replace(context.stored, draft=draft)))
    return [replies.sentence_message(context.texts, problem)] if problem else []


@dataclass(frozen=True)
class TurnMessage:
    """One message of a turn, its channel, and its name; "q" is the question itself."""

    message: Message
    channel: str
    name: str


async def post_turn_message(
    services: Services, context: TurnContext, draft: Draft, part: TurnMessage
) -> None:
    """Post one message of a turn; if it is the question, record that this version was shown, and where."""
    key = f"{draft.id}.{draft.version}.{part.name}"
    if draft.version == context.draft.version and context.stored.shown_version >= draft.version:
        key = f"{draft.id}.{secrets.token_hex(6)}"
    ts = await services.messenger.post_reply(part.channel, part.message, key)
    services.crash_points.maybe_crash_at("posted")
    who, now = context.person, services.clock.now()
    sent = BotMessage(
        who.team_id,
        who.user_id,
        part.channel,
        ts,
        draft.at.key,
        part.message.has_personal_text,
        now,
        draft.id,
    )
    async with services.transaction() as connection:
        await bot_messages.upsert_bot_message(connection, sent)
        if part.name == "q":
            await drafts.mark_draft_shown(
                connection, who.team_id, draft.id, ShownDraft(draft.version, part.channel, ts, key)
            )
    services.crash_points.maybe_crash_at("shown")


async def mark_shown_without_message(services: Services, context: TurnContext, draft: Draft) -> None:
    """Record that this version needs no message: its question is still where it was posted.

    If something else was asked in place of the next question, that one hasn't been posted anywhere.
    """
    stored = context.stored if draft.at == context.draft.at else replace(context.stored, shown_ts="")
    shown = ShownDraft(draft.version, stored.shown_channel or "", stored.shown_ts or "", stored.shown_key)
    # Not durable: what a power cut takes of it, the next start shows again.
    async with services.transaction(durable=False) as connection:
        await drafts.mark_draft_shown(connection, context.person.team_id, draft.id, shown)
    services.crash_points.maybe_crash_at("shown")


async def _update_previous_question(services: Services, context: TurnContext, turn: Turn) -> None:
    """Replace the previous question with its answer; it's no loss if that message is gone."""
    stored = context.stored
    if stored.shown_ts and stored.shown_channel and context.draft.at.step is not DraftStep.DONE:
        view = answered_question_message(turn.draft, context.draft.at, context.material, context.texts)
        await services.messenger.update_message(stored.shown_channel, stored.shown_ts, view)


async def _update_change_question(
    services: Services, context: TurnContext, choice: str, pressed: PressedMessage
) -> None:
    """Replace the question about changed words with its answer."""
    change = context.draft.pending_change(pressed.question)
    if change is not None and pressed.ts:
        view = replies.compare_decided_message(change, choice, context.texts)
        await services.messenger.update_message(pressed.channel, pressed.ts, view)


async def _redraw(
    services: Services, context: TurnContext, draft: Draft, pressed: PressedMessage | None
) -> None:
    """Redraw the screen in the message where it was pressed, or where its question was posted."""
    if pressed is None or not pressed.ts:
        async with services.database.read_transaction() as connection:
            found = await bot_messages.find_question_message(
                connection, context.person.team_id, draft.id, draft.at.key
            )
        if found is None:
            return
        pressed = PressedMessage(found.channel, found.ts, draft.at)
    screen = views.build_screen(draft, pressed.question, context.material, context.texts)
    view = split_message(screen_message(draft, pressed.question, screen, context.texts))[-1]
    await services.messenger.update_message(pressed.channel, pressed.ts, view)
    services.crash_points.maybe_crash_at("posted")
