"""The calendar a person lives by, from what is stored about them."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.calendars import Calendar, person_calendar
from db.models import Person
from db.queries import employee_records, programmes


async def load_calendar(connection: AsyncConnection, person: Person) -> Calendar:
    """Return the person's own calendar as far as it is known, otherwise the programme's."""
    listing = await employee_records.find_employee_record(connection, person.team_id, person.user_id)
    programme = await programmes.find_programme(connection, person.team_id)
    return person_calendar(person, listing, programme)
