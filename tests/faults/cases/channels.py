"""An announcement is due in a channel where the bot can write no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from db.models.notices import Planned
from db.models.programmes import Programme
from db.models.waves import StoredWave
from db.queries import outbox, programmes, waves
from tests.db.samples import TEAM
from tests.faults.checker import check
from tests.faults.harness import AT_ONE_HOUR, DAY, NOW, Company

CHANNEL = "C0MONDAY"


async def cannot_write(company: Company, why: Literal["removed", "archived"]) -> None:
    """It has failed, for a reason that can be read, and everybody else gets what is due."""
    admin = company.stage.person("U0OMAR").in_channel(CHANNEL)
    await admin.does("invite", user="U0HAKAWATI")
    await _announces(company)
    await company.owes(AT_ONE_HOUR)
    if why == "removed":
        await admin.does("invite", user="U0HAKAWATI", remove=True)
    else:
        await admin.does("channel", archived=True)
    async with company.running(company.replicas):
        ended = await company.ends()
    await check(company)
    became = {one.recipient: (one.state, one.reason) for one in ended}
    error = "not_in_channel" if why == "removed" else "is_archived"
    assert became == {CHANNEL: ("failed", error), **dict.fromkeys(AT_ONE_HOUR, ("sent", None))}


async def _announces(company: Company) -> None:
    """A wave that opens tomorrow is announced today."""
    opens_on = (NOW + DAY).date()
    wave = StoredWave(TEAM, "w1", "Spring", opens_on, opens_on + timedelta(days=40), "", NOW)
    word = Planned("announcement", CHANNEL, wave.id, NOW, NOW + DAY, subject=wave.id)
    async with company.database() as database, database.writing() as connection:
        await programmes.put_programme(connection, Programme(TEAM, "Qamar Labs", NOW))
        await waves.put_wave(connection, wave)
        await outbox.add_notices(connection, TEAM, [word], NOW)
