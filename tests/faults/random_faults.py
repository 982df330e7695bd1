"""Random faults from a seed, so that a run can be repeated: people's actions, Slack's faults, dying bots."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field

from tests.db.samples import CANARY_TEXT
from tests.e2e.bot_process import DiedAtStartError
from tests.faults.harness import TWENTY_USERS, FaultHarness

MAX_OPEN_NOTICES = 200
"""The maximum number of open notices before more is planned."""
ROUND_SECONDS = 2.0
WRITERS = ("U0LINA", "U0FARID", "U0GRACE", "U0HUDA", "U0KOFI")
"""People who write stories meanwhile; no notices are due to them."""
LEAVING_USERS = TWENTY_USERS[:9]
"""People who may opt out or leave during the run; the others stay."""
HOURS = (0, 0, -1, 1, 3, -24)
"""Hours by which the clock may differ from the morning on which everything is due."""
END_HOUR = 5
"""The hour for the end of the run: what was deferred while the clock was ahead is due by then, too."""
FAULTS = (
    "429",
    "500",
    "503",
    "html",
    "drop",
    "accept_then_drop",
    "accept_then_500",
    "accept_then_hang",
    "slow",
)


@dataclass
class RandomFaultRun:
    """One run; its script follows from the seed, whatever the machine's speed."""

    harness: FaultHarness
    seed: int
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    clock_offset_hours: int = 0
    messages_written: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.quitters = list(LEAVING_USERS)

    async def run_rounds(self, count: int) -> None:
        """Plan more and more notices while everything goes wrong, then restore order."""
        for _ in range(count):
            chance = self.rng
            each = chance.randint(1, 3)
            # Cap the open notices, however long the run is, to what a busy machine can send at the end.
            if len(await self.harness.list_open_notices()) < MAX_OPEN_NOTICES:
                await self.harness.plan_notices(TWENTY_USERS, each=each)
            await self.harness.script_faults(*self._random_faults())
            await self._act_as_people()
            await self._maybe_move_clock()
            if chance.random() < 0.1:  # bots that start from now on use the other transport
                self.harness.transport = "http" if self.harness.transport == "socket" else "socket"
            await asyncio.sleep(chance.uniform(0.5, 1.5) * ROUND_SECONDS)  # faults strike at their own pace
        await self.harness.script_faults()
        await self._set_clock(END_HOUR)
        self.finished.set()

    async def run_dying_bot(self, number: int) -> None:
        """Run a bot that is killed and restarted at random times until the chaos ends; then keep it running."""
        chance = random.Random(f"{self.seed}:{number}")
        while True:
            with suppress(DiedAtStartError):
                async with self.harness.new_bot().running():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(chance.uniform(0.2, 4.0)):
                            await self.finished.wait()
                    if self.finished.is_set():
                        await asyncio.Event().wait()  # until it is cancelled

    async def _act_as_people(self) -> None:
        """Let some people write, some opt out, and a few leave."""
        chance = self.rng
        if chance.random() < 0.5:
            self.messages_written += 1
            await self.harness.app.person(chance.choice(WRITERS)).says(
                f"{CANARY_TEXT} {self.messages_written}"
            )
        if self.quitters and chance.random() < 0.15:
            person = self.harness.app.person(self.quitters.pop())
            if chance.random() < 0.7:
                await person.says("stop")
            else:
                await person.does("person", id=person.id, deleted=True)

    async def _maybe_move_clock(self) -> None:
        if self.rng.random() < 0.2:
            await self._set_clock(self.rng.choice(HOURS))

    async def _set_clock(self, hour: int) -> None:
        if hour != self.clock_offset_hours:
            await self.harness.advance_clock(hours=hour - self.clock_offset_hours)
            self.clock_offset_hours = hour

    def _random_faults(self) -> list[dict[str, object]]:
        """Return random faults for a while."""
        chance = self.rng
        rules: list[dict[str, object]] = [
            {
                "kind": chance.choice(FAULTS),
                "count": chance.randint(1, 4),
                "after": chance.randint(0, 5),
                "ms": chance.randint(10, 600),
                "seconds": 1,
            }
            for _ in range(chance.randint(0, 3))
        ]
        others: tuple[tuple[float, dict[str, object]], ...] = (
            (0.3, {"kind": "500", "method": "conversations.history", "count": chance.randint(1, 5)}),
            (0.2, {"kind": "lag", "method": "conversations.history", "count": 1, "seconds": 2}),
            (0.1, {"kind": "429", "count": 10, "retry_after": 1}),
            (0.2, {"kind": "slow", "ms": chance.randint(10, 150), "count": -1, "after": 5}),
            (0.2, {"kind": "duplicate", "event": "message", "times": 3}),
            (0.1, {"kind": "503", "method": "auth.test", "count": 2}),
            (0.2, {"kind": chance.choice(("disconnect", "silent_socket", "dead_socket_url"))}),
        )
        return rules + [rule for likely, rule in others if chance.random() < likely]
