"""Somebody pressed a button under what was said unasked: not now, no reminder, or never again."""

from __future__ import annotations

from bot import ids
from bot.handlers.calls import Call, Reply, Routes
from bot.views import replies
from bot.workflows import planning, stopping
from bot.workflows.homes import publish_later
from bot.workflows.leaving import tell
from bot.workflows.people import meet, texts_for


async def put_off(call: Call) -> Reply:
    """[Not now]: nothing changes, and nothing is asked again."""
    await meet(call.services, call.who, call.home_team)
    return await _redrawn(call, "not-now-said")


async def cancel(call: Call) -> Reply:
    """[No reminder]."""
    await meet(call.services, call.who, call.home_team)
    await planning.cancel_reminder(call.services, call.who, call.carried.draft)
    return await _redrawn(call, "no-reminder-said")


async def stop(call: Call) -> Reply:
    """[Please don't write first]."""
    await meet(call.services, call.who, call.home_team)
    await tell(call.services, call.who, await stopping.stop(call.services, call.who))
    publish_later(call.services, call.who, call.home_team)
    return None


async def _redrawn(call: Call, key: str) -> Reply:
    """What was pressed gives way to one sentence."""
    said = replies.simple(await texts_for(call.services, call.who), key)

    async def redraw() -> None:
        await call.services.messenger.update(call.channel, call.ts, said)

    call.services.say_later(call.who, redraw)
    return None


ROUTES: Routes = {
    "action": {ids.NOTICE_LATER: put_off, ids.NOTICE_CANCEL: cancel, ids.NOTICE_STOP: stop},
}
