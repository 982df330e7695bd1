"""Listings: what the people list says of somebody."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import Listing
from db.schema.programme import listings
from db.schema.row_mapping import columns_of, each_of, one_or_none, values_of

_FIND = select(*columns_of(Listing, listings)).where(
    listings.c.team_id == bindparam("team"), listings.c.user_id == bindparam("user")
)
_ALL = select(*columns_of(Listing, listings)).where(listings.c.team_id == bindparam("team"))
_HAS_BEGINNERS = select(
    exists().where(listings.c.team_id == bindparam("team"), listings.c.starts_on > bindparam("day"))
)
_PUT = insert(listings)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["team_id", "user_id"],
    set_={
        name: _PUT.excluded[name] for name in ("works_in", "starts_on", "country", "week", "at", "segment")
    },
)


async def find_listing(connection: AsyncConnection, team_id: str, user_id: str) -> Listing | None:
    """What the list says of this person, if it names them."""
    return one_or_none(Listing, await connection.execute(_FIND, {"team": team_id, "user": user_id}))


async def list_listings(connection: AsyncConnection, team_id: str) -> dict[str, Listing]:
    """What the list says of everybody whom it names, by their ids."""
    rows = await each_of(Listing, await connection.execute(_ALL, {"team": team_id}))
    return {listing.user_id: listing for listing in rows}


async def has_beginners(connection: AsyncConnection, team_id: str, day: date) -> bool:
    """Whether the list names anybody whose first day is after this one."""
    return bool((await connection.execute(_HAS_BEGINNERS, {"team": team_id, "day": day})).scalar_one())


async def put_listing(connection: AsyncConnection, listing: Listing) -> None:
    """Keep what the list says, in place of what an earlier one said."""
    await connection.execute(_PUT, values_of(listing))
