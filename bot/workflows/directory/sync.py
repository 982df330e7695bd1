"""Everybody of the workspace, as Slack describes them: read page by page, and kept up to date by its events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.directory_sync import SILENT
from bot.rules.teams import is_colleague
from bot.services import Services, Who
from bot.workflows.consents.consents import take_all_back
from bot.workflows.people.members import NOBODY, keep_stopped, known, person_from, stays_unknown
from bot.workflows.people.time_zones import follow
from db.models import Person
from db.queries import directory_syncs, erasure, people, programmes

log = structlog.get_logger(__name__)

Told = Callable[[int], None]
Users = list[dict[str, Any]]


@dataclass(frozen=True)
class Pace:
    """How many people are asked for at once, and the seconds between two pages: Slack allows twenty a minute."""

    page: int = 200
    pause: float = 3.0


async def read_everybody(
    services: Services, pace: Pace | None = None, told: Told | None = None
) -> int | None:
    """Read everybody from Slack; how many, or None when another pass is under way. Failing, it says why."""
    now = services.clock.now()
    async with services.transaction() as connection:
        if not await directory_syncs.begin_pass(connection, services.team, now, before=now - SILENT):
            return None
    try:
        count = await _read_pages(services, pace or Pace(), told or (lambda _count: None))
    except (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError) as problem:
        error = problem.response.get("error") if isinstance(problem, SlackApiError) else None
        async with services.transaction() as connection:
            what = str(error or type(problem).__name__)
            await directory_syncs.mark_done(connection, services.team, services.clock.now(), what)
        raise
    async with services.transaction() as connection:
        await directory_syncs.mark_done(connection, services.team, services.clock.now(), None)
    return count


async def _read_pages(services: Services, pace: Pace, told: Told) -> int:
    count, cursor = 0, ""
    while True:
        asked: dict[str, Any] = {"limit": pace.page, "include_locale": True}
        asked |= {"cursor": cursor} if cursor else {}
        answer = await services.messenger.call("users.list", **asked)
        users: Users = list(answer.get("members") or ())
        count += len(users)
        async with services.transaction() as connection:
            await _keep(connection, services, users)
            await directory_syncs.mark_read(connection, services.team, services.clock.now(), count)
        told(count)
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return count
        await asyncio.sleep(pace.pause)


async def hear_of(services: Services, who: Who, user: Mapping[str, Any], event: str) -> None:
    """Somebody came, changed or left. Whoever is not known is kept only where a programme is run."""
    confirmed = await _confirmed(services, who, user)
    if confirmed is None:
        return
    async with services.turn(who, event) as connection:
        has_programme = await programmes.find_programme(connection, who.team) is not None
        if has_programme or await people.find_person(connection, who.team, who.user) is not None:
            await _keep(connection, services, [confirmed], in_directory=has_programme)


async def _confirmed(services: Services, who: Who, user: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what an event says of a person, or what Slack says when asked: if it makes a colleague a stranger.

    Return None when Slack still calls them a colleague, or knows nobody by this id: then the event is about somebody
    of another workspace with the same id, and changes nothing here.
    """
    if is_colleague(who.team, user):
        return dict(user)
    before = await known(services, who)
    if before is None or before.is_stranger:
        return dict(user)
    try:
        answer = await services.messenger.call("users.info", user=who.user, include_locale=True)
    except SlackApiError as problem:
        if problem.response.get("error") not in NOBODY:
            raise
        return None
    return None if is_colleague(who.team, answer["user"]) else dict(answer["user"])


async def _keep(
    connection: AsyncConnection, services: Services, users: Users, *, in_directory: bool = True
) -> None:
    """Keep what Slack says of these people. People who left and were forgotten stay unknown."""
    ids = [str(user["id"]) for user in users]
    there = {person.user_id: person for person in await people.list_people(connection, services.team, ids)}
    tombstones = await erasure.list_tombstones(connection, services.team, set(ids) - set(there))
    for user in users:
        who = Who(services.team, str(user["id"]))
        services.affiliations.forget(who.user)
        before, tombstone = there.get(who.user), tombstones.get(who.user)
        person = replace(person_from(services, who, user), in_directory=in_directory)
        if stays_unknown(person, tombstone):
            continue
        if before is not None and person.locale is None:  # Slack leaves it out where it was not asked for it
            person = replace(person, locale=before.locale)
        await people.put_person(connection, person)
        if before is None:
            await keep_stopped(connection, person, tombstone)
        await follow(connection, before, person, at=services.clock.now())
        await _come_and_gone(connection, person, before, services.clock.now())


async def _come_and_gone(
    connection: AsyncConnection, person: Person, before: Person | None, now: datetime
) -> None:
    """Who has left takes every yes back at once; who is back is here, and is asked anew."""
    left_at = before.left_at if before is not None else None
    if person.deleted and left_at is None:
        await people.set_left(connection, person.team_id, person.user_id, now)
        await take_all_back(connection, person, now)
        log.info("person.left", user=person.user_id)
    elif not person.deleted and left_at is not None:
        await people.set_left(connection, person.team_id, person.user_id, None)
