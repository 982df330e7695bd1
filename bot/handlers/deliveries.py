"""Somebody who runs the programme looks how delivery stands."""

from __future__ import annotations

from bot import ids
from bot.handlers.calls import Call, Reply, Routes
from bot.views.deliveries import page
from bot.workflows import deliveries, waves
from bot.workflows.people import spoken


async def read(call: Call) -> Reply:
    """[What went out]: on Home, and under what owners are told of it."""
    person, programme = await waves.runs(call.services, call.who)
    view = page(await deliveries.page_of(call.services, person, programme), spoken(person))
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


ROUTES: Routes = {"action": {ids.DELIVERY_READ: read}}
