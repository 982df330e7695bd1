"""The floor for Socket Mode: Bolt with its default settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bench.bolt import ANY_ACTION, APP_TOKEN, TOKEN, ack_only
from bench.child_server import ServerHandle


@asynccontextmanager
async def serve_stock_socket_mode(api_url: str) -> AsyncIterator[ServerHandle]:
    """Connect Bolt, and disconnect it when the block exits."""
    app = AsyncApp(client=AsyncWebClient(TOKEN, base_url=api_url))
    app.action(ANY_ACTION)(ack_only)
    handler = AsyncSocketModeHandler(app, APP_TOKEN)
    await handler.connect_async()
    try:
        yield ServerHandle()
    finally:
        await handler.close_async()
