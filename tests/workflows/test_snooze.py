"""The latest notice is snoozed while it can still come, and nothing is promised to somebody who opted out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.errors import OptedOutError
from bot.notices.invitations import INVITATION, SNOOZED_INVITATION
from bot.rules.budgets import is_unresponsive
from bot.rules.calendars import person_calendar
from bot.rules.reminder_schedule import SnoozeChoice
from bot.services import Services, UserRef
from bot.workflows.delivery.contact_history import load_history
from bot.workflows.preferences.frequency import set_fewer_messages
from bot.workflows.preferences.quiet_until import be_quiet, end_quiet
from bot.workflows.preferences.snooze import SnoozeTarget, snooze_latest_notice, snooze_notice
from db.models.waves import WaveMember
from db.queries import people, waves
from tests.db.notice_samples import (
    claim_and_commit,
    plan_notices,
    planned_notice,
    sample_claim,
    stored_notices,
)
from tests.db.samples import wave
from tests.workflows.recording_services import MAYA, NOW, TEAM, ServicesFactory

MAYA_REF = UserRef(TEAM, MAYA.user_id)
DAY = timedelta(days=1)
TODAY = NOW.date()


async def send_invitation(services: Services, wave_id: str, *, closes_in: int, days_ago: int) -> None:
    """Store an invitation to a wave that closes on this day as sent to Maya."""
    at = NOW - days_ago * DAY
    async with services.transaction() as connection:
        await waves.upsert_unstarted_wave(connection, wave(id=wave_id, closes_on=TODAY + closes_in * DAY))
        await waves.add_or_promote_members(connection, TEAM, wave_id, [WaveMember(MAYA.user_id, "invited")])
    invitation = planned_notice(kind=INVITATION, occurrence=wave_id, subject=wave_id, not_before=at)
    await plan_notices(services.database, invitation)
    await claim_and_commit(services.database, sample_claim(claimed_at=at))


async def snooze_by_typing(services: Services) -> list[str | None]:
    """Let Maya type "tomorrow"; return the waves whose invitation comes again."""
    await snooze_latest_notice(services, MAYA_REF, SnoozeChoice.TOMORROW, "Ev1")
    return [
        notice.subject
        for notice in await stored_notices(services.database)
        if notice.kind == SNOOZED_INVITATION
    ]


async def test_typed_word_snoozes_what_can_still_come_and_not_what_has_closed(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(None, MAYA)
    await send_invitation(services, "open", closes_in=20, days_ago=9)
    await send_invitation(services, "closed", closes_in=-1, days_ago=5)

    assert await snooze_by_typing(services) == ["open"]


async def test_typed_word_snoozes_nothing_of_a_wave_from_which_they_were_removed(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(None, MAYA)
    await send_invitation(services, "w1", closes_in=20, days_ago=5)
    async with services.transaction() as connection:
        await waves.mark_removed_and_suppress_notices(connection, TEAM, "w1", [MAYA.user_id], at=NOW)

    assert await snooze_by_typing(services) == []


ASKED: dict[str, Callable[[Services], Awaitable[object]]] = {
    "later, pressed": lambda services: snooze_notice(
        services, MAYA_REF, SnoozeTarget(SNOOZED_INVITATION, "w1"), SnoozeChoice.TOMORROW
    ),
    "later, typed": lambda services: snooze_latest_notice(services, MAYA_REF, SnoozeChoice.TOMORROW, "Ev1"),
    "fewer": lambda services: set_fewer_messages(services, MAYA_REF, fewer=True),
    "as usual": lambda services: set_fewer_messages(services, MAYA_REF, fewer=False),
    "quiet": lambda services: be_quiet(services, MAYA_REF, TODAY + DAY),
    "quiet no more": lambda services: end_quiet(services, MAYA_REF),
}


@pytest.mark.parametrize("wish", ASKED)
async def test_nothing_is_promised_to_somebody_who_opted_out(
    make_services: ServicesFactory, wish: str
) -> None:
    # Given an invitation, and a stop after it
    services = await make_services(None, MAYA)
    await send_invitation(services, "w1", closes_in=20, days_ago=5)
    async with services.transaction() as connection:
        await people.set_stopped_at(connection, TEAM, MAYA.user_id, NOW)
    before = await stored_notices(services.database)
    # When one of the older buttons is pressed, then the answer is that the stop holds
    with pytest.raises(OptedOutError):
        await ASKED[wish](services)
    # And nothing is planned
    assert await stored_notices(services.database) == before


async def test_somebody_who_responded_still_counts_as_responsive_when_the_wish_is_withdrawn(
    make_services: ServicesFactory,
) -> None:
    # Given a series without reaction, as far as it goes for somebody who wants fewer, but for the wish itself
    services = await make_services(None, MAYA)
    await send_invitation(services, "w1", closes_in=20, days_ago=9)
    await plan_notices(
        services.database, planned_notice(kind="reminder", occurrence="w1:1", subject="w1", not_before=NOW)
    )
    await claim_and_commit(services.database, sample_claim())
    await plan_notices(
        services.database, planned_notice(kind="reminder", occurrence="w1:2", subject="w1", not_before=NOW)
    )
    await claim_and_commit(services.database, sample_claim())
    calendar = person_calendar(MAYA, None, None)

    async def faded() -> bool:
        async with services.database.read_transaction() as connection:
            return is_unresponsive(await load_history(connection, MAYA, calendar))

    assert await faded()
    # When they ask for fewer and take that back
    await set_fewer_messages(services, MAYA_REF, fewer=True)
    assert not await faded()
    await set_fewer_messages(services, MAYA_REF, fewer=False)
    # Then they don't count as unresponsive
    assert not await faded()
