"""Sync of the directory: everybody in the workspace, read from Slack in pages and updated by its events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.directory_sync import STALLED_AFTER
from bot.rules.teams import is_colleague
from bot.services import Services, UserRef
from bot.slack import error_codes
from bot.slack.errors import CALL_ERRORS, RefusedCallError, error_code, has_code
from bot.workflows.consents.consents import withdraw_consents_of_leaver
from bot.workflows.people.members import find_person, is_forgotten_leaver, person_from, restore_stop
from bot.workflows.people.time_zones import reschedule_for_time_zone
from db.models import Person
from db.queries import directory_syncs, erasure, people, programmes

log = structlog.get_logger(__name__)

SyncProgress = Callable[[int], None]
SlackUsers = list[dict[str, Any]]


@dataclass(frozen=True)
class SyncRateLimit:
    """The number of people on a page, and the seconds between two pages: Slack allows twenty a minute."""

    page_size: int = 200
    pause_seconds: float = 3.0


async def sync_everybody(
    services: Services, rate_limit: SyncRateLimit | None = None, on_progress: SyncProgress | None = None
) -> int | None:
    """Read everybody from Slack and return their number; None when another sync is running.

    The reason of a failure is stored before it's raised.
    """
    now = services.clock.now()
    async with services.transaction() as connection:
        if not await directory_syncs.begin_directory_sync(
            connection, services.team, now, before=now - STALLED_AFTER
        ):
            return None
    try:
        count = await _read_pages(
            services, rate_limit or SyncRateLimit(), on_progress or (lambda _count: None)
        )
    except CALL_ERRORS as problem:
        async with services.transaction() as connection:
            reason = error_code(problem) or type(problem).__name__
            await directory_syncs.mark_sync_done(connection, services.team, services.clock.now(), reason)
        raise
    async with services.transaction() as connection:
        await directory_syncs.mark_sync_done(connection, services.team, services.clock.now(), None)
    return count


async def _read_pages(services: Services, rate_limit: SyncRateLimit, on_progress: SyncProgress) -> int:
    count, cursor = 0, ""
    while True:
        arguments: dict[str, Any] = {"limit": rate_limit.page_size, "include_locale": True}
        arguments |= {"cursor": cursor} if cursor else {}
        answer = await services.messenger.call_with_retries("users.list", **arguments)
        users: SlackUsers = list(answer.get("members") or ())
        count += len(users)
        async with services.transaction() as connection:
            await _save_users(connection, services, users)
            await directory_syncs.mark_sync_progress(connection, services.team, services.clock.now(), count)
        on_progress(count)
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return count
        await asyncio.sleep(rate_limit.pause_seconds)


async def handle_user_change(services: Services, who: UserRef, user: Mapping[str, Any], event: str) -> None:
    """Store that somebody joined, changed or left; somebody unknown only if there is a programme."""
    confirmed = await _confirm_user(services, who, user)
    if confirmed is None:
        return
    async with services.person_transaction(who, event) as connection:
        has_programme = await programmes.find_programme(connection, who.team) is not None
        if has_programme or await people.find_person(connection, who.team, who.user) is not None:
            await _save_users(connection, services, [confirmed], in_directory=has_programme)


async def _confirm_user(services: Services, who: UserRef, user: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the user in an event; if that makes a colleague a stranger, return what Slack says when asked.

    Return None when Slack still calls them a colleague, or knows nobody by this ID: then the event is about somebody
    in another workspace with the same ID, and changes nothing here.
    """
    if is_colleague(who.team, user):
        return dict(user)
    before = await find_person(services, who)
    if before is None or before.is_stranger:
        return dict(user)
    try:
        answer = await services.messenger.call_with_retries("users.info", user=who.user, include_locale=True)
    except RefusedCallError as problem:
        if not has_code(problem, error_codes.UNKNOWN_USER):
            raise
        return None
    return None if is_colleague(who.team, answer["user"]) else dict(answer["user"])


async def _save_users(
    connection: AsyncConnection, services: Services, users: SlackUsers, *, in_directory: bool = True
) -> None:
    """Store what Slack says about these people. Those who left and were forgotten stay unknown."""
    ids = [str(user["id"]) for user in users]
    known = {
        person.user_id: person for person in await people.list_people_by_ids(connection, services.team, ids)
    }
    tombstones = await erasure.load_tombstones_by_user(connection, services.team, set(ids) - set(known))
    for user in users:
        who = UserRef(services.team, str(user["id"]))
        services.affiliations.forget(who.user)
        before, tombstone = known.get(who.user), tombstones.get(who.user)
        person = replace(person_from(services, who, user), in_directory=in_directory)
        if is_forgotten_leaver(person, tombstone):
            continue
        if before is not None and person.locale is None:  # Slack omits it unless asked for it
            person = replace(person, locale=before.locale)
        await people.upsert_person_profile(connection, person)
        if before is None:
            await restore_stop(connection, person, tombstone)
        await reschedule_for_time_zone(connection, before, person, at=services.clock.now())
        await _record_departure_or_return(connection, person, before, services.clock.now())


async def _record_departure_or_return(
    connection: AsyncConnection, person: Person, before: Person | None, now: datetime
) -> None:
    """Withdraw the consents of somebody who has left; somebody who is back is asked again."""
    left_at = before.left_at if before is not None else None
    if person.deleted and left_at is None:
        await people.set_left_at(connection, person.team_id, person.user_id, now)
        await withdraw_consents_of_leaver(connection, person, now)
        log.info("person.left", user=person.user_id)
    elif not person.deleted and left_at is not None:
        await people.set_left_at(connection, person.team_id, person.user_id, None)
