"""Somebody who runs the programme looks how delivery stands."""

from __future__ import annotations

from bot import ids
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.views.delivery.status_page import delivery_status_modal
from bot.workflows.delivery import status_page
from bot.workflows.people.members import texts_for
from bot.workflows.programme.access import require_run_right


async def open_delivery_status(interaction: Interaction) -> AckReply:
    """[What went out]: on Home, and under what owners are told of it."""
    person, programme = await require_run_right(interaction.services, interaction.who)
    view = delivery_status_modal(
        await status_page.load_status_page(interaction.services, person, programme), texts_for(person)
    )
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


ROUTES: Routes = {"action": {ids.DELIVERY_READ: open_delivery_status}}
