"""Everything at random: what people do, what Slack does, which bots live; all of it by a seed, to be played again."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field

from tests.db.samples import CANARY_TEXT
from tests.e2e.bot_process import DiedAtStartError
from tests.faults.harness import TWENTY_USERS, FaultHarness

MOST_DUE = 200
"""So many may be open before more is planned."""
ROUND_SECONDS = 2.0
WRITERS = ("U0LINA", "U0FARID", "U0GRACE", "U0HUDA", "U0KOFI")
"""Who writes stories meanwhile; nothing is due to them."""
LEAVING_USERS = TWENTY_USERS[:9]
"""Who may stop or leave in the course of it; the others stay."""
HOURS = (0, 0, -1, 1, 3, -24)
"""How far from the morning on which everything is due the clock may be put."""
AFTERWARDS = 5
"""The hour at which all is in order again: what was put off while the clock was ahead is due by then, too."""
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
    """One run: its script follows from the seed, however fast the machine is."""

    harness: FaultHarness
    seed: int
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    clock_offset_hours: int = 0
    messages_written: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.quitters = list(LEAVING_USERS)

    async def run_rounds(self, count: int) -> None:
        """More and more is due, while everything goes wrong; in the end all is in order again."""
        for _ in range(count):
            chance = self.rng
            each = chance.randint(1, 3)
            # However long it goes on, no more is due than can be said in the end on a busy machine.
            if len(await self.harness.list_open_notices()) < MOST_DUE:
                await self.harness.plan_notices(TWENTY_USERS, each=each)
            await self.harness.script_faults(*self._random_faults())
            await self._act_as_people()
            await self._maybe_move_clock()
            if chance.random() < 0.1:  # bots that start from now on hear in the other way
                self.harness.transport = "http" if self.harness.transport == "socket" else "socket"
            await asyncio.sleep(chance.uniform(0.5, 1.5) * ROUND_SECONDS)  # things go wrong in their own time
        await self.harness.script_faults()
        await self._set_clock(AFTERWARDS)
        self.finished.set()

    async def run_dying_bot(self, number: int) -> None:
        """A bot that is killed at any moment and started again, until it is over; then it runs on."""
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
        """Some write, some stop, a few leave."""
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
        """What goes wrong for a while."""
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
