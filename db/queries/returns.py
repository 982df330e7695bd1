"""Returns: when somebody last did something of their own, as far as it is stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.schema.core import consents, drafts, people
from db.schema.waves import wave_answers

_LAST_ACTIVITY = [
    select(func.max(moment)).where(
        moment.table.c.team_id == bindparam("team"), moment.table.c.user_id == bindparam("user")
    )
    for moment in (
        drafts.c.updated_at,
        consents.c.at,
        wave_answers.c.at,
        people.c.told_at,
        people.c.welcome_back_at,
    )
]


async def find_last_activity(connection: AsyncConnection, team_id: str, user_id: str) -> datetime | None:
    """When this person last wrote at a story, said yes or no to something, or how they want to be written to."""
    key = {"team": team_id, "user": user_id}
    found = [(await connection.execute(latest, key)).scalar_one_or_none() for latest in _LAST_ACTIVITY]
    return max((at for at in found if at is not None), default=None)
