"""Consents are never overwritten, and the latest one counts."""

from __future__ import annotations

from datetime import timedelta

from db.engine.database import Database
from db.models import Consent
from db.queries.consents import add_consent, list_consents, load_latest_consents_by_use
from tests.db.samples import MAYA, NOW, TEAM


async def test_the_latest_consent_counts_and_every_one_is_kept(database: Database) -> None:
    yes = Consent(TEAM, MAYA, "highlight", True, "May we show it one week?", "en", NOW, "d1")
    hand = Consent(TEAM, MAYA, "hand:coffee", True, "Would you …?", "en", NOW)
    no = Consent(TEAM, MAYA, "highlight", False, "Take it back?", "en", NOW + timedelta(days=1), "d1")
    async with database.write_transaction() as connection:
        for consent in (yes, hand, no):
            await add_consent(connection, consent)
        assert await list_consents(connection, TEAM, MAYA) == (yes, hand, no)
        assert await load_latest_consents_by_use(connection, TEAM, MAYA) == {
            "highlight": no,
            "hand:coffee": hand,
        }
