"""A small bot on the real slack-bolt, over either transport: what works here works for Bolt's users."""

import asyncio
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from practice.server import Workspace

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Hakawati"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Hakawati"},
        "slash_commands": [
            {"command": "/echo", "description": "Says it again"},
            {"command": "/sleep", "description": "Never answers"},
            {"command": "/escaped", "description": "Says it again, escaped", "should_escape": True},
        ],
        "shortcuts": [
            {"name": "Begin", "type": "global", "callback_id": "begin", "description": "Begin"},
            {"name": "Keep", "type": "message", "callback_id": "keep", "description": "Keep"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                *("chat:write", "im:write", "im:history", "im:read", "channels:history", "channels:read"),
                *("groups:read", "channels:join", "users:read", "users:read.email", "users.profile:read"),
                *("reactions:read", "reactions:write", "files:read", "files:write", "team:read", "dnd:read"),
                *("emoji:read", "commands"),
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                *("message.im", "message.channels", "app_home_opened", "reaction_added", "reaction_removed"),
                *("team_join", "user_change", "member_joined_channel", "member_left_channel", "file_shared"),
                *("app_uninstalled", "tokens_revoked"),
            ]
        }
    },
}


def button(label: str, action_id: str, **more: Any) -> Json:
    """Return a button."""
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action_id, **more}


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    """Return a modal."""
    content = list(blocks) or [section(title)]
    plain_title = {"type": "plain_text", "text": title}
    submit = {"type": "plain_text", "text": "Send"}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain_title,
        "submit": submit,
        "blocks": content,
        **more,
    }


def section(text: str, **more: Any) -> Json:
    """Return a section."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def text_input(label: str, block_id: str, **element: Any) -> Json:
    """Return an input block with a text input."""
    field = {"type": "plain_text_input", "action_id": "value", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": label},
        "element": field,
    }


class ReferenceBot:
    """A bot that records every payload and answers some."""

    def __init__(self, workspace: Workspace) -> None:
        config = workspace.app
        self.workspace = workspace
        self.client = AsyncWebClient(config.bot_token, base_url=f"{workspace.url}/api/", retry_handlers=[])
        self.app = AsyncApp(
            client=self.client,
            signing_secret=config.signing_secret,
            process_before_response=True,
        )
        self.payloads: list[Json] = []
        self.answer: Any = None
        self.is_ignoring = False
        self._payload_arrived = asyncio.Event()
        self._add_listeners()
        self._runner: web.AppRunner | None = None
        self._socket: AsyncSocketModeHandler | None = None

    async def start(self) -> None:
        """Connect with the workspace's transport."""
        if self.workspace.app.transport == "socket":
            self._socket = AsyncSocketModeHandler(self.app, self.workspace.app.app_token)
            await self._socket.connect_async()
            await self.workspace.wait_until_connected()
            return
        server = web.Application()
        server.router.add_post("/slack/events", self._serve)
        self._runner = web.AppRunner(server, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.workspace.app.request_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def stop(self) -> None:
        """Disconnect."""
        if self._socket is not None:
            await self._socket.close_async()
        if self._runner is not None:
            await self._runner.cleanup()

    def payloads_of(self, kind: str) -> list[Json]:
        """Return the payloads of a kind: an event's type or an interaction's."""
        return [
            body for body in self.payloads if body.get("event", body).get("type", body.get("command")) == kind
        ]

    async def wait_for_payload(self, kind: str, count: int = 1, subtype: str | None = None) -> Json:
        """Wait for the n-th payload of a kind and return it."""
        async with asyncio.timeout(10):
            while True:
                received = [
                    b
                    for b in self.payloads_of(kind)
                    if subtype in (None, b.get("event", b).get("subtype", ""))
                ]
                if len(received) >= count:
                    return received[count - 1]
                self._payload_arrived.clear()
                await self._payload_arrived.wait()

    async def _serve(self, request: web.Request) -> web.Response:
        return await to_aiohttp_response(await self.app.async_dispatch(await to_bolt_request(request)))

    def _add_listeners(self) -> None:
        app = self.app

        @app.middleware
        async def remember(body: Json, next: Any) -> None:
            self.payloads.append(body)
            self._payload_arrived.set()
            if not self.is_ignoring:
                await next()

        @app.event("message")
        async def message(event: Json, say: Any) -> None:
            if event.get("text") == "hi":
                actions = {
                    "type": "actions",
                    "elements": [button("Begin", "begin", value="7"), button("Open", "open")],
                }
                await say(text="Hello. Begin?", blocks=[section("*Hello.* Begin?"), actions])

        self._add_interaction_listeners()

    def _add_interaction_listeners(self) -> None:
        app = self.app

        @app.event({"type": "app_home_opened"})
        async def home_opened(event: Json, client: AsyncWebClient) -> None:
            if event["tab"] == "home":
                blocks = [section("Your home", accessory=button("From home", "begin"))]
                await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

        for kind in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
            if not kind.startswith(("message.", "app_home")):
                app.event(kind)(_do_nothing)

        @app.action("begin")
        async def begin(ack: Any, body: Json, client: AsyncWebClient) -> None:
            await ack()
            if "message" in body:
                channel, ts = body["channel"]["id"], body["message"]["ts"]
                await client.chat_update(channel=channel, ts=ts, text="Begun.", blocks=[section("Begun.")])

        @app.action("open")
        async def open_form(ack: Any, body: Json, client: AsyncWebClient) -> None:
            await ack()
            form = modal(
                "A form", text_input("Your story", "story"), notify_on_close=True, private_metadata="m"
            )
            await client.views_open(trigger_id=body["trigger_id"], view=form)

        @app.view("form")
        async def submitted(ack: Any) -> None:
            await ack(**(self.answer or {}))

        @app.view_closed("form")
        async def closed(ack: Any) -> None:
            await ack()

        self._add_message_listeners()

    def _add_message_listeners(self) -> None:
        app = self.app

        @app.command("/echo")
        async def echo(ack: Any, command: Json) -> None:
            await ack(command["text"] or None)

        @app.command("/escaped")
        async def escaped(ack: Any, command: Json) -> None:
            await ack({"response_type": "in_channel", "text": command["text"]})

        @app.shortcut("begin")
        async def begin(ack: Any, shortcut: Json, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=shortcut["trigger_id"], view=modal("From a shortcut"))

        @app.shortcut("keep")
        async def keep(ack: Any, respond: Any) -> None:
            await ack()
            await respond("Kept.")


async def _do_nothing() -> None:
    return None
