"""A Bolt app as small as it can be, for what stands in front of it: it remembers what it is given."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult


class Recorder:
    """A bot that does nothing but remember, and fail when it is told to."""

    def __init__(self) -> None:
        self.bolt = AsyncApp(
            authorize=_authorize, process_before_response=True, request_verification_enabled=False
        )
        self.heard: list[dict[str, Any]] = []
        self.something = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.failures = self.answered = 0
        self.started = self.stopped = False
        self.well = True
        for register in (self.bolt.event, self.bolt.command, self.bolt.action):
            register(re.compile(""))(self._hear)

    async def start(self) -> None:
        """Begin what runs by itself: nothing."""
        self.started = True

    def leave(self) -> None:
        """Begin nothing new: there is nothing."""

    async def stop(self) -> None:
        """Close everything: nothing."""
        self.stopped = True

    async def healthy(self) -> bool:
        """Return what the test wants to be true."""
        return self.well

    def acked(self) -> None:
        """Count the answers that have left."""
        self.answered += 1

    async def _hear(self, ack: Any, body: dict[str, Any]) -> None:
        self.heard.append(body)
        self.something.set()
        await self.may_answer.wait()
        if self.failures:
            self.failures -= 1
            raise ValueError("the test wants this to fail")
        await ack()


async def _authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id="T0QAMAR", bot_token="xoxb-test", bot_user_id="U0HAKAWATI"
    )
