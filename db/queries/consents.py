"""Consents: every yes and no, with its wording and time; append-only."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Consent
from db.schema.core import consents
from db.schema.row_mapping import columns_of, map_all, values_of

_ADD = insert(consents)
_LIST = (
    select(*columns_of(Consent, consents))
    .where(consents.c.team_id == bindparam("team"), consents.c.user_id == bindparam("user"))
    .order_by(consents.c.id)
)


async def add_consent(connection: AsyncConnection, consent: Consent) -> None:
    """Store a yes or a no."""
    await connection.execute(_ADD, values_of(consent))


async def list_consents(connection: AsyncConnection, team_id: str, user_id: str) -> tuple[Consent, ...]:
    """Return everything the person ever agreed to or refused, oldest first."""
    return map_all(Consent, await connection.execute(_LIST, {"team": team_id, "user": user_id}))


async def load_latest_consents_by_use(
    connection: AsyncConnection, team_id: str, user_id: str
) -> dict[str, Consent]:
    """Return the latest consent or refusal by use."""
    return {consent.use: consent for consent in await list_consents(connection, team_id, user_id)}
