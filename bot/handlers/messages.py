"""Somebody wrote, edited or deleted a message in the DM."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.conversation.turns import Answer, Revised, Withdrawn
from bot.errors import NoDraft
from bot.handlers.calls import Call, Reply, Routes
from bot.workflows.drafting import take_turn
from bot.workflows.hearing import Heard, hear, words_of
from bot.workflows.people import meet
from bot.workflows.showing import show

SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""The subtypes of a message that a person has written."""


async def message(call: Call) -> Reply:
    """A message event: only people's, only in the DM."""
    event = call.body["event"]
    if event.get("channel_type", "im") != "im" or not call.who.user or _is_own(call, event):
        return None
    match event.get("subtype", ""):
        case "message_changed":
            await _changed(call, event)
        case "message_deleted":
            await _deleted(call, event)
        case subtype if subtype in SPOKEN:
            await _written(call, event)
    return None


def _is_own(call: Call, event: Mapping[str, Any]) -> bool:
    inner = event.get("message") or event.get("previous_message") or event
    return bool(inner.get("bot_id")) or call.who.user == call.services.workspace.bot_user_id


async def _written(call: Call, event: Mapping[str, Any]) -> None:
    at = datetime.fromtimestamp(float(event["ts"]), UTC)
    person = await meet(call.services, call.who, call.home_team, at=at, channel=str(event["channel"]))
    said = await words_of(call.services, call.who, str(event["channel"]), event)
    receipt = str(event.get("client_msg_id") or call.event)
    await hear(call.services, person, Heard(said, bool(event.get("files")), receipt))


async def _changed(call: Call, event: Mapping[str, Any]) -> None:
    """An edit. The same text again, as when a link got its preview, changes nothing."""
    inner = event["message"]
    if inner.get("subtype") == "tombstone":
        await _turn(call, Withdrawn(str(event["channel"]), str(inner["ts"])))
    elif inner.get("text") != (event.get("previous_message") or {}).get("text"):
        said = await words_of(call.services, call.who, str(event["channel"]), inner)
        await _turn(call, Revised(said))


async def _deleted(call: Call, event: Mapping[str, Any]) -> None:
    ts = event.get("deleted_ts") or event.get("previous_message", {}).get("ts", "")
    await _turn(call, Withdrawn(str(event["channel"]), str(ts)))


async def _turn(call: Call, answer: Answer) -> None:
    try:
        outcome = await take_turn(call.services, call.who, lambda _scene: answer, event=call.event)
    except NoDraft:  # an old message, of no story in progress
        return
    call.services.say_later(call.who, lambda: show(call.services, outcome))


ROUTES: Routes = {"event": {"message": message}}
