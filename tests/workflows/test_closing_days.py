"""Closing a day: once for each, whatever owners set and even if somebody deletes everything meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.clock import StoppedClock
from bot.services import Services, UserRef
from bot.workflows.privacy.erasure import erase_person_and_confirm
from bot.workflows.waves.participation import publish_figures_and_check_halt
from db.models.notices import PlannedNotice
from db.models.programmes import Programme, Role
from db.models.waves import WaveMember
from db.queries import people, programmes
from db.queries.drafts import add_draft
from db.queries.outbox import add_notices
from db.queries.roles import add_role
from db.queries.waves import add_or_promote_members, upsert_unstarted_wave
from db.schema.outbox import outbox
from tests.db.samples import draft, wave
from tests.workflows.recording_services import MAYA, NOW, TEAM, ServicesFactory

DAY = timedelta(days=1)
HUNDRED_USERS = tuple(f"U0COLL{n}" for n in range(100))
MIDNIGHT = datetime(2027, 3, 2, tzinfo=UTC)


async def company_with_invitations(make_services: ServicesFactory, stops: int) -> Services:
    """Return a company in which everybody was invited this morning, and some have opted out since."""
    services = await make_services(None, *(replace(MAYA, user_id=user) for user in HUNDRED_USERS))
    async with services.transaction(durable=False) as connection:
        await programmes.upsert_programme(connection, Programme(TEAM, "Qamar Labs", NOW, tz="UTC"))
        await add_role(connection, TEAM, "U0LINA", Role.OWNER, at=NOW)
        for user in HUNDRED_USERS:
            notice = PlannedNotice("invitation", user, "w1", NOW, NOW + 9 * DAY, user_id=user, subject="w1")
            await add_notices(connection, TEAM, [notice], NOW)
        await connection.execute(outbox.update().values(state="sent", attempt_started_at=NOW))
        for user in HUNDRED_USERS[:stops]:
            await people.set_stopped_at(connection, TEAM, user, NOW + timedelta(hours=1))
    return services


async def is_halted_after_close(services: Services, at: datetime) -> bool:
    """Close the day if it's over; return whether sending is halted."""
    assert isinstance(services.clock, StoppedClock)
    services.clock.move(at)
    await publish_figures_and_check_halt(services, at)
    async with services.database.read_transaction() as connection:
        programme = await programmes.find_programme(connection, TEAM)
    assert programme is not None
    return programme.halted_at is not None


@pytest.mark.parametrize(("stops", "halts"), [(5, False), (6, True)])
async def test_stops_are_judged_when_the_day_is_over(
    make_services: ServicesFactory, stops: int, halts: bool
) -> None:
    services = await company_with_invitations(make_services, stops)

    assert not await is_halted_after_close(services, MIDNIGHT - timedelta(minutes=1))
    assert await is_halted_after_close(services, MIDNIGHT + DAY) is halts


async def test_nothing_halts_at_the_moment_in_which_somebody_deletes_everything(
    make_services: ServicesFactory,
) -> None:
    # Given exactly five stops of a hundred, which are not over five for every hundred
    services = await company_with_invitations(make_services, 5)
    assert not await is_halted_after_close(services, MIDNIGHT)
    # When somebody deletes everything, including the record of what was sent to them
    await erase_person_and_confirm(services, UserRef(TEAM, HUNDRED_USERS[-1]))
    await services.outgoing.wait_until_idle()
    # Then the minute of a halt doesn't reveal it
    assert not await is_halted_after_close(services, MIDNIGHT + timedelta(hours=15))


async def test_no_time_zone_makes_two_days_of_one(make_services: ServicesFactory) -> None:
    # Given a day that has just been closed
    services = await company_with_invitations(make_services, 0)
    assert not await is_halted_after_close(services, MIDNIGHT)
    async with services.transaction() as connection:
        for user in HUNDRED_USERS[:6]:
            await people.set_stopped_at(connection, TEAM, user, MIDNIGHT + timedelta(hours=1))
        # When an owner moves the programme to a time zone where it's the next day
        programme = await programmes.lock_programme(connection, TEAM)
        assert programme is not None
        await programmes.upsert_programme(connection, replace(programme, tz="Pacific/Noumea"))
    # Then the opt-outs of the last hours aren't judged yet
    assert not await is_halted_after_close(services, MIDNIGHT + timedelta(hours=14))
    assert await is_halted_after_close(services, MIDNIGHT + timedelta(hours=20))


async def test_draft_that_cannot_be_read_keeps_nothing_from_pausing(make_services: ServicesFactory) -> None:
    # Given six stops, and an invitation of which one draft can't be read
    services = await company_with_invitations(make_services, 6)
    async with services.transaction() as connection:
        await upsert_unstarted_wave(connection, wave(started_at=NOW))
        await add_or_promote_members(
            connection, TEAM, "w1", [WaveMember(user, "invited", "tech") for user in HUNDRED_USERS]
        )
        await add_draft(connection, TEAM, HUNDRED_USERS[-1], draft(), at=NOW + timedelta(hours=1))
        await connection.execute(text("UPDATE drafts SET draft = '{}'"))

    assert await is_halted_after_close(services, MIDNIGHT)
