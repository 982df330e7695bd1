"""An app scripted by the tests: it posts, opens modals, publishes a Home tab and records its payloads."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from practice.server import Workspace

Json = dict[str, Any]
Answer = Callable[[Json], Awaitable[Json | None]]

MANIFEST: Json = {
    "display_information": {"name": "Hakawati"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Hakawati"},
        "shortcuts": [
            {"name": "Write my story", "type": "global", "callback_id": "story:start", "description": "Begin"}
        ],
        "slash_commands": [{"command": "/hakawati", "description": "Your story", "usage_hint": "help"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "files:write", "im:history", "im:write"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


class ScriptedApp:
    """The app behind the workspace; `answers` maps actions, callbacks and commands to its reactions."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._runner: web.AppRunner | None = None
        self.slack = AsyncWebClient(
            workspace.app.bot_token, base_url=f"{workspace.url}/api/", retry_handlers=[]
        )
        self.answers: dict[str, Answer] = {}
        self.payloads: list[Json] = []

    async def start(self) -> None:
        """Listen at the workspace's request URL."""
        app = web.Application()
        app.add_routes([web.post("/slack/events", self._receive)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._workspace.app.request_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def post(self, person: str, text: str, blocks: list[Json] | None = None) -> str:
        """Post a direct message to a person and return its ts."""
        done = await self.slack.chat_postMessage(channel=person, text=text, blocks=blocks)
        return str(done["ts"])

    async def _receive(self, request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            self.payloads.append(await request.json())
            return web.Response()
        form = await request.post()
        payload: Json = json.loads(str(form["payload"])) if "payload" in form else dict(form)
        self.payloads.append(payload)
        names = [
            payload.get("callback_id"),
            payload.get("command"),
            payload.get("view", {}).get("callback_id"),
        ]
        names += [action["action_id"] for action in payload.get("actions", [])]
        answer = next((self.answers[str(name)] for name in names if name in self.answers), None)
        response = await answer(payload) if answer else None
        return web.json_response(response) if response else web.Response()
