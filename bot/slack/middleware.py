"""The middleware that runs before any handler and marks repeated deliveries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltRequest


async def set_retry_flag(
    req: AsyncBoltRequest,
    next: Callable[[], Awaitable[BoltResponse]],
) -> BoltResponse:
    """Set `retry` in the context if Slack delivers this again, over HTTP or Socket Mode."""
    retry: Any = req.headers.get("x-slack-retry-num")
    req.context["retry"] = bool(retry and retry[0] not in ("", "0"))
    return await next()
