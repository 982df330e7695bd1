"""Edits and deletions of earlier messages in the DM."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from bot.conversation.turns import MessageDeleted, MessageEdited
from bot.errors import DraftNotFoundError, RepeatedEventSignal
from bot.services import Services, UserRef
from bot.workflows.inbox.messages import IncomingMessage, interpret_message
from bot.workflows.stories.load import find_resting_story_with_message
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import Interpreter, TurnRequest, take_turn
from db.queries import processed_events


@dataclass(frozen=True)
class MessageChange:
    """An edit or deletion, as one event reports it."""

    action: MessageEdited | MessageDeleted
    event: str
    """The receipt of the edit or deletion."""
    message_event: str = ""
    """The receipt of the message itself; empty if it must have arrived long ago."""
    edited_message: IncomingMessage | None = None
    """The message as it is now; None for a deletion."""

    @property
    def place(self) -> tuple[str, str]:
        """The channel and the ts of the message."""
        where = self.action.message if isinstance(self.action, MessageEdited) else self.action
        return where.channel, where.ts


async def handle_message_change(services: Services, who: UserRef, change: MessageChange) -> None:
    """Apply the change to the story that has the message: the current one, a finished one, or one put aside.

    Slack may send an edit or deletion before the message itself. Then the message is taken as it is now, and
    its receipt is saved, so that it isn't a second answer when it arrives after all.
    """
    was_received, story_id = await _find_message(services, who, change)
    if not was_received:
        try:
            return await _take_turn(services, TurnRequest(who, _as_new(change), event=change.message_event))
        except RepeatedEventSignal:  # the message arrived between the read and the write
            _, story_id = await _find_message(services, who, change)
    await _take_turn(services, TurnRequest(who, change.action, draft_id=story_id, event=change.event))
    return None


async def _find_message(services: Services, who: UserRef, change: MessageChange) -> tuple[bool, str]:
    """Return whether the message was received, and the id of the story at rest that has its words, or "".

    Reading first spares an ordinary edit a write transaction that only fails on the message's receipt.
    """
    async with services.database.read_transaction() as connection:
        was_received = not change.message_event or await processed_events.has_processed_event(
            connection, who.team, change.message_event
        )
        return was_received, await find_resting_story_with_message(connection, who, *change.place)


def _as_new(change: MessageChange) -> MessageDeleted | MessageEdited | Interpreter:
    if change.edited_message is None:
        return change.action
    return partial(interpret_message, incoming=change.edited_message)


async def _take_turn(services: Services, request: TurnRequest) -> None:
    try:
        outcome = await take_turn(services, request)
    except DraftNotFoundError:  # an old message that belongs to no story in progress
        return
    services.send_after_commit(request.who, lambda: show_turn(services, outcome))
