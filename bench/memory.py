"""Memory of the bot after clicks of thousands of people, each in the middle of a story."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bench import load_generator, slack_requests
from bench.child_processes import running_child
from bench.comparison import Goal, Measurement, Result, compare
from bench.people import DatabaseTemplates, writers
from bench.scale import Scale

DRAFT_MEMORY = Goal(
    "memory", "memory with 10,000 open drafts", "10,000 drafts", "100 drafts", "MB", unit_factor=1e-6
)
CLICKS_PER_BATCH = 100
"""Clicks sent before waiting for the queued messages, so that the queue isn't part of the figure."""


async def measure_memory(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Send equally many clicks from everybody and from a hundred people: the difference is what people cost."""
    async with running_child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def memory_after_clicks(people: int) -> float:
            async with running_child(
                "bot", api=api, database=await templates.database_with_drafts(people)
            ) as bot:
                bodies = slack_requests.card_clicks(writers(people))
                for _ in range(0, scale.open_drafts, CLICKS_PER_BATCH):
                    await load_generator.send_requests(bot.port, bodies, CLICKS_PER_BATCH, concurrency=16)
                    await bot.cpu_seconds_when_idle()
                return await bot.memory_bytes()

        async def measure_round() -> Measurement:
            return await memory_after_clicks(scale.open_drafts), await memory_after_clicks(
                min(100, scale.open_drafts)
            )

        # Memory varies far less than time: one round is enough.
        yield await compare(DRAFT_MEMORY, 1, measure_round)
