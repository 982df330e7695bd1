"""Slack stumbles, is busy, forgets the token, or answers nothing at all."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from bot.jobs.deliver import HANDS
from tests.e2e.processes import GUARD
from tests.faults.checker import check
from tests.faults.harness import THREE, TWENTY, Company, has_said


async def slack_stumbles(company: Company, kind: str) -> None:
    """One answer of Slack's is none. Whatever may have arrived is found, and the rest is visibly unknown."""
    await company.owes(THREE)
    await company.misbehaves({"kind": kind, "count": 1, "seconds": 1.0})
    async with company.running():
        ended = await company.ends()
    arrives = kind.startswith("accept") or kind == "429"
    await check(company, lost=0 if arrives else 1)
    assert sum(one.state == "sent" for one in ended) == (3 if arrives else 2)


async def slack_lags(company: Company) -> None:
    """What arrived is not seen at the first look."""
    await company.owes(THREE[:1])
    await company.misbehaves(
        {"kind": "accept_then_drop", "count": 1},
        {"kind": "lag", "method": "conversations.history", "count": 1, "seconds": 60},
    )
    async with company.running():
        await company.ends()
    await check(company)


async def slack_is_busy(company: Company) -> None:
    """One 429 holds back everybody, every replica too, for as long as Slack said."""
    await company.owes(TWENTY)
    await company.misbehaves({"kind": "429", "count": 1, "retry_after": 6, "after": 1})
    async with company.running(company.replicas):
        await company.ends()
    await check(company)
    # Those that were on their way side by side with it could not know.
    assert min(pauses_after_refusals(company, HANDS * company.replicas)) >= 5.9


async def slack_storms(company: Company) -> None:
    """One 429 after the other: each holds everybody back, and in the end all of it arrives."""
    await company.owes(TWENTY)
    await company.misbehaves({"kind": "429", "count": 10, "retry_after": 1, "after": 2})
    async with company.running():
        ended = await company.ends()
    await check(company)
    assert {one.state for one in ended} == {"sent"}
    # What was said within the second after a refusal had been on its way, at most one by each hand, and
    # another where the refusal was not yet known.
    assert min(pauses_after_refusals(company, 2 * HANDS)) >= 0.9


def pauses_after_refusals(company: Company, at_once: int) -> list[float]:
    """How much machine time went by between a refusal and the next try that could have known of it."""
    tries = [entry for entry in company.journal.since(0) if entry.get("method") == "chat.postMessage"]
    return [
        (moment(later) - moment(refused)).total_seconds()
        for n, refused in enumerate(tries)
        if refused["outcome"] == "429"
        for later in tries[n + at_once :]
    ]


def moment(entry: dict[str, Any]) -> datetime:
    """When, by machine time, something came into the journal."""
    return datetime.fromisoformat(entry["at"])


async def workspace_goes(company: Company) -> None:
    """Slack knows the workspace no more, for a moment: everything waits, and nothing is lost."""
    await company.owes(THREE)
    await company.misbehaves({"kind": "error", "error": "account_inactive", "count": 1})
    async with company.running():
        await company.ends()
    await check(company)


async def token_is_revoked(company: Company) -> None:
    """The app is removed in the middle of it all, and installed again: what had to wait goes out then."""
    await company.owes(TWENTY)
    await company.misbehaves({"kind": "slow", "ms": 100, "count": -1})
    admin = company.stage.person("U0OMAR")
    async with company.running(company.replicas):
        await company.sees(lambda: has_said(company, 3))
        await admin.does("install", remove=True)
        await company.sees(lambda: has_been_refused(company))
        assert len(company.posts()) < len(TWENTY)
        await admin.does("install")
        ended = await company.ends()
    await check(company)
    assert {one.state for one in ended} == {"sent"}


async def has_been_refused(company: Company) -> bool:
    """Whether Slack has said that the token is worth nothing."""
    answers = [entry["response"] for entry in company.journal.since(0) if entry["kind"] == "call"]
    return any(answer.get("error") == "token_revoked" for answer in answers)


async def auth_test_is_down(company: Company) -> None:
    """Slack cannot say who the bot is, all the while: what is due goes out, and a stop is heard."""
    await company.owes(THREE)
    maya = company.stage.person("U0MAYA")
    async with company.running():
        await company.misbehaves({"kind": "503", "method": "auth.test", "count": -1})
        await maya.says("stop")
        await maya.sees("Done.", timeout=GUARD)
        await company.ends()
    await check(company)


async def told_four_times(company: Company) -> None:
    """Slack tells the same four times, of two replicas if there are: it is taken once, and answered once."""
    await company.owes(THREE)
    maya = company.stage.person("U0MAYA")
    async with company.running(min(2, company.replicas)) as bots:
        await company.ends()
        await company.misbehaves({"kind": "duplicate", "event": "message", "times": 3})
        await maya.says("stop")
        await maya.sees("Done.", timeout=GUARD)
        await company.stage.workspace.world.delivery.idle()
        for bot in bots:
            bot.terminate()  # it finishes what it has to say
        async with asyncio.timeout(GUARD):
            assert [await bot.wait() for bot in bots] == [0] * len(bots)
    await check(company)
    entries = [entry for entry in company.journal.since(0) if entry["kind"] == "delivery"]
    said = [entry for entry in entries if entry["ids"].get("user") == "U0MAYA"]
    assert [entry["status"] for entry in said] == ["ok"] * 4
    assert sum("Done." in message["text"] for message in await maya.messages()) == 1
