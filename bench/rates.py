"""Many workspaces at once: whether they say as much as Slack's rule allows, and never more (11)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from bench.children import child
from bench.comparing import Goal, Result
from bench.people import Shelf
from bench.rules import ALLOWED, MINUTE
from bench.scale import Scale
from bench.waiting import fill_for_now

DELIVERED = Goal("11", "notices of 20 workspaces at once", "delivered", "allowed", "", 0.95, at_least=True)
REFUSED = Goal("11", "… of which Slack refuses for coming too thick", "refused", "delivered", "", 0)


async def rates(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 11: bots in one process, each with its own database, and all with more to say than they may."""
    seconds = scale.sending
    allowed = scale.workspaces * (1 + int(seconds * ALLOWED / MINUTE))
    due = int((seconds + scale.late) * ALLOWED / MINUTE) + 50
    fill = partial(fill_for_now, count=due)
    databases = [await shelf.copy(f"due-{due}", fill) for _ in range(scale.workspaces)]
    async with (
        child("strict", seconds=seconds) as slack,
        child(
            "many",
            api=f"http://127.0.0.1:{slack.port}/0/api/",
            databases=databases,
            seconds=seconds + scale.late,
        ) as bots,
    ):
        await bots.ask("send")
        delivered, refused = await slack.ask("delivered"), await slack.ask("refused")
    shelf.clear()
    # What the clock allows stands still by itself, so one round says it.
    yield Result(DELIVERED, ((delivered, float(allowed)),))
    yield Result(REFUSED, ((refused, delivered),))
