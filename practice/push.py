"""Push notifications of changes to the open pages (and to the people in tests)."""

import asyncio
from collections.abc import Iterable

from practice.payloads import Json


class PushFeed:
    """Queues of the open pages, by the person viewing them."""

    def __init__(self) -> None:
        self.sent_count = 0
        self._queues: dict[str, set[asyncio.Queue[Json | None]]] = {}

    def subscribe(self, user: str) -> asyncio.Queue[Json | None]:
        """Open a queue for a page of this person."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._queues.setdefault(user, set()).add(queue)
        return queue

    def unsubscribe(self, user: str, queue: asyncio.Queue[Json | None]) -> None:
        """Close a queue."""
        self._queues.get(user, set()).discard(queue)

    def send(self, people: Iterable[str] | None, **change: object) -> None:
        """Push a change to these people's pages, or to everybody's."""
        self.sent_count += 1
        audience = list(self._queues) if people is None else list(people)
        for user in audience:
            for queue in self._queues.get(user, ()):
                queue.put_nowait(dict(change))

    def close(self) -> None:
        """End every page's feed, because the workspace stops."""
        for queues in self._queues.values():
            for queue in queues:
                queue.put_nowait(None)
