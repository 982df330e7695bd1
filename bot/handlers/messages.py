"""Somebody wrote, edited or deleted a message in the DM."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.conversation.turns import Answer, Revised, Withdrawn
from bot.errors import NoDraft, Repeated
from bot.handlers.interaction import Call, Reply, Routes
from bot.workflows.directory.people_list_upload import list_in, receive
from bot.workflows.inbox.messages import Heard, hear, meant, words_of
from bot.workflows.people.members import known, meet, refuse_erased
from bot.workflows.stories.load import story_with
from bot.workflows.stories.show import show
from bot.workflows.stories.turn import Scene, take_turn

SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""The subtypes of a message that a person has written."""
ON_ITS_WAY = 600
"""Seconds for which an event may be late: Slack tries again for about six minutes."""


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


def _at(ts: Any) -> datetime:
    """When the message with this ts was written."""
    return datetime.fromtimestamp(float(ts or 0), UTC)


async def _refuse_erased(call: Call, ts: Any) -> None:
    """Raise Erased for a change of a message written before its author was erased."""
    person = await known(call.services, call.who)
    await refuse_erased(call.services, call.who, person, _at(ts))


async def _written(call: Call, event: Mapping[str, Any]) -> None:
    at, channel = _at(event["ts"]), str(event["channel"])
    person = await meet(call.services, call.who, at=at, channel=channel)
    receipt = str(event.get("client_msg_id") or call.event)
    if (file := await list_in(call.services, person, event)) is not None:
        return await receive(call.services, person, file, channel=channel, receipt=receipt)
    said = await words_of(call.services, call.who, channel, event)
    return await hear(call.services, person, Heard(said, bool(event.get("files")), receipt))


async def _changed(call: Call, event: Mapping[str, Any]) -> None:
    """An edit. The same text again, as when a link got its preview, changes nothing."""
    inner = event["message"]
    await _refuse_erased(call, inner["ts"])
    if inner.get("subtype") == "tombstone":
        await _turn(call, Withdrawn(str(event["channel"]), str(inner["ts"])))
    elif inner.get("text") != (event.get("previous_message") or {}).get("text"):
        said = await words_of(call.services, call.who, str(event["channel"]), inner)
        heard = Heard(said, bool(inner.get("files")), str(inner.get("client_msg_id") or ""))
        if not await _heard_now(call, inner, lambda scene: meant(scene, heard)):
            await _turn(call, Revised(said))


async def _deleted(call: Call, event: Mapping[str, Any]) -> None:
    before = event.get("previous_message") or {}
    gone = Withdrawn(str(event["channel"]), str(event.get("deleted_ts") or before.get("ts", "")))
    await _refuse_erased(call, gone.ts)
    if not await _heard_now(call, before, lambda _scene: gone):
        await _turn(call, gone)


async def _heard_now(call: Call, message: Mapping[str, Any], decide: Callable[[Scene], Answer]) -> bool:
    """Take a message never heard as it stands now: Slack may bring its edit or deletion before itself.

    Its receipt is written, so that the message is no second answer when it comes after all. False for one
    that had been heard, and for one too old to be still on its way.
    """
    receipt = str(message.get("client_msg_id") or "")
    age = float(call.body["event"].get("ts") or 0) - float(message.get("ts") or 0)
    if not receipt or age > ON_ITS_WAY:
        return False
    try:
        await _take(call, decide, receipt)
    except Repeated:
        return False
    return True


async def _turn(call: Call, answer: Revised | Withdrawn) -> None:
    """An earlier message changed: in the story in progress, or in one finished or put aside that it belongs to."""
    where = answer.said if isinstance(answer, Revised) else answer
    story = await story_with(call.services, call.who, where.channel, where.ts)
    await _take(call, lambda _scene: answer, call.event, draft_id=story)


async def _take(call: Call, decide: Callable[[Scene], Answer], receipt: str, *, draft_id: str = "") -> None:
    try:
        outcome = await take_turn(
            call.services, call.who, decide, draft_id=draft_id, event=receipt, aside=True
        )
    except NoDraft:  # an old message, of no story in progress
        return
    call.services.say_later(call.who, lambda: show(call.services, outcome))


ROUTES: Routes = {"event": {"message": message}}
