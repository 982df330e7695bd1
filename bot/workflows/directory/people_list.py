"""Import of a people list: each line is matched with a person of the workspace and stored; addresses aren't."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import PersonNotFoundError
from bot.i18n import LOCALES, Texts
from bot.rules.people_csv import PeopleListEntry, RejectedLine, RejectionReason
from bot.rules.roles import is_employee
from bot.services import Services, UserRef
from bot.workflows.people.lookup import look_up_person
from bot.workflows.people.members import add_if_new, ensure_known
from bot.workflows.programme import change_notices
from bot.workflows.programme.roles import grant_role, revoke_role
from db.models import Person
from db.models.notices import PersonChange
from db.models.programmes import EmployeeRecord, Programme, Role
from db.queries import employee_records, programmes

ParsedLines = tuple[PeopleListEntry | RejectedLine, ...]
ImportProgress = Callable[[int], None]
PEOPLE_LISTED = "people-listed"


async def load_segment_keys_by_name(services: Services) -> dict[str, str]:
    """Load the names by which a list may call each segment."""
    async with services.database.read_transaction() as connection:
        programme = await programmes.find_programme(connection, services.team)
    names = {name: name for name in ("tech", "gtm")}
    names |= {Texts(locale).label(f"choice-{name}"): name for locale in LOCALES for name in ("tech", "gtm")}
    return names | _own_names(programme)


def _own_names(programme: Programme | None) -> dict[str, str]:
    if programme is None:
        return {}
    return {name: key.partition("_")[0] for key, name in programme.segment_names.items()}


async def import_lines(
    services: Services,
    lines: ParsedLines,
    by: str | None,
    *,
    pause_seconds: float = 0,
    on_progress: ImportProgress | None = None,
) -> tuple[int, list[RejectedLine]]:
    """Import these lines on behalf of `by`; return the number of good ones, and the others with what is wrong.

    `pause_seconds` is the time between two calls to Slack, which allows some fifty a minute.
    """
    imported, problems = 0, []
    for number, line in enumerate(lines):
        if number:
            await asyncio.sleep(pause_seconds)
        problem = line if isinstance(line, RejectedLine) else await _import_entry(services, line, by)
        if problem is None:
            imported += 1
        else:
            problems.append(problem)
        if on_progress is not None:
            on_progress(number + 1)
    return imported, problems


async def _import_entry(services: Services, entry: PeopleListEntry, by: str | None) -> RejectedLine | None:
    try:
        person = await look_up_person(services, entry.address)
    except PersonNotFoundError:
        return RejectedLine(entry.line, RejectionReason.UNKNOWN)
    if not is_employee(person):
        return RejectedLine(entry.line, RejectionReason.OUTSIDE)
    who = UserRef(person.team_id, person.user_id)
    await ensure_known(services, [who.user])
    async with services.person_transaction(who) as connection:
        stored = await add_if_new(connection, person)  # erased meanwhile, they would be unknown again
        await _save_entry(connection, stored, entry, services.clock.now(), by=by)
        await _set_executive(connection, who, entry.executive, services.clock.now(), by=by)
    return None


async def _save_entry(
    connection: AsyncConnection, person: Person, entry: PeopleListEntry, now: datetime, *, by: str | None
) -> None:
    """Save the line, and notify somebody whose segment or team it changes; empty cells keep the earlier value."""
    team, user = person.team_id, person.user_id
    before = await employee_records.find_employee_record(connection, team, user) or EmployeeRecord(
        team, user, None, None, None, None, now
    )
    segment = before.segment if entry.segment is None else entry.segment
    after = EmployeeRecord(
        team,
        user,
        works_in=entry.team or before.works_in,
        starts_on=entry.starts_on or before.starts_on,
        country=entry.country or before.country,
        week=entry.week or before.week,
        recorded_at=now,
        segment=None if segment == "neither" else segment,
    )
    await employee_records.upsert_employee_record(connection, after)
    if after.segment != before.segment:
        change = PersonChange(team, user, "segment", before.segment or "", after.segment or "", by, now)
        await change_notices.record_change_and_plan_notice(connection, change)
    if after.works_in and after.works_in != before.works_in:
        change = PersonChange(team, user, "team", before.works_in or "", after.works_in, by, now)
        await change_notices.record_change_and_plan_notice(connection, change)


async def _set_executive(
    connection: AsyncConnection, who: UserRef, executive: bool | None, now: datetime, *, by: str | None
) -> None:
    if executive is True:
        await grant_role(connection, who, Role.EXECUTIVE, now, by=by)
    elif executive is False:
        await revoke_role(connection, who, Role.EXECUTIVE, now, by=by)
