"""The programme's settings: set by those who run it, each change with an audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.rules.calendars import usual_week
from bot.rules.countries import zone_country_with_holidays
from bot.services import Services, UserRef
from bot.workflows.programme.access import programme_setup_transaction
from db.models import Person
from db.models.programmes import AuditEntry, Programme
from db.queries import audit, programmes

SETTINGS_CHANGED = "settings"


async def refresh_programme(services: Services) -> None:
    """Take in the settings that this process or another has stored."""
    async with services.database.read_transaction() as connection:
        services.programme = await programmes.find_programme(connection, services.team)


def first_settings(services: Services, person: Person | None) -> Programme:
    """Return a new programme's settings: the workspace's name, and what is usual where the person lives."""
    zone = person.tz if person else None
    country = zone_country_with_holidays(zone)
    return Programme(
        services.team,
        services.workspace.name,
        services.clock.now(),
        week=str(usual_week(country)),
        country=country,
        tz=zone or "UTC",
    )


async def create_or_update_programme(
    services: Services, who: UserRef, form: str, settings: Mapping[str, Any]
) -> tuple[Person, Programme]:
    """Set these fields of the programme, which is created if there is none; the audit names form and fields.

    Return who did it, and the programme as it is now.
    """
    now = services.clock.now()
    async with programme_setup_transaction(services, who) as (connection, person, before):
        after = replace(before or first_settings(services, person), **settings)
        changed = [name for name in settings if before is None or getattr(before, name) != settings[name]]
        await programmes.upsert_programme(connection, after)
        if changed:
            about = " ".join((form, *changed))
            entry = AuditEntry(who.team, who.user, SETTINGS_CHANGED, None, about, now)
            await audit.add_audit_entry(connection, entry)
    services.programme = after
    return person, after
