"""Many workspaces at once: they send as much as Slack's rate limit allows, and never more (goal 11)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from bench.child_processes import running_child
from bench.comparison import Goal, Result
from bench.people import DatabaseTemplates
from bench.scale import Scale
from bench.strict_slack import MESSAGES_PER_MINUTE, MINUTE
from bench.waiting_notices import fill_due_notices

DELIVERED_NOTICES = Goal(
    "11", "notices of 20 workspaces at once", "delivered", "allowed", "", 0.95, at_least=True
)
REFUSED_NOTICES = Goal("11", "… of which Slack refuses for coming too thick", "refused", "delivered", "", 0)


async def measure_rates(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 11: measure bots in one process, each with its own database and more to send than it may."""
    seconds = scale.sending_seconds
    allowed = scale.workspaces * (1 + int(seconds * MESSAGES_PER_MINUTE / MINUTE))
    due = int((seconds + scale.extra_seconds) * MESSAGES_PER_MINUTE / MINUTE) + 50
    fill = partial(fill_due_notices, count=due)
    databases = [await templates.fresh_copy(f"due-{due}", fill) for _ in range(scale.workspaces)]
    async with (
        running_child("strict", seconds=seconds) as slack,
        running_child(
            "many",
            api=f"http://127.0.0.1:{slack.port}/0/api/",
            databases=databases,
            seconds=seconds + scale.extra_seconds,
        ) as bots,
    ):
        await bots.ask("send")
        delivered, refused = await slack.ask("delivered"), await slack.ask("refused")
    templates.delete_copies()
    # What the clock allows is constant, so one round is enough.
    yield Result(DELIVERED_NOTICES, ((delivered, float(allowed)),))
    yield Result(REFUSED_NOTICES, ((refused, delivered),))
