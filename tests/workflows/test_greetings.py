"""An owner's own lines in an invitation go with whoever wrote them, and don't come back through an open form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NoWave
from bot.services import Services, Who
from bot.workflows.privacy.erasure import erase
from bot.workflows.waves import waves
from bot.workflows.waves.waves import Wish
from db.models.programmes import Programme, Role
from db.models.waves import StoredWave
from db.queries import programmes, roles
from db.queries import waves as stored_waves
from tests.workflows.companies import MAYA, NOW, TEAM, Company

LINA, DANA = Who(TEAM, "U0LINA"), Who(TEAM, "U0DANA")
WISH = Wish("Spring", (NOW + timedelta(days=1)).date(), "I wrote mine on a train.", segments=["tech"])


async def written_by_lina_and_kept_by_dana(company: Company) -> tuple[Services, StoredWave]:
    """An invitation with Lina's words, of which Dana has changed the name."""
    services = await company(None, *(replace(MAYA, user_id=who.user) for who in (LINA, DANA)))
    async with services.transaction() as connection:
        await programmes.put_programme(connection, Programme(TEAM, "Qamar Labs", NOW))
        for who in (LINA, DANA):
            await roles.add_role(connection, TEAM, who.user, Role.OWNER, at=NOW)
    first = await waves.keep(services, LINA, WISH, before="")
    renamed = replace(WISH, name="Summer")
    kept = await waves.keep(services, DANA, renamed, before=first.id, version=str(first.version))
    return services, kept


async def greeting_of(services: Services, wave: StoredWave) -> str:
    """What is kept of the greeting."""
    async with services.database.reading() as connection:
        found = await stored_waves.find_wave(connection, TEAM, wave.id)
    assert found is not None
    return found.greeting


@pytest.mark.parametrize(("erased", "left"), [(LINA, ""), (DANA, WISH.greeting)])
async def test_greeting_goes_with_its_writer_and_with_nobody_else(
    company: Company, erased: Who, left: str
) -> None:
    services, wave = await written_by_lina_and_kept_by_dana(company)

    await erase(services, erased)
    await services.voice.quiet()

    assert await greeting_of(services, wave) == left


async def test_erased_greeting_does_not_come_back_through_a_form_that_was_open(company: Company) -> None:
    services, wave = await written_by_lina_and_kept_by_dana(company)
    # Given a form that Dana has opened, and Lina, who has everything deleted
    await erase(services, LINA)
    await services.voice.quiet()
    # When Dana sends the form as it was
    with pytest.raises(NoWave):
        await waves.keep(services, DANA, WISH, before=wave.id, version=str(wave.version))
    # Then Lina's words are still gone
    assert await greeting_of(services, wave) == ""


async def test_greeting_of_ones_own_is_kept_as_ones_own(company: Company) -> None:
    services, wave = await written_by_lina_and_kept_by_dana(company)
    own = replace(WISH, greeting="Mine took ten minutes.")

    await waves.keep(services, DANA, own, before=wave.id, version=str(wave.version))
    await erase(services, LINA)
    await services.voice.quiet()

    assert await greeting_of(services, wave) == own.greeting
