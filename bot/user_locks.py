"""One lock per person, because Bolt handles a person's events concurrently."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.user_ref import UserRef


@dataclass
class _UserLock:
    """A person's lock and the number of tasks that hold or await it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class UserLocks:
    """The locks of all people with work in progress; a lock nobody needs is dropped."""

    def __init__(self) -> None:
        self._locks: dict[UserRef, _UserLock] = {}

    @asynccontextmanager
    async def hold(self, who: UserRef) -> AsyncIterator[None]:
        """Hold the person's lock inside the block."""
        entry = self._locks.setdefault(who, _UserLock())
        entry.users += 1
        try:
            async with entry.lock:
                yield
        finally:
            entry.users -= 1
            if not entry.users:
                self._locks.pop(who, None)

    def __len__(self) -> int:
        return len(self._locks)
