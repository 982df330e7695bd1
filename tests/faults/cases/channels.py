"""An announcement is due in a channel where the bot can no longer write."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from db.models.notices import PlannedNotice
from db.models.programmes import Programme
from db.models.waves import StoredWave
from db.queries import outbox, programmes, waves
from tests.db.samples import TEAM
from tests.faults.harness import DAY, NOW, USERS_IN_ONE_ZONE, FaultHarness
from tests.faults.invariants import check_invariants

CHANNEL = "C0MONDAY"


async def channel_closed(harness: FaultHarness, why: Literal["removed", "archived"]) -> None:
    """Check that the announcement fails with a clear reason, and that all other notices arrive."""
    admin = harness.app.person("U0OMAR").in_channel(CHANNEL)
    await admin.does("invite", user="U0HAKAWATI")
    await _plan_announcement(harness)
    await harness.plan_notices(USERS_IN_ONE_ZONE)
    if why == "removed":
        await admin.does("invite", user="U0HAKAWATI", remove=True)
    else:
        await admin.does("channel", archived=True)
    async with harness.run_bots(harness.replicas):
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    became = {one.recipient: (one.state, one.reason) for one in ended}
    error = "not_in_channel" if why == "removed" else "is_archived"
    assert became == {CHANNEL: ("failed", error), **dict.fromkeys(USERS_IN_ONE_ZONE, ("sent", None))}


async def _plan_announcement(harness: FaultHarness) -> None:
    """Plan today's announcement of a wave that opens tomorrow."""
    opens_on = (NOW + DAY).date()
    wave = StoredWave(TEAM, "w1", "Spring", opens_on, opens_on + timedelta(days=40), "", NOW)
    word = PlannedNotice("announcement", CHANNEL, wave.id, NOW, NOW + DAY, subject=wave.id)
    async with harness.open_database() as database, database.write_transaction() as connection:
        await programmes.upsert_programme(connection, Programme(TEAM, "Qamar Labs", NOW))
        await waves.upsert_unstarted_wave(connection, wave)
        await outbox.add_notices(connection, TEAM, [word], NOW)
