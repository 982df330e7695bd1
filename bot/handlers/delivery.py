"""Somebody who runs the programme looks how delivery stands."""

from __future__ import annotations

from bot import ids
from bot.handlers.interaction import Call, Reply, Routes
from bot.views.delivery.status_page import page
from bot.workflows.delivery import status_page
from bot.workflows.people.members import spoken
from bot.workflows.waves import waves


async def read(call: Call) -> Reply:
    """[What went out]: on Home, and under what owners are told of it."""
    person, programme = await waves.runs(call.services, call.who)
    view = page(await status_page.page_of(call.services, person, programme), spoken(person))
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


ROUTES: Routes = {"action": {ids.DELIVERY_READ: read}}
