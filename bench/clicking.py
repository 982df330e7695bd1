"""Clicks over signed HTTP: how soon they are acked, and what they cost (goals 1 to 5, and 7)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench import clicks, load
from bench.children import Child, child
from bench.comparing import Goal, Measured, Result, compared
from bench.people import Shelf, writers
from bench.postgres import filled, started
from bench.scale import Scale

SIDE_BY_SIDE = 16
TURN = 100
"""Clicks after which ours and the floor take turns where the slowest ones count."""
CROWDS = 4
"""As many turns do ours and the floor take within a round of sixteen at a time."""
SLOW = 50
"""Milliseconds that Slack's Web API takes to post or redraw a message, where its answer is waited for."""

ACK = "ack of a click, one at a time,"
ACK_OF_MANY = Goal("1", f"{ACK} many people", "the bot, p50", "stock Bolt", "ms", 0.25, 0.10, 1e3)
ACK_OF_ONE = Goal("1", f"{ACK} one person", "the bot, p50", "stock Bolt", "ms", 0.25, 0.10, 1e3)
CPU = Goal("2", "processor for a click with its durable writes", "the bot", "bare Bolt", "µs", 8, 4, 1e6)
CPU_OF_ALL = Goal(
    "2", "… and with its message drawn, sent and noted", "the bot", "bare Bolt", "µs", 8, 4, 1e6
)
TAIL = Goal("3", "ack of a click, sixteen at a time", "the bot, p99", "bare Bolt", "ms", 6, 3, 1e3)
TAIL_OF_ALL = Goal("3", "… while messages are drawn and sent", "the bot, p99", "bare Bolt", "ms", 6, 3, 1e3)
DISPATCH = Goal(
    "4", "processor for finding the last listener", "all listeners", "only that", "µs", 1.5, 1.25, 1e6
)
CPU_ON_POSTGRES = Goal("5", "processor for a click on PostgreSQL", "the bot", "bare Bolt", "µs", 6, None, 1e6)
ALL_ON_POSTGRES = Goal(
    "5", "… on PostgreSQL, with its message, too", "the bot", "bare Bolt", "µs", 6, None, 1e6
)
SENDING = Goal(
    "7", "ack while messages are sent (50 ms each)", "sending, p99", "not sending", "ms", 1.5, None, 1e3
)


@dataclass(frozen=True)
class _Pressed:
    """A server, and the clicks for it, which go on from round to round."""

    server: Child
    bodies: Iterator[bytes]

    async def alone(self, count: int) -> load.Times:
        """Clicks one at a time; afterwards everything is said."""
        times = await load.press(self.server.port, self.bodies, count)
        await self.server.quiet()
        return times

    async def together(self, count: int) -> load.Times:
        """Clicks of sixteen people at a time; afterwards everything is said."""
        times = await load.press(self.server.port, self.bodies, count, side_by_side=SIDE_BY_SIDE)
        await self.server.quiet()
        return times

    async def cost(self, count: int) -> float:
        """The seconds of processor that a click takes, with all that follows from it."""
        before = await self.server.processor()
        await load.press(self.server.port, self.bodies, count, side_by_side=SIDE_BY_SIDE)
        return (await self.server.quiet() - before) / count


@asynccontextmanager
async def _slack(wait: int) -> AsyncIterator[str]:
    async with child("slack") as server:
        yield f"http://127.0.0.1:{server.port}/{wait}/api/"


async def acks(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 1, for many different people and for one alone."""
    database = await shelf.database(scale.people)
    async with (
        _slack(0) as api,
        child("stock", api=api) as stock,
        child("bot", api=api, database=database) as bot,
    ):
        floor = _Pressed(stock, clicks.cards(writers(scale.people)))
        for goal, who in (
            (ACK_OF_MANY, writers(scale.people - 1)),
            (ACK_OF_ONE, writers(1, scale.people - 1)),
        ):
            ours = _Pressed(bot, clicks.cards(who))
            await ours.alone(scale.warming)
            await floor.alone(scale.stock // 5)

            async def once(ours: _Pressed = ours) -> Measured:
                return (await ours.alone(scale.alone)).p50, (await floor.alone(scale.stock)).p50

            yield await compared(goal, scale.rounds, once)


async def cost(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 2: up to the ack, and with everything that follows from the click."""
    async with (
        _slack(0) as api,
        child("bare") as bare,
        child("bot", api=api, database=await shelf.database(scale.people), mute=True) as mute,
        child("bot", api=api, database=await shelf.database(scale.people)) as bot,
    ):
        yield await _costs(CPU, scale, ours=mute, floor=bare)
        yield await _costs(CPU_OF_ALL, scale, ours=bot, floor=bare)


async def postgres(_shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 5: goal 2 on PostgreSQL. What the database itself takes does not count, as with any server."""
    async with (
        started() as server,
        filled(server, scale.people) as one,
        filled(server, scale.people) as other,
        _slack(0) as api,
        child("bare") as bare,
        child("bot", api=api, database=one, mute=True) as mute,
        child("bot", api=api, database=other) as bot,
    ):
        yield await _costs(CPU_ON_POSTGRES, scale, ours=mute, floor=bare)
        yield await _costs(ALL_ON_POSTGRES, scale, ours=bot, floor=bare)


async def tails(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 3: up to the ack alone, and while what follows from the clicks is said as well."""
    async with (
        _slack(0) as api,
        child("bare") as bare,
        child("bot", api=api, database=await shelf.database(scale.people), mute=True) as mute,
        child("bot", api=api, database=await shelf.database(scale.people)) as bot,
    ):
        floor = _Pressed(bare, clicks.cards(writers(scale.people)))
        await floor.together(scale.warming)
        for goal, server in ((TAIL, mute), (TAIL_OF_ALL, bot)):
            ours = _Pressed(server, clicks.cards(writers(scale.people)))
            await ours.together(scale.warming)

            async def once(ours: _Pressed = ours) -> Measured:
                mine, theirs = load.Times(), load.Times()
                for _ in range(CROWDS):
                    mine.each += (await ours.together(scale.crowd // CROWDS)).each
                    theirs.each += (await floor.together(scale.crowd // CROWDS)).each
                return mine.p99, theirs.p99

            yield await compared(goal, scale.rounds, once)


async def dispatch(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 4: events, whose listener is the last to be asked."""
    async with (
        _slack(0) as api,
        child("dispatch", api=api, database=await shelf.database(1)) as all_of_them,
        child("dispatch", api=api, database=await shelf.database(1), only="event") as one,
    ):
        yield await _costs(DISPATCH, scale, ours=all_of_them, floor=one)


async def _costs(goal: Goal, scale: Scale, *, ours: Child, floor: Child) -> Result:
    make = clicks.messages if goal is DISPATCH else clicks.cards
    mine = _Pressed(ours, make(writers(scale.people)))
    theirs = _Pressed(floor, make(writers(scale.people)))
    # A floor takes a few hundred microseconds: it is asked more often, for the clock of the processor ticks.
    factor = 1 if goal is DISPATCH else 3
    await mine.cost(scale.warming)
    await theirs.cost(scale.warming)

    async def once() -> Measured:
        return await mine.cost(scale.together), await theirs.cost(scale.together * factor)

    return await compared(goal, scale.rounds, once)


async def sending(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 7: the same clicks to the bot, and to the bot with its voice taken away."""
    async with (
        _slack(SLOW) as api,
        child("bot", api=api, database=await shelf.database(scale.people), mute=True) as mute,
        child("bot", api=api, database=await shelf.database(scale.people)) as bot,
    ):
        ours = _Pressed(bot, clicks.cards(writers(scale.people)))
        floor = _Pressed(mute, clicks.cards(writers(scale.people)))
        await ours.alone(scale.warming)
        await floor.alone(scale.warming)

        async def once() -> Measured:
            # The slowest in a hundred wait for the disk. Both take turns often, so that they wait for the same.
            sent, unsent = load.Times(), load.Times()
            for _ in range(0, scale.tail, TURN):
                sent.each += (await ours.alone(TURN)).each
                unsent.each += (await floor.alone(TURN)).each
            return sent.p99, unsent.p99

        yield await compared(SENDING, scale.rounds, once)
