"""A programme that is set up, with everybody known, and what an owner does to invite them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.services import Who
from bot.workflows.directory.sync import Pace, read_everybody
from db.models.programmes import Listing, Programme, Role
from db.queries import employee_records, people, programmes, roles
from tests.e2e.people import Json, Person
from tests.e2e.stage import Stage


async def runs_programme(stage: Stage, **settings: object) -> Person:
    """Lina and Dana run the programme of a company that is known, on a Monday morning; gives Lina."""
    assert stage.bot is not None
    services, lina = stage.bot.services, stage.person("U0LINA")
    # Days go by here within the second for which a channel is left alone after each message.
    services.timings = replace(services.timings, channel_gap=timedelta(0), workspace_gap=timedelta(0))
    await stage.time_goes_by(lina, to_next="monday 08:00")
    await read_everybody(services, Pace(page=100, pause=0))
    now, team = services.clock.now(), services.team
    async with services.transaction() as connection:
        settled = Programme(team, "Qamar Labs", now, tz="Asia/Dubai")
        await programmes.put_programme(connection, replace(settled, **settings))
        for user in ("U0LINA", "U0DANA"):
            await roles.add_role(connection, team, user, Role.OWNER, at=now)
        await roles.add_role(connection, team, "U0NADIA", Role.EXECUTIVE, at=now)
        teams = {"U0LINA": "Marketing", "U0MAYA": "Routes", "U0IVAN": "Routes"}
        for person in stage.workspace.world.people:
            segment = None if person.segment == "none" else person.segment
            if segment or person.id in teams:
                listing = Listing(team, person.id, teams.get(person.id), None, None, None, now, segment)
                await employee_records.put_listing(connection, listing)
    return lina


async def invites(owner: Person, **fields: object) -> Json:
    """Fill in the form as given, everybody who builds it being meant, and send it; gives what came of it."""
    await owner.opens_home()
    await owner.sees("Invite people", where="home")
    await owner.clicks("Invite people", where="home")
    await owner.sees("Your own words to them", where="modal")
    return await owner.submits({"name": "Spring", "whom": ["tech"], **fields})


async def dry_run(owner: Person, **fields: object) -> Json:
    """The dry run of such a wave, when its table lies under it."""
    await invites(owner, **fields)
    shown = await owner.sees("Nothing has been sent.")
    await owner.sees("dry-run.csv", after=shown)
    return shown


async def starts(stage: Stage, owner: Person, **fields: object) -> None:
    """Such a wave, shown and started."""
    shown = await dry_run(owner, **fields)
    await owner.clicks("Start", in_message=shown)
    await owner.sees("The first messages go out on")


async def is_silent(stage: Stage, *users: str) -> None:
    """These people have said stop."""
    assert stage.bot is not None
    services = stage.bot.services
    async with services.transaction() as connection:
        for user in users:
            who = Who(services.team, user)
            await people.set_stopped(connection, who.team, who.user, services.clock.now())
