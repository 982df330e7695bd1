"""A people list: one line after the other is matched with a person of the workspace and kept; addresses are not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NobodyThere
from bot.i18n import LOCALES, Texts
from bot.rules.people_csv import Entry, Problem, Wrong
from bot.rules.roles import is_of_the_company
from bot.services import Services, Who
from bot.workflows.people.members import keep_known, keep_stopped
from bot.workflows.programme import change_notices
from bot.workflows.programme.settings import found_by_address, give, take
from db.models import Person
from db.models.notices import Change
from db.models.programmes import Listing, Programme, Role
from db.queries import employee_records, erasure, people, programmes

Lines = tuple[Entry | Problem, ...]
Told = Callable[[int], None]
LISTED = "people-listed"


async def segment_names(services: Services) -> dict[str, str]:
    """Every name by which a list may call a segment."""
    async with services.database.reading() as connection:
        programme = await programmes.find_programme(connection, services.team)
    names = {name: name for name in ("tech", "gtm")}
    names |= {Texts(locale).label(f"choice-{name}"): name for locale in LOCALES for name in ("tech", "gtm")}
    return names | _own_names(programme)


def _own_names(programme: Programme | None) -> dict[str, str]:
    if programme is None:
        return {}
    return {name: key.partition("_")[0] for key, name in programme.segments.items()}


async def take_lines(
    services: Services, lines: Lines, by: str | None, *, pause: float = 0, told: Told | None = None
) -> tuple[int, list[Problem]]:
    """Take these lines in, as this person's doing; how many were good, and what was wrong with the others.

    `pause` is the seconds between two questions to Slack, which allows some fifty a minute.
    """
    taken, problems = 0, []
    for number, line in enumerate(lines):
        if number:
            await asyncio.sleep(pause)
        problem = line if isinstance(line, Problem) else await _take(services, line, by)
        if problem is None:
            taken += 1
        else:
            problems.append(problem)
        if told is not None:
            told(number + 1)
    return taken, problems


async def _take(services: Services, entry: Entry, by: str | None) -> Problem | None:
    try:
        person = await found_by_address(services, entry.address)
    except NobodyThere:
        return Problem(entry.line, Wrong.UNKNOWN)
    if not is_of_the_company(person):
        return Problem(entry.line, Wrong.OUTSIDE)
    who = Who(person.team_id, person.user_id)
    await keep_known(services, [who.user])
    async with services.turn(who) as connection:
        stored = await people.find_person(connection, who.team, who.user)
        if stored is None:
            tombstone = await erasure.find_tombstone(connection, who.team, who.user)
            await people.put_person(connection, person)
            await keep_stopped(connection, person, tombstone)
        await _keep(connection, stored or person, entry, services.clock.now(), by=by)
        await _set_executive(connection, who, entry.executive, services.clock.now(), by=by)
    return None


async def _keep(
    connection: AsyncConnection, person: Person, entry: Entry, now: datetime, *, by: str | None
) -> None:
    """What the line says, and whoever is moved by it is told; what it leaves open stays as an earlier list said."""
    team, user = person.team_id, person.user_id
    before = await employee_records.find_listing(connection, team, user) or Listing(
        team, user, None, None, None, None, now
    )
    segment = before.segment if entry.segment is None else entry.segment
    after = Listing(
        team,
        user,
        works_in=entry.team or before.works_in,
        starts_on=entry.starts_on or before.starts_on,
        country=entry.country or before.country,
        week=entry.week or before.week,
        at=now,
        segment=None if segment == "neither" else segment,
    )
    await employee_records.put_listing(connection, after)
    if after.segment != before.segment:
        change = Change(team, user, "segment", before.segment or "", after.segment or "", by, now)
        await change_notices.note(connection, change)
    if after.works_in and after.works_in != before.works_in:
        change = Change(team, user, "team", before.works_in or "", after.works_in, by, now)
        await change_notices.note(connection, change)


async def _set_executive(
    connection: AsyncConnection, who: Who, executive: bool | None, now: datetime, *, by: str | None
) -> None:
    if executive is True:
        await give(connection, who, Role.EXECUTIVE, now, by=by)
    elif executive is False:
        await take(connection, who, Role.EXECUTIVE, now, by=by)
