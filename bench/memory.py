"""Memory: what the bot holds after clicks of thousands of people, each in the middle of a story."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bench import clicks, load
from bench.children import child
from bench.comparing import Goal, Measured, Result, compared
from bench.people import Shelf, writers
from bench.scale import Scale

HELD = Goal("memory", "memory with 10,000 open drafts", "10,000 drafts", "100 drafts", "MB", scale=1e-6)
AT_ONCE = 100
"""Clicks after which everything is said before the next come: what waits to be said is not what is measured."""


async def held(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """As many clicks by everybody in turn as by a hundred people: the difference is what people cost."""
    async with child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def after(people: int) -> float:
            async with child("bot", api=api, database=await shelf.database(people)) as bot:
                bodies = clicks.cards(writers(people))
                for _ in range(0, scale.many, AT_ONCE):
                    await load.press(bot.port, bodies, AT_ONCE, side_by_side=16)
                    await bot.quiet()
                return await bot.memory()

        async def once() -> Measured:
            return await after(scale.many), await after(min(100, scale.many))

        # Memory does not swing as times do: one round says it.
        yield await compared(HELD, 1, once)
