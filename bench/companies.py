"""A database with a whole company, every member of which is invited by one wave."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from bench.bolt import TEAM
from bench.waiting_notices import SQLITE_MOMENT_FORMAT, WORKDAY
from db.engine.database import Database
from db.models.programmes import Programme, Role
from db.models.waves import StoredWave
from db.queries import programmes, roles, waves

WAVE_ID = "wave"
OWNER_ID = "U0BENCH0000000"

_INSERT_PEOPLE = text("""
    INSERT INTO people (team_id, user_id, name, real_name, first_name, locale, tz, is_guest, is_stranger, is_bot,
                        deleted, dm_channel, fetched_at, in_directory)
    WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT :team, printf('U0BENCH%07d', n), 'Name' || n, 'Name Family' || n, 'Name' || n, 'en-US',
           CASE n % 4 WHEN 0 THEN 'Europe/Berlin' WHEN 1 THEN 'Asia/Riyadh'
                      WHEN 2 THEN 'America/New_York' ELSE 'Africa/Cairo' END,
           0, 0, 0, 0, printf('D0BENCH%07d', n), :now, 1
    FROM numbers
""")

_INSERT_LISTINGS = text("""
    INSERT INTO listings (team_id, user_id, at, segment)
    SELECT team_id, user_id, :now, CASE substr(user_id, -1) % 2 WHEN 0 THEN 'tech' ELSE 'gtm' END FROM people
""")


async def fill_company(database: Database, count: int) -> None:
    """Add `count` people in four time zones, one of them the owner, and a wave for all of them, not yet started."""
    opens_on = (WORKDAY + timedelta(days=13)).date()
    wave = StoredWave(
        TEAM, WAVE_ID, "Everybody", opens_on, opens_on + timedelta(days=30), "", WORKDAY, segments="gtm tech"
    )
    async with database.write_transaction() as connection:
        values = {"team": TEAM, "count": count, "now": WORKDAY.strftime(SQLITE_MOMENT_FORMAT)}
        await connection.execute(_INSERT_PEOPLE, values)
        await connection.execute(_INSERT_LISTINGS, {"now": values["now"]})
        await programmes.upsert_programme(connection, Programme(TEAM, "Bench", WORKDAY, tz="Europe/Berlin"))
        await roles.add_role(connection, TEAM, OWNER_ID, Role.OWNER, at=WORKDAY)
        await waves.upsert_unstarted_wave(connection, wave)
