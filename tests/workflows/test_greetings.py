"""An owner's own lines in an invitation are erased with their author, and don't come back through an open form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import WaveNotFoundError
from bot.services import Services, UserRef
from bot.views.waves.form_input import WaveForm
from bot.workflows.privacy.erasure import erase_person_and_confirm
from db.models.programmes import Programme, Role
from db.models.waves import StoredWave
from db.queries import programmes, roles
from db.queries import waves as stored_waves
from tests.workflows.owner_actions import save_wave
from tests.workflows.recording_services import MAYA, NOW, TEAM, ServicesFactory

LINA_REF, DANA_REF = UserRef(TEAM, "U0LINA"), UserRef(TEAM, "U0DANA")
WAVE_FORM = WaveForm(
    "Spring", (NOW + timedelta(days=1)).date(), "I wrote mine on a train.", segments=["tech"]
)


async def make_wave_edited_by_dana(make_services: ServicesFactory) -> tuple[Services, StoredWave]:
    """Return a wave with Lina's words, renamed by Dana."""
    services = await make_services(None, *(replace(MAYA, user_id=who.user) for who in (LINA_REF, DANA_REF)))
    async with services.transaction() as connection:
        await programmes.upsert_programme(connection, Programme(TEAM, "Qamar Labs", NOW))
        for who in (LINA_REF, DANA_REF):
            await roles.add_role(connection, TEAM, who.user, Role.OWNER, at=NOW)
    first = await save_wave(services, LINA_REF, WAVE_FORM)
    renamed = replace(WAVE_FORM, name="Summer")
    kept = await save_wave(services, DANA_REF, renamed, first)
    return services, kept


async def load_greeting(services: Services, wave: StoredWave) -> str:
    """Return the stored greeting."""
    async with services.database.read_transaction() as connection:
        found = await stored_waves.find_wave(connection, TEAM, wave.id)
    assert found is not None
    return found.greeting


@pytest.mark.parametrize(("erased", "left"), [(LINA_REF, ""), (DANA_REF, WAVE_FORM.greeting)])
async def test_greeting_goes_with_its_writer_and_with_nobody_else(
    make_services: ServicesFactory, erased: UserRef, left: str
) -> None:
    services, wave = await make_wave_edited_by_dana(make_services)

    await erase_person_and_confirm(services, erased)
    await services.outgoing.wait_until_idle()

    assert await load_greeting(services, wave) == left


async def test_erased_greeting_does_not_come_back_through_a_form_that_was_open(
    make_services: ServicesFactory,
) -> None:
    services, wave = await make_wave_edited_by_dana(make_services)
    # Given a form that Dana has opened, and Lina, who has everything deleted
    await erase_person_and_confirm(services, LINA_REF)
    await services.outgoing.wait_until_idle()
    # When Dana sends the form as it was
    with pytest.raises(WaveNotFoundError):
        await save_wave(services, DANA_REF, WAVE_FORM, wave)
    # Then Lina's words are still gone
    assert await load_greeting(services, wave) == ""


async def test_greeting_of_ones_own_is_kept_as_ones_own(make_services: ServicesFactory) -> None:
    services, wave = await make_wave_edited_by_dana(make_services)
    own = replace(WAVE_FORM, greeting="Mine took ten minutes.")

    await save_wave(services, DANA_REF, own, wave)
    await erase_person_and_confirm(services, LINA_REF)
    await services.outgoing.wait_until_idle()

    assert await load_greeting(services, wave) == own.greeting
