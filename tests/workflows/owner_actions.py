"""What an owner does with a wave, as the form's handler does it."""

from __future__ import annotations

from bot.services import Services, UserRef
from bot.views.waves.form_input import WaveForm
from bot.workflows.programme.access import programme_change_transaction
from bot.workflows.waves import waves
from bot.workflows.waves.waves import EditedWave
from db.models.waves import StoredWave


async def save_wave(
    services: Services, who: UserRef, form: WaveForm, edited: StoredWave | None = None
) -> StoredWave:
    """Save a new wave, or another version of this one."""
    opened = EditedWave(edited.id, edited.version) if edited else EditedWave()
    async with programme_change_transaction(services, who) as (connection, _, programme):
        return await waves.save_wave(
            connection, programme, form, opened, by=who.user, at=services.clock.now()
        )
