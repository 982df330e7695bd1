"""Slack's faults: errors, rate limits, a revoked token, and no answer at all."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from bot.jobs.deliver import WORKER_COUNT
from tests.e2e.bot_process import PROCESS_TIMEOUT
from tests.faults.harness import THREE_USERS, TWENTY_USERS, FaultHarness, has_posted
from tests.faults.invariants import check_invariants


async def slack_fails_once(harness: FaultHarness, kind: str) -> None:
    """Break one of Slack's answers: a post that arrived is found, and the rest is visibly unknown."""
    await harness.plan_notices(THREE_USERS)
    await harness.script_faults({"kind": kind, "count": 1, "seconds": 1.0})
    async with harness.run_bots():
        ended = await harness.wait_until_ended()
    arrives = kind.startswith("accept") or kind == "429"
    await check_invariants(harness, lost=0 if arrives else 1)
    assert sum(one.state == "sent" for one in ended) == (3 if arrives else 2)


async def history_lags(harness: FaultHarness) -> None:
    """Let the history lag, so that the first search misses a post that arrived."""
    await harness.plan_notices(THREE_USERS[:1])
    await harness.script_faults(
        {"kind": "accept_then_drop", "count": 1},
        {"kind": "lag", "method": "conversations.history", "count": 1, "seconds": 60},
    )
    async with harness.run_bots():
        await harness.wait_until_ended()
    await check_invariants(harness)


async def slack_rate_limits_once(harness: FaultHarness) -> None:
    """Check that one 429 holds back every replica for as long as Slack asked."""
    await harness.plan_notices(TWENTY_USERS)
    await harness.script_faults({"kind": "429", "count": 1, "retry_after": 6, "after": 1})
    async with harness.run_bots(harness.replicas):
        await harness.wait_until_ended()
    await check_invariants(harness)
    # Sends in flight at the same time could not know.
    assert min(pauses_after_refusals(harness, WORKER_COUNT * harness.replicas)) >= 5.9


async def slack_rate_limits_repeatedly(harness: FaultHarness) -> None:
    """Send one 429 after the other: each holds back every replica, and in the end everything arrives."""
    await harness.plan_notices(TWENTY_USERS)
    await harness.script_faults({"kind": "429", "count": 10, "retry_after": 1, "after": 2})
    async with harness.run_bots():
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    assert {one.state for one in ended} == {"sent"}
    # Posts within the second after a refusal were in flight, at most one per worker, and
    # one more for a worker that didn't know of the refusal yet.
    assert min(pauses_after_refusals(harness, 2 * WORKER_COUNT)) >= 0.9


def pauses_after_refusals(harness: FaultHarness, at_once: int) -> list[float]:
    """Return the machine time between each refusal and the next try that could have known of it."""
    tries = [entry for entry in harness.journal.entries_after(0) if entry.get("method") == "chat.postMessage"]
    return [
        (entry_time(later) - entry_time(refused)).total_seconds()
        for n, refused in enumerate(tries)
        if refused["outcome"] == "429"
        for later in tries[n + at_once :]
    ]


def entry_time(entry: dict[str, Any]) -> datetime:
    """Return the machine time of a journal entry."""
    return datetime.fromisoformat(entry["at"])


async def workspace_disappears(harness: FaultHarness) -> None:
    """Let the workspace disappear for a moment: everything waits, and nothing is lost."""
    await harness.plan_notices(THREE_USERS)
    await harness.script_faults({"kind": "error", "error": "account_inactive", "count": 1})
    async with harness.run_bots():
        await harness.wait_until_ended()
    await check_invariants(harness)


async def token_is_revoked(harness: FaultHarness) -> None:
    """Remove the app mid-delivery and install it again: what waited goes out then."""
    await harness.plan_notices(TWENTY_USERS)
    await harness.script_faults({"kind": "slow", "ms": 100, "count": -1})
    admin = harness.app.person("U0OMAR")
    async with harness.run_bots(harness.replicas):
        await harness.wait_until(lambda: has_posted(harness, 3))
        await admin.does("install", remove=True)
        await harness.wait_until(lambda: is_token_refused(harness))
        assert len(harness.list_accepted_posts()) < len(TWENTY_USERS)
        await admin.does("install")
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    assert {one.state for one in ended} == {"sent"}


async def is_token_refused(harness: FaultHarness) -> bool:
    """Return whether Slack has rejected the token."""
    answers = [entry["response"] for entry in harness.journal.entries_after(0) if entry["kind"] == "call"]
    return any(answer.get("error") == "token_revoked" for answer in answers)


async def auth_test_is_down(harness: FaultHarness) -> None:
    """Let `auth.test` fail throughout: notices still go out, and opt-outs are still received."""
    await harness.plan_notices(THREE_USERS)
    maya = harness.app.person("U0MAYA")
    async with harness.run_bots():
        await harness.script_faults({"kind": "503", "method": "auth.test", "count": -1})
        await maya.says("stop")
        await maya.sees("Done.", timeout=PROCESS_TIMEOUT)
        await harness.wait_until_ended()
    await check_invariants(harness)


async def event_delivered_four_times(harness: FaultHarness) -> None:
    """Deliver one event four times, to both replicas if there are two: it's handled and answered once."""
    await harness.plan_notices(THREE_USERS)
    maya = harness.app.person("U0MAYA")
    async with harness.run_bots(min(2, harness.replicas)) as bots:
        await harness.wait_until_ended()
        await harness.script_faults({"kind": "duplicate", "event": "message", "times": 3})
        await maya.says("stop")
        await maya.sees("Done.", timeout=PROCESS_TIMEOUT)
        await harness.app.workspace.world.delivery.wait_until_idle()
        for bot in bots:
            bot.terminate()  # it finishes its queue
        async with asyncio.timeout(PROCESS_TIMEOUT):
            assert [await bot.wait() for bot in bots] == [0] * len(bots)
    await check_invariants(harness)
    entries = [entry for entry in harness.journal.entries_after(0) if entry["kind"] == "delivery"]
    said = [entry for entry in entries if entry["ids"].get("user") == "U0MAYA"]
    assert [entry["status"] for entry in said] == ["ok"] * 4
    assert sum("Done." in message["text"] for message in await maya.messages()) == 1
