"""A new message in the DM: its meaning, its draft, and what to do when there is no draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.conversation.commands import Command, parse_command
from bot.conversation.plan import accepts_text
from bot.conversation.preference_phrases import (
    PreferenceRequest,
    QuietUntilRequest,
    ambiguous_answers,
    is_possible_answer,
    parse_preference,
)
from bot.conversation.turns import (
    AskQuestion,
    ButtonPressed,
    CommandSent,
    EarlyCommand,
    MediaOnly,
    NoReply,
    Remark,
    TextSent,
    UserAction,
)
from bot.errors import DraftNotFoundError
from bot.ids import CHOICE_PRESS
from bot.services import Services, UserRef
from bot.slack.errors import CALL_ERRORS
from bot.text import (
    fold,
    is_greeting,
    mentioned_user_ids,
    message_to_plain_text,
    replace_unstorable_characters,
    ts_sort_key,
)
from bot.views.stories import questions as views
from bot.views.stories import replies
from bot.workflows.inbox.typed_preferences import apply_and_confirm_preference
from bot.workflows.people.members import texts_for
from bot.workflows.people.replies import send_message_later, send_sentence_later
from bot.workflows.preferences.opt_out import stop
from bot.workflows.stories.context import TurnContext, TurnOutcome
from bot.workflows.stories.load import load_turn_context
from bot.workflows.stories.preference_offers import send_preference_offer
from bot.workflows.stories.reshow import reshow_callback
from bot.workflows.stories.show import show_or_send_later, show_turn
from bot.workflows.stories.start import begin_story
from bot.workflows.stories.turn import TurnRequest, new_draft, take_turn
from db.models import Person
from db.models.drafts import Draft, DraftStatus, PersonMessage, Question
from db.queries import drafts, people

OUTGOING_WAIT_SECONDS = 2.0
"""Seconds for which a message waits for replies still being sent to its author; Slack waits for three."""
MAX_MENTION_LOOKUPS = 20
"""The most people in one message that are looked up in Slack; the others are shown as somebody."""


@dataclass(frozen=True)
class IncomingMessage:
    """One message: its words, whether it has files, and its receipt."""

    message: PersonMessage
    has_files: bool
    event: str


async def load_person_message(
    services: Services, who: UserRef, channel: str, message: Mapping[str, Any]
) -> PersonMessage:
    """Return the words of a message, raw and as plain text, with people's names in place of their ids."""
    raw = replace_unstorable_characters(str(message.get("text") or ""))
    names = await _load_mentioned_names(services, who, raw)
    return PersonMessage(raw, message_to_plain_text(raw, names), channel, str(message["ts"]))


async def _load_mentioned_names(services: Services, who: UserRef, raw: str) -> dict[str, str]:
    users = mentioned_user_ids(raw)
    if not users:
        return {}
    async with services.database.read_transaction() as connection:
        known = dict(await people.load_display_names(connection, who.team, users))
    for user in [user for user in users if user not in known][:MAX_MENTION_LOOKUPS]:
        try:
            answer = await services.messenger.call_with_retries("users.info", user=user)
        except CALL_ERRORS:
            continue  # the name is missing, but the message counts, and its raw text keeps the mention
        profile = answer["user"].get("profile", {})
        known[user] = str(profile.get("display_name") or answer["user"].get("real_name") or "")
    return {user: name for user, name in known.items() if name}


async def handle_message(services: Services, person: Person, incoming: IncomingMessage) -> None:
    """Take the message as what it means in this person's conversation, and show what follows.

    A question may be on the person's screen before Slack has reported its ts: wait for that, to know which
    question was answered.
    """
    who = UserRef(person.team_id, person.user_id)
    await services.outgoing.wait_until_sent(who, OUTGOING_WAIT_SECONDS)
    preference = None if incoming.has_files else parse_preference(incoming.message.plain)
    if preference is not None and not await _is_for_the_story(services, who, preference, incoming.message):
        await apply_and_confirm_preference(services, person, preference, incoming.event)
        return
    try:
        request = TurnRequest(who, partial(interpret_message, incoming=incoming), event=incoming.event)
        outcome = await take_turn(services, request)
    except DraftNotFoundError:
        await _handle_without_draft(services, person, incoming)
        return
    _offer_preference(services, preference, outcome, incoming.message)
    if incoming.message.plain.strip():  # otherwise the remark before the question says it
        await _acknowledge_files(services, who, incoming)
    if outcome.turn == NoReply(outcome.context.draft):
        services.send_after_commit(who, reshow_callback(services, outcome.context.stored))
        return
    services.send_after_commit(who, lambda: show_turn(services, outcome))


async def _is_for_the_story(
    services: Services,
    who: UserRef,
    preference: PreferenceRequest | QuietUntilRequest,
    message: PersonMessage,
) -> bool:
    """Return whether the words are a choice of the current question, or may be an answer: then they're kept as that.

    Applying a preference instead would lose the answer; after an answer, the preference can still be offered.
    """
    async with services.database.read_transaction() as connection:
        current = await drafts.find_current_draft(connection, who.team, who.user)
    if current is None:
        return False
    context = await load_turn_context(services, who, current.draft.id)
    if _typed_choice(context, message.plain) is not None:
        return True
    waits = accepts_text(context.draft.at) or _is_late(context, message)
    return context.draft.status is DraftStatus.OPEN and waits and is_possible_answer(preference)


def _offer_preference(
    services: Services,
    preference: PreferenceRequest | QuietUntilRequest | None,
    outcome: TurnOutcome,
    message: PersonMessage,
) -> None:
    """Offer a button for words that were kept in the story and may have been a preference."""
    draft, person = outcome.turn.draft, outcome.context.person
    for ambiguous in ambiguous_answers(draft) if isinstance(preference, PreferenceRequest) else ():
        if (ambiguous.message.channel, ambiguous.message.ts) == (message.channel, message.ts):
            who = UserRef(person.team_id, person.user_id)
            services.send_after_commit(
                who, partial(send_preference_offer, services, person, draft.id, ambiguous)
            )


async def _acknowledge_files(services: Services, who: UserRef, incoming: IncomingMessage) -> None:
    """Acknowledge a file without reading it; the words in its message count."""
    if incoming.has_files:
        await send_sentence_later(
            services, who, "file-beside-words" if incoming.message.plain.strip() else "file-alone"
        )


def interpret_message(context: TurnContext, incoming: IncomingMessage) -> UserAction:
    """Return what a message means at the current question: a command, a typed choice, or an answer."""
    message = incoming.message
    if incoming.has_files and not message.plain.strip():
        return MediaOnly()
    if (command := parse_command(message.plain)) is not None:
        unseen = (
            context.stored.shown_version < context.draft.version and context.draft.status is DraftStatus.OPEN
        )
        return (
            EarlyCommand()
            if unseen and command in {Command.BACK, Command.SKIP}
            else CommandSent(command, message)
        )
    return _typed_choice(context, message.plain) or TextSent(message, is_late=_is_late(context, message))


def _typed_choice(context: TurnContext, text: str) -> ButtonPressed | None:
    """Return the choice whose label was typed: of the current question, or of the latest about changed words."""
    draft = context.draft
    screen = views.build_screen(draft, draft.at, context.material, context.texts)
    offered = [
        (choice.target or draft.at, choice) for choice in screen.choices if choice.action_id == CHOICE_PRESS
    ]
    for change in draft.changes[-1:]:
        question = Question.from_key(change.question)
        offered += [(question, choice) for choice in replies.compare_choices(change, context.texts)]
    typed = fold(text).strip()
    found = (one for one in offered if fold(one[1].label).strip() == typed)
    return next((ButtonPressed(question, choice.name, choice.about) for question, choice in found), None)


def _is_late(context: TurnContext, message: PersonMessage) -> bool:
    """Return whether the words were written before the current question was posted: they belong to the one before."""
    stored = context.stored
    unseen = stored.shown_version < 0 or not stored.shown_ts
    if unseen or stored.shown_channel != message.channel:
        return False
    behind = stored.shown_version < context.draft.version
    return behind or ts_sort_key(message.ts) < ts_sort_key(stored.shown_ts or "0")


_COMMAND_REPLIES: dict[Command | None, str] = {
    Command.HELP: "help",
    Command.LANGUAGE: "",
    Command.DELETE: "delete-nothing",
    Command.STOP: "",
}
"""The commands that work without a story, and the sentence that answers each."""


async def _handle_without_draft(services: Services, person: Person, incoming: IncomingMessage) -> None:
    """Answer a command without a story in progress; anything else starts a story, with the words kept."""
    who, message = UserRef(person.team_id, person.user_id), incoming.message
    command = parse_command(message.plain)
    if command in _COMMAND_REPLIES:
        if command is Command.STOP:
            return await send_sentence_later(services, who, await stop(services, who, incoming.event))
        async with services.person_transaction(who, incoming.event):
            pass  # only the receipt: a repeat is answered once
        if command is Command.LANGUAGE:
            return send_message_later(services, who, replies.bot_language_choice_message(texts_for(person)))
        return await send_sentence_later(services, who, _COMMAND_REPLIES[command])
    has_words = bool(message.plain.strip()) and not is_greeting(message.plain) and command is None
    if not has_words and await _greet_returning_person(services, person, incoming):
        return None
    initial_draft: Draft = new_draft()
    if has_words:
        initial_draft = replace(initial_draft, unplaced=(message,))
    result = await begin_story(services, who, initial_draft, event=incoming.event)
    await _acknowledge_files(services, who, incoming)
    if has_words and isinstance(result, TurnOutcome):
        result = replace(result, turn=AskQuestion(result.turn.draft, Remark.UNPLACED))
    return show_or_send_later(services, who, result)


async def _greet_returning_person(services: Services, person: Person, incoming: IncomingMessage) -> bool:
    """Greet a person who finished a story or opted out before, and offer a new start; False for anyone else."""
    who, texts = UserRef(person.team_id, person.user_id), texts_for(person)
    async with services.database.read_transaction() as connection:
        stories = await drafts.list_all_drafts_of_person(connection, who.team, who.user)
    finished = [story for story in stories if story.draft.status is DraftStatus.FINISHED]
    if not finished and not person.is_stopped:
        return False
    async with services.person_transaction(who, incoming.event):
        pass  # only the receipt: a repeat is answered once
    await _acknowledge_files(services, who, incoming)
    if person.is_stopped:
        send_message_later(services, who, replies.begin_choice_message("stopped-begin", texts))
        return True
    for story in finished[:1]:
        if story.landed in (None, "not_yet"):
            send_message_later(services, who, replies.landing_question_message(story.draft.id, texts))
    send_message_later(services, who, replies.begin_choice_message("done-begin", texts))
    return True
