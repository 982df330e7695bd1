"""The queue of outgoing messages: sent after the commit, off the path of the ack, in order for each person."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.user_ref import UserRef

log = structlog.get_logger(__name__)

SendCallback = Callable[[], Awaitable[None]]


class OutgoingQueue:
    """One queue and one sender task for each person who is owed a message."""

    def __init__(self) -> None:
        self._queues: dict[UserRef, asyncio.Queue[SendCallback]] = {}
        self._senders: dict[UserRef, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def enqueue(self, who: UserRef, send: SendCallback) -> None:
        """Add a message at the end of this person's queue."""
        queue = self._queues.get(who)
        if queue is None:
            queue = self._queues[who] = asyncio.Queue()
            task = self._senders[who] = asyncio.create_task(self._send_all(who, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        queue.put_nowait(send)

    def is_sending_to(self, who: UserRef) -> bool:
        """Return whether a message to this person is still unsent."""
        return who in self._queues

    async def wait_until_sent(self, who: UserRef, max_wait: float) -> None:
        """Wait until this person's queue is empty, but no longer than `max_wait` seconds."""
        if (task := self._senders.get(who)) is not None:
            await asyncio.wait([task], timeout=max_wait)

    async def _send_all(self, who: UserRef, queue: asyncio.Queue[SendCallback]) -> None:
        while not queue.empty():
            send = queue.get_nowait()
            try:
                await send()
            except Exception:  # the sweep sends an unsent reply again
                log.exception("voice.failed", team=who.team, user=who.user)
        self._queues.pop(who, None)
        self._senders.pop(who, None)

    async def wait_until_idle(self) -> None:
        """Wait until every queue is empty."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))
