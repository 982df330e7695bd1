"""The smallest possible Bolt app, for testing the transports in front of it: it records what it receives."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult


class RecordingBot:
    """A bot that only records what it receives, and fails on demand."""

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
        """Start the background jobs: there are none."""
        self.started = True

    def stop_sending(self) -> None:
        """Stop new work: there is none."""

    async def stop(self) -> None:
        """Close everything: there's nothing to close."""
        self.stopped = True

    async def is_healthy(self) -> bool:
        """Return the health that the test has set."""
        return self.reports_healthy

    def on_ack(self) -> None:
        """Count the acknowledgements that have been sent."""
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
