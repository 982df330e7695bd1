"""Somebody wrote, edited or deleted a message in the DM."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.conversation.turns import MessageDeleted, MessageEdited, UserAction
from bot.errors import DraftNotFoundError, RepeatedEventSignal
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.workflows.directory.people_list_upload import accept_upload, find_list_file
from bot.workflows.inbox.messages import IncomingMessage, handle_message, interpret_message, read_message_text
from bot.workflows.people.members import ensure_member, find_person, refuse_erased
from bot.workflows.stories.load import find_story_with_message
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import TurnContext, take_turn

PERSON_SUBTYPES = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""The subtypes of a message that a person has written."""
MAX_EVENT_DELAY = 600
"""Seconds for which an event may be late: Slack tries again for about six minutes."""


async def receive_message(interaction: Interaction) -> AckReply:
    """A message event: only people's, only in the DM."""
    event = interaction.body["event"]
    if (
        event.get("channel_type", "im") != "im"
        or not interaction.who.user
        or _is_from_bot(interaction, event)
    ):
        return None
    match event.get("subtype", ""):
        case "message_changed":
            await _handle_edit(interaction, event)
        case "message_deleted":
            await _handle_deletion(interaction, event)
        case subtype if subtype in PERSON_SUBTYPES:
            await _handle_new_message(interaction, event)
    return None


def _is_from_bot(interaction: Interaction, event: Mapping[str, Any]) -> bool:
    inner = event.get("message") or event.get("previous_message") or event
    return bool(inner.get("bot_id")) or interaction.who.user == interaction.services.workspace.bot_user_id


def _sent_at(ts: Any) -> datetime:
    """When the message with this ts was written."""
    return datetime.fromtimestamp(float(ts or 0), UTC)


async def _refuse_erased(interaction: Interaction, ts: Any) -> None:
    """Raise Erased for a change of a message written before its author was erased."""
    person = await find_person(interaction.services, interaction.who)
    await refuse_erased(interaction.services, interaction.who, person, _sent_at(ts))


async def _handle_new_message(interaction: Interaction, event: Mapping[str, Any]) -> None:
    at, channel = _sent_at(event["ts"]), str(event["channel"])
    person = await ensure_member(interaction.services, interaction.who, written_at=at, channel=channel)
    receipt = str(event.get("client_msg_id") or interaction.event_id)
    if (file := await find_list_file(interaction.services, person, event)) is not None:
        return await accept_upload(interaction.services, person, file, channel=channel, event=receipt)
    said = await read_message_text(interaction.services, interaction.who, channel, event)
    return await handle_message(
        interaction.services, person, IncomingMessage(said, bool(event.get("files")), receipt)
    )


async def _handle_edit(interaction: Interaction, event: Mapping[str, Any]) -> None:
    """An edit. The same text again, as when a link got its preview, changes nothing."""
    inner = event["message"]
    await _refuse_erased(interaction, inner["ts"])
    if inner.get("subtype") == "tombstone":
        await _apply_change(interaction, MessageDeleted(str(event["channel"]), str(inner["ts"])))
    elif inner.get("text") != (event.get("previous_message") or {}).get("text"):
        said = await read_message_text(interaction.services, interaction.who, str(event["channel"]), inner)
        heard = IncomingMessage(said, bool(inner.get("files")), str(inner.get("client_msg_id") or ""))
        if not await _take_unseen_message(interaction, inner, lambda scene: interpret_message(scene, heard)):
            await _apply_change(interaction, MessageEdited(said))


async def _handle_deletion(interaction: Interaction, event: Mapping[str, Any]) -> None:
    before = event.get("previous_message") or {}
    gone = MessageDeleted(str(event["channel"]), str(event.get("deleted_ts") or before.get("ts", "")))
    await _refuse_erased(interaction, gone.ts)
    if not await _take_unseen_message(interaction, before, lambda _scene: gone):
        await _apply_change(interaction, gone)


async def _take_unseen_message(
    interaction: Interaction, message: Mapping[str, Any], decide: Callable[[TurnContext], UserAction]
) -> bool:
    """Take a message never heard as it stands now: Slack may bring its edit or deletion before itself.

    Its receipt is written, so that the message is no second answer when it comes after all. False for one
    that had been heard, and for one too old to be still on its way.
    """
    receipt = str(message.get("client_msg_id") or "")
    age = float(interaction.body["event"].get("ts") or 0) - float(message.get("ts") or 0)
    if not receipt or age > MAX_EVENT_DELAY:
        return False
    try:
        await _take_turn(interaction, decide, receipt)
    except RepeatedEventSignal:
        return False
    return True


async def _apply_change(interaction: Interaction, answer: MessageEdited | MessageDeleted) -> None:
    """An earlier message changed: in the story in progress, or in one finished or put aside that it belongs to."""
    where = answer.said if isinstance(answer, MessageEdited) else answer
    story = await find_story_with_message(interaction.services, interaction.who, where.channel, where.ts)
    await _take_turn(interaction, lambda _scene: answer, interaction.event_id, draft_id=story)


async def _take_turn(
    interaction: Interaction, decide: Callable[[TurnContext], UserAction], receipt: str, *, draft_id: str = ""
) -> None:
    try:
        outcome = await take_turn(
            interaction.services, interaction.who, decide, draft_id=draft_id, event=receipt, allow_aside=True
        )
    except DraftNotFoundError:  # an old message, of no story in progress
        return
    interaction.services.send_after_commit(interaction.who, lambda: show_turn(interaction.services, outcome))


ROUTES: Routes = {"event": {"message": receive_message}}
