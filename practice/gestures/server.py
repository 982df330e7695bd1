"""The human side as JSON over HTTP: what the page and the tests do in a person's name."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from practice import client_view
from practice.gestures import interactions, messages, modals
from practice.payloads import GestureError, Json, SlackError, as_text
from practice.world import World

GestureHandler = Callable[[World, Json], Awaitable[Json]]


async def send_message(world: World, body: Json) -> Json:
    """Handle POST /human/say."""
    return {"ok": True, "ts": messages.send(world, body).ts}


async def edit_message(world: World, body: Json) -> Json:
    """Handle POST /human/edit."""
    return {"ok": True, "ts": messages.edit(world, body).ts}


async def delete_message(world: World, body: Json) -> Json:
    """Handle POST /human/delete."""
    messages.delete(world, body)
    return {"ok": True}


async def show_link_preview(world: World, body: Json) -> Json:
    """Handle POST /human/preview."""
    return {"ok": messages.show_link_preview(world, body)}


async def share_file(world: World, body: Json) -> Json:
    """Handle POST /human/file."""
    message = messages.share_file(world, body)
    return {"ok": True, "ts": message.ts, "file": message.files[0]}


async def change_reaction(world: World, body: Json) -> Json:
    """Handle POST /human/react."""
    messages.change_reaction(world, body)
    return {"ok": True}


async def change_membership(world: World, body: Json) -> Json:
    """Handle POST /human/invite."""
    return {"ok": True, "members": messages.change_membership(world, body).members}


async def change_channel(world: World, body: Json) -> Json:
    """Handle POST /human/channel."""
    channel = messages.change_channel(world, body)
    return {"ok": True, "archived": channel.archived, "read_only": channel.read_only}


async def change_installation(world: World, body: Json) -> Json:
    """Handle POST /human/install."""
    messages.change_installation(world, body)
    return {"ok": True, "installed": world.app.installed}


async def change_person(world: World, body: Json) -> Json:
    """Handle POST /human/person."""
    return {"ok": True, "person": client_view.person_json(world, messages.change_person(world, body))}


async def open_home(world: World, body: Json) -> Json:
    """Handle POST /human/home."""
    interactions.open_home(world, body)
    return {"ok": True}


async def open_messages_tab(world: World, body: Json) -> Json:
    """Handle POST /human/open_dm."""
    messages.open_messages_tab(world, body)
    return {"ok": True}


async def move_clock(world: World, body: Json) -> Json:
    """Handle POST /human/clock."""
    try:
        step = _clock_step(world, body)
        if body.get("hourly"):
            await world.clock.advance_hourly(
                step, lambda: _push_clock(world), world.timings.clock_confirmation
            )
        else:
            world.clock.advance(step)
            _push_clock(world)
    except (TypeError, ValueError, OverflowError, LookupError) as problem:
        raise GestureError(f"The clock cannot be moved that way: {problem}") from problem
    return {"ok": True, **world.clock.as_response()}


def _clock_step(world: World, body: Json) -> timedelta:
    if "advance_seconds" in body:
        return timedelta(seconds=float(body["advance_seconds"]))
    if "to" in body:
        return _parse_moment(as_text(body["to"])) - world.clock.now()
    if "to_next" in body:
        person = world.people.find(as_text(body.get("as")))
        zone = ZoneInfo(as_text(body.get("zone")) or (person.tz if person else "UTC"))
        return world.clock.next_moment(as_text(body["to_next"]), zone) - world.clock.now()
    raise GestureError("The clock needs advance_seconds, to or to_next.")


def _push_clock(world: World) -> None:
    world.push.send(None, type="clock", **world.clock.as_response())


async def script_faults(world: World, body: Json) -> Json:
    """Handle POST /human/faults."""
    world.faults.replace(body.get("rules"))
    while rule := world.faults.take_for_delivery("disconnect"):
        await world.socket.disconnect(rule.reason, close=rule.times > 0)
    if any(rule.kind == "silent_socket" for rule in world.faults.rules):
        world.socket.stop_answering()
    return {"ok": True, "rules": [vars(rule) for rule in world.faults.rules]}


GESTURES: dict[str, GestureHandler] = {
    "say": send_message,
    "edit": edit_message,
    "delete": delete_message,
    "preview": show_link_preview,
    "file": share_file,
    "react": change_reaction,
    "invite": change_membership,
    "install": change_installation,
    "person": change_person,
    "channel": change_channel,
    "home": open_home,
    "open_dm": open_messages_tab,
    "click": interactions.click,
    "submit": modals.submit,
    "close": modals.close,
    "command": interactions.type_command,
    "shortcut": interactions.use_shortcut,
    "clock": move_clock,
    "faults": script_faults,
}
CLIENT_VIEWS: dict[str, Callable[[World, dict[str, str]], Json]] = {
    "state": client_view.show_state,
    "messages": client_view.show_messages,
    "views": client_view.show_modals,
    "home": client_view.show_home,
    "journal": client_view.show_journal,
    "faults": client_view.show_faults,
}


class HumanApi:
    """Handlers of /human/…: gestures by POST, views by GET, and the push feed."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def serve_gesture(self, request: web.Request) -> web.Response:
        """Make a gesture; what Slack's client wouldn't allow is answered with 400."""
        gesture = GESTURES.get(request.match_info["gesture"])
        if gesture is None:
            return _error_response("There is no such gesture.", 404)
        try:
            body: Any = json.loads(await request.text() or "{}")
        except (ValueError, LookupError, RecursionError):
            return _error_response("The body is not JSON.", 400)
        if not isinstance(body, dict):
            return _error_response("The body is no JSON object.", 400)
        try:
            return web.json_response(await gesture(self._world, body))
        except GestureError as problem:
            return _error_response(str(problem), 400)
        except SlackError as problem:
            return _error_response(problem.code, 400)

    async def serve_client_view(self, request: web.Request) -> web.Response:
        """Return what a person sees."""
        show = CLIENT_VIEWS.get(request.match_info["view"])
        if show is None:
            return _error_response("There is nothing to see there.", 404)
        try:
            return web.json_response(show(self._world, dict(request.query)))
        except GestureError as problem:
            return _error_response(str(problem), 400)

    async def serve_push(self, request: web.Request) -> web.StreamResponse:
        """Serve one page's push feed until the page disconnects or the workspace stops."""
        user = request.query.get("as", "")
        queue = self._world.push.subscribe(user)
        feed = web.WebSocketResponse(heartbeat=30)
        await feed.prepare(request)
        forwarding = asyncio.create_task(_forward_push(feed, queue))
        try:
            # Reading is how we notice that the page has disconnected.
            async for _ in feed:
                continue
        finally:
            self._world.push.unsubscribe(user, queue)
            forwarding.cancel()
            await asyncio.gather(forwarding, return_exceptions=True)
        return feed


async def _forward_push(feed: web.WebSocketResponse, queue: asyncio.Queue[Json | None]) -> None:
    with contextlib.suppress(ConnectionError):
        await feed.send_json({"type": "hello"})
        while (change := await queue.get()) is not None:
            await feed.send_json(change)
        await feed.close()


def _error_response(problem: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": problem}, status=status)


def _parse_moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise GestureError("`to` needs an offset, as in 2027-01-04T09:00:00+00:00.")
    return moment
