"""Messages in the DM: new, edited and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.conversation.turns import MessageDeleted, MessageEdited
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.workflows.directory.people_list_upload import accept_upload, find_authorised_list_file_id
from bot.workflows.inbox.message_changes import MessageChange, handle_message_change
from bot.workflows.inbox.messages import IncomingMessage, handle_message, load_person_message
from bot.workflows.people.members import find_person, refuse_message_before_erasure

PERSON_SUBTYPES = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""The subtypes of messages that people write."""
MAX_EVENT_DELAY = 600
"""Seconds by which an event may be late: Slack retries for about six minutes."""


async def receive_message_event(interaction: Interaction) -> AckReply:
    """Handle a message event, if it's from a person and in the DM."""
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
    """Return when the message with this ts was written."""
    return datetime.fromtimestamp(float(ts or 0), UTC)


async def _refuse_erased(interaction: Interaction, ts: Any) -> None:
    """Raise EventBeforeErasureSignal for a change to a message written before its author was erased."""
    person = await find_person(interaction.services, interaction.who)
    await refuse_message_before_erasure(interaction.services, interaction.who, person, _sent_at(ts))


async def _handle_new_message(interaction: Interaction, event: Mapping[str, Any]) -> None:
    at, channel = _sent_at(event["ts"]), str(event["channel"])
    person = await interaction.member(written_at=at, channel=channel)
    receipt = str(event.get("client_msg_id") or interaction.event_id)
    if (file := await find_authorised_list_file_id(interaction.services, person, event)) is not None:
        return await accept_upload(interaction.services, person, file, channel=channel, event=receipt)
    message = await load_person_message(interaction.services, interaction.who, channel, event)
    return await handle_message(
        interaction.services, person, IncomingMessage(message, bool(event.get("files")), receipt)
    )


async def _handle_edit(interaction: Interaction, event: Mapping[str, Any]) -> None:
    """Handle an edit. An unchanged text, as when a link got its preview, changes nothing."""
    inner, channel = event["message"], str(event["channel"])
    await _refuse_erased(interaction, inner["ts"])
    if inner.get("subtype") == "tombstone":
        change = MessageChange(MessageDeleted(channel, str(inner["ts"])), interaction.event_id)
    elif inner.get("text") == (event.get("previous_message") or {}).get("text"):
        return
    else:
        message = await load_person_message(interaction.services, interaction.who, channel, inner)
        receipt = _late_receipt(event, inner)
        incoming = IncomingMessage(message, bool(inner.get("files")), receipt)
        change = MessageChange(MessageEdited(message), interaction.event_id, receipt, incoming)
    await handle_message_change(interaction.services, interaction.who, change)


async def _handle_deletion(interaction: Interaction, event: Mapping[str, Any]) -> None:
    before = event.get("previous_message") or {}
    gone = MessageDeleted(str(event["channel"]), str(event.get("deleted_ts") or before.get("ts", "")))
    await _refuse_erased(interaction, gone.ts)
    change = MessageChange(gone, interaction.event_id, _late_receipt(event, before))
    await handle_message_change(interaction.services, interaction.who, change)


def _late_receipt(event: Mapping[str, Any], message: Mapping[str, Any]) -> str:
    """Return the receipt of a message that may still be on its way; empty for one too old for that."""
    age = float(event.get("ts") or 0) - float(message.get("ts") or 0)
    return "" if age > MAX_EVENT_DELAY else str(message.get("client_msg_id") or "")


ROUTES: Routes = {"event": {"message": receive_message_event}}
