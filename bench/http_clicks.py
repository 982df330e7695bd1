"""Clicks over signed HTTP: ack times and CPU costs (goals 1 to 5, and 7)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench import load_generator, slack_requests
from bench.child_processes import Child, running_child
from bench.comparison import Goal, Measurement, Result, compare
from bench.people import DatabaseTemplates, writers
from bench.postgres import database_with_drafts, running_server
from bench.scale import Scale

CONCURRENT_CLICKS = 16
CLICKS_PER_TURN = 100
"""Clicks sent before switching between ours and the floor, where the slowest percent is measured."""
TURNS_PER_ROUND = 4
"""Switches between ours and the floor within a round of sixteen clicks at a time."""
SLOW_SLACK_MS = 50
"""Milliseconds that Slack's Web API takes to post or update a message, where its latency matters."""

ACK_TITLE = "ack of a click, one at a time,"
ACK_OF_MANY = Goal("1", f"{ACK_TITLE} many people", "the bot, p50", "stock Bolt", "ms", 0.25, 0.10, 1e3)
ACK_OF_ONE = Goal("1", f"{ACK_TITLE} one person", "the bot, p50", "stock Bolt", "ms", 0.25, 0.10, 1e3)
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
class _ClickTarget:
    """A server and an endless supply of clicks for it, continued from round to round."""

    server: Child
    bodies: Iterator[bytes]

    async def click_sequentially(self, count: int) -> load_generator.ResponseTimes:
        """Send clicks one at a time, then wait for the queued messages."""
        times = await load_generator.send_requests(self.server.port, self.bodies, count)
        await self.server.cpu_seconds_when_idle()
        return times

    async def click_concurrently(self, count: int) -> load_generator.ResponseTimes:
        """Send clicks of sixteen people at a time, then wait for the queued messages."""
        times = await load_generator.send_requests(
            self.server.port, self.bodies, count, concurrency=CONCURRENT_CLICKS
        )
        await self.server.cpu_seconds_when_idle()
        return times

    async def measure_cpu(self, count: int) -> float:
        """Return the CPU seconds per click, including the work after the ack."""
        before = await self.server.cpu_seconds()
        await load_generator.send_requests(
            self.server.port, self.bodies, count, concurrency=CONCURRENT_CLICKS
        )
        return (await self.server.cpu_seconds_when_idle() - before) / count


@asynccontextmanager
async def _running_slack(delay_ms: int) -> AsyncIterator[str]:
    async with running_child("slack") as server:
        yield f"http://127.0.0.1:{server.port}/{delay_ms}/api/"


async def measure_acks(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 1: measure acks for many different people and for one person."""
    database = await templates.database_with_drafts(scale.people)
    async with (
        _running_slack(0) as api,
        running_child("stock", api=api) as stock,
        running_child("bot", api=api, database=database) as bot,
    ):
        floor = _ClickTarget(stock, slack_requests.card_clicks(writers(scale.people)))
        for goal, people in (
            (ACK_OF_MANY, writers(scale.people - 1)),
            (ACK_OF_ONE, writers(1, scale.people - 1)),
        ):
            ours = _ClickTarget(bot, slack_requests.card_clicks(people))
            await ours.click_sequentially(scale.warm_up_clicks)
            await floor.click_sequentially(scale.stock_clicks // 5)

            async def measure_round(ours: _ClickTarget = ours) -> Measurement:
                return (await ours.click_sequentially(scale.single_clicks)).p50, (
                    await floor.click_sequentially(scale.stock_clicks)
                ).p50

            yield await compare(goal, scale.rounds, measure_round)


async def measure_cost(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 2: measure the CPU up to the ack, and with everything that follows from a click."""
    async with (
        _running_slack(0) as api,
        running_child("bare") as bare,
        running_child(
            "bot", api=api, database=await templates.database_with_drafts(scale.people), mute=True
        ) as mute,
        running_child("bot", api=api, database=await templates.database_with_drafts(scale.people)) as bot,
    ):
        yield await _compare_cpu(CPU, scale, ours=mute, floor=bare)
        yield await _compare_cpu(CPU_OF_ALL, scale, ours=bot, floor=bare)


async def measure_postgres(_templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 5: measure goal 2 on PostgreSQL, without the CPU of the database server itself."""
    async with (
        running_server() as server,
        database_with_drafts(server, scale.people) as mute_database,
        database_with_drafts(server, scale.people) as bot_database,
        _running_slack(0) as api,
        running_child("bare") as bare,
        running_child("bot", api=api, database=mute_database, mute=True) as mute,
        running_child("bot", api=api, database=bot_database) as bot,
    ):
        yield await _compare_cpu(CPU_ON_POSTGRES, scale, ours=mute, floor=bare)
        yield await _compare_cpu(ALL_ON_POSTGRES, scale, ours=bot, floor=bare)


async def measure_tails(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 3: measure slow acks alone, and while the resulting messages are sent."""
    async with (
        _running_slack(0) as api,
        running_child("bare") as bare,
        running_child(
            "bot", api=api, database=await templates.database_with_drafts(scale.people), mute=True
        ) as mute,
        running_child("bot", api=api, database=await templates.database_with_drafts(scale.people)) as bot,
    ):
        floor = _ClickTarget(bare, slack_requests.card_clicks(writers(scale.people)))
        await floor.click_concurrently(scale.warm_up_clicks)
        for goal, server in ((TAIL, mute), (TAIL_OF_ALL, bot)):
            ours = _ClickTarget(server, slack_requests.card_clicks(writers(scale.people)))
            await ours.click_concurrently(scale.warm_up_clicks)

            async def measure_round(ours: _ClickTarget = ours) -> Measurement:
                our_times, floor_times = load_generator.ResponseTimes(), load_generator.ResponseTimes()
                for _ in range(TURNS_PER_ROUND):
                    our_times.seconds += (
                        await ours.click_concurrently(scale.concurrent_tail_clicks // TURNS_PER_ROUND)
                    ).seconds
                    floor_times.seconds += (
                        await floor.click_concurrently(scale.concurrent_tail_clicks // TURNS_PER_ROUND)
                    ).seconds
                return our_times.p99, floor_times.p99

            yield await compare(goal, scale.rounds, measure_round)


async def measure_dispatch(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 4: measure the dispatch of events, whose listener Bolt tries last."""
    async with (
        _running_slack(0) as api,
        running_child("dispatch", api=api, database=await templates.database_with_drafts(1)) as all_listeners,
        running_child(
            "dispatch", api=api, database=await templates.database_with_drafts(1), only="event"
        ) as one_listener,
    ):
        yield await _compare_cpu(DISPATCH, scale, ours=all_listeners, floor=one_listener)


async def _compare_cpu(goal: Goal, scale: Scale, *, ours: Child, floor: Child) -> Result:
    make_bodies = slack_requests.message_events if goal is DISPATCH else slack_requests.card_clicks
    our_target = _ClickTarget(ours, make_bodies(writers(scale.people)))
    floor_target = _ClickTarget(floor, make_bodies(writers(scale.people)))
    # A floor takes a few hundred microseconds: it's measured over more clicks, because CPU time advances in ticks.
    factor = 1 if goal is DISPATCH else 3
    await our_target.measure_cpu(scale.warm_up_clicks)
    await floor_target.measure_cpu(scale.warm_up_clicks)

    async def measure_round() -> Measurement:
        return await our_target.measure_cpu(scale.concurrent_clicks), await floor_target.measure_cpu(
            scale.concurrent_clicks * factor
        )

    return await compare(goal, scale.rounds, measure_round)


async def measure_sending(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 7: measure the same clicks with the bot's outgoing queue working and muted."""
    async with (
        _running_slack(SLOW_SLACK_MS) as api,
        running_child(
            "bot", api=api, database=await templates.database_with_drafts(scale.people), mute=True
        ) as mute,
        running_child("bot", api=api, database=await templates.database_with_drafts(scale.people)) as bot,
    ):
        ours = _ClickTarget(bot, slack_requests.card_clicks(writers(scale.people)))
        floor = _ClickTarget(mute, slack_requests.card_clicks(writers(scale.people)))
        await ours.click_sequentially(scale.warm_up_clicks)
        await floor.click_sequentially(scale.warm_up_clicks)

        async def measure_round() -> Measurement:
            # The slowest percent waits for the disk; switching often exposes both sides to the same disk load.
            sent, unsent = load_generator.ResponseTimes(), load_generator.ResponseTimes()
            for _ in range(0, scale.tail_clicks, CLICKS_PER_TURN):
                sent.seconds += (await ours.click_sequentially(CLICKS_PER_TURN)).seconds
                unsent.seconds += (await floor.click_sequentially(CLICKS_PER_TURN)).seconds
            return sent.p99, unsent.p99

        yield await compare(SENDING, scale.rounds, measure_round)
