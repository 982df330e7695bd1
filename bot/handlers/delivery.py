"""The status of delivery, for owners."""

from __future__ import annotations

from bot import ids
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.views.delivery.status_page import delivery_status_modal
from bot.workflows.delivery import status_page
from bot.workflows.people.members import texts_for
from bot.workflows.programme.access import require_run_right


async def open_delivery_status(interaction: Interaction) -> AckReply:
    """Show the status of delivery, from Home or an owner-facing notice: [What went out]."""
    person, programme = await require_run_right(interaction.services, interaction.who)
    model = await status_page.load_status_page(interaction.services, person, programme)
    return await interaction.open_modal(delivery_status_modal(model, texts_for(person)))


ROUTES: Routes = {"action": {ids.DELIVERY_READ: open_delivery_status}}
