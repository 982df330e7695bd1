"""A programme that is set up, with everybody known, and an owner's steps to invite them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.services import UserRef
from bot.workflows.directory.sync import SyncRateLimit, sync_everybody
from db.models.programmes import EmployeeRecord, Programme, Role
from db.queries import employee_records, people, programmes, roles
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser


async def set_up_programme(app: AppUnderTest, **settings: Any) -> SlackUser:
    """Set up a programme run by Lina and Dana on a Monday morning, with everybody known, and return Lina."""
    assert app.bot is not None
    services, lina = app.bot.services, app.person("U0LINA")
    # Days pass here within one second, so the pauses between messages must go.
    services.timings = replace(
        services.timings, channel_interval=timedelta(0), workspace_interval=timedelta(0)
    )
    await app.advance_clock(lina, to_next="monday 08:00")
    await sync_everybody(services, SyncRateLimit(page_size=100, pause_seconds=0))
    now, team = services.clock.now(), services.team
    async with services.transaction() as connection:
        settled = Programme(team, "Qamar Labs", now, tz="Asia/Dubai")
        await programmes.upsert_programme(connection, replace(settled, **settings))
        for user in ("U0LINA", "U0DANA"):
            await roles.add_role(connection, team, user, Role.OWNER, at=now)
        await roles.add_role(connection, team, "U0NADIA", Role.EXECUTIVE, at=now)
        teams = {"U0LINA": "Marketing", "U0MAYA": "Routes", "U0IVAN": "Routes"}
        for person in app.workspace.world.people:
            segment = None if person.segment == "none" else person.segment
            if segment or person.id in teams:
                listing = EmployeeRecord(
                    team, person.id, teams.get(person.id), None, None, None, now, segment
                )
                await employee_records.upsert_employee_record(connection, listing)
    return lina


async def submit_wave_form(owner: SlackUser, **fields: object) -> Json:
    """Fill in and submit the wave form, for everybody who builds the product, and return the response."""
    await owner.opens_home()
    await owner.sees(phrase("desk-invite"), where="home")
    await owner.clicks(phrase("desk-invite"), where="home")
    await owner.sees(phrase("wave-greeting"), where="modal")
    return await owner.submits({"name": "Spring", "whom": ["tech"], **fields})


async def show_dry_run(owner: SlackUser, **fields: object) -> Json:
    """Submit a wave, and return its dry run when the table is attached."""
    await submit_wave_form(owner, **fields)
    shown = await owner.sees("Nothing has been sent.")
    await owner.sees(phrase("dry-file-name"), after=shown)
    return shown


async def start_wave(app: AppUnderTest, owner: SlackUser, **fields: object) -> None:
    """Submit a wave, see its dry run, and start it."""
    shown = await show_dry_run(owner, **fields)
    await owner.clicks(phrase("dry-start"), in_message=shown)
    await owner.sees("The first messages go out on")


async def opt_out_users(app: AppUnderTest, *users: str) -> None:
    """Store that these people have opted out."""
    assert app.bot is not None
    services = app.bot.services
    async with services.transaction() as connection:
        for user in users:
            who = UserRef(services.team, user)
            await people.set_stopped_at(connection, who.team, who.user, services.clock.now())


def day_after_tomorrow(app: AppUnderTest) -> str:
    """Return the day after tomorrow; today is the Monday of the set-up."""
    assert app.bot is not None
    return str(app.bot.services.clock.now().date() + timedelta(days=2))
