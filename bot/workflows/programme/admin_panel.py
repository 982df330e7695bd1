"""The admin panel of an owner: the settings, and whether the bot can post in its channels."""

from __future__ import annotations

import asyncio
from datetime import date

from bot.rules.calendars import programme_calendar
from bot.rules.roles import ProgrammeRight
from bot.services import Services, UserRef
from bot.views.programme.admin_panel import AdminPanelModel
from bot.workflows.people.members import fetch_and_update_person
from bot.workflows.programme.access import load_right
from db.models import Person
from db.queries import directory_syncs, programmes, roles, waves


async def load_admin_panel(services: Services, person: Person) -> AdminPanelModel | None:
    """Load this person's admin panel; None for those who may neither run the programme nor set it up.

    Slack is asked only about somebody who has a right by what's stored, and its answer decides.
    """
    async with services.database.read_transaction() as connection:
        if await load_right(connection, person) is ProgrammeRight.NONE:
            return None
    now = await fetch_and_update_person(services, UserRef(person.team_id, person.user_id))
    async with services.database.read_transaction() as connection:
        right = await load_right(connection, now) if now is not None else ProgrammeRight.NONE
        if right is ProgrammeRight.NONE:
            return None
        programme = await programmes.find_programme(connection, services.team)
        holders = await roles.list_role_holders(connection, services.team)
        latest = await directory_syncs.find_directory_sync(connection, services.team)
        stored_waves = await waves.list_waves(connection, services.team)
    channel_ids = {programme.stories_channel, programme.asks_channel} - {None} if programme else set()
    channels = sorted(channel for channel in channel_ids if channel) if right is ProgrammeRight.RUN else []
    cache, messenger = services.channel_states, services.messenger
    states = await asyncio.gather(
        *(cache.load(messenger, channel, services.clock.now()) for channel in channels)
    )
    return AdminPanelModel(
        person,
        services.workspace.bot_user_id,
        right,
        programme,
        holders,
        channel_states=dict(zip(channels, states, strict=True)),
        latest_sync=latest,
        waves=stored_waves,
        today=programme_calendar(programme).local_date(services.clock.now()) if programme else date.min,
    )
