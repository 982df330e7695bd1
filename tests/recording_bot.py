"""A Bolt app as small as it can be, for what stands in front of it: it remembers what it is given."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult


class RecordingBot:
    """A bot that does nothing but remember, and fail when it is told to."""

    def __init__(self) -> None:
        self.bolt = AsyncApp(
            authorize=_authorize, process_before_response=True, request_verification_enabled=False
        )
        self.payloads: list[dict[str, Any]] = []
        self.received = asyncio.Event()
        self.may_ack = asyncio.Event()
        self.may_ack.set()
        self.failures_left = self.acked_count = 0
        self.started = self.stopped = False
        self.reports_healthy = True
        for register in (self.bolt.event, self.bolt.command, self.bolt.action):
            register(re.compile(""))(self._record_payload)

    async def start(self) -> None:
        """Begin what runs by itself: nothing."""
        self.started = True

    def stop_sending(self) -> None:
        """Begin nothing new: there is nothing."""

    async def stop(self) -> None:
        """Close everything: nothing."""
        self.stopped = True

    async def is_healthy(self) -> bool:
        """Return what the test wants to be true."""
        return self.reports_healthy

    def on_ack(self) -> None:
        """Count the answers that have left."""
        self.acked_count += 1

    async def _record_payload(self, ack: Any, body: dict[str, Any]) -> None:
        self.payloads.append(body)
        self.received.set()
        await self.may_ack.wait()
        if self.failures_left:
            self.failures_left -= 1
            raise ValueError("the test wants this to fail")
        await ack()


async def _authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id="T0QAMAR", bot_token="xoxb-test", bot_user_id="U0HAKAWATI"
    )
