"""The DM channel that `app_home_opened` names: stored for known people, so that Slack isn't asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.handlers.home import receive_app_home_opened
from bot.handlers.interaction import parse_interaction
from bot.services import Services, UserRef
from bot.workflows.people.members import ensure_dm_channel, find_person
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

WHO = UserRef(TEAM, "U0MAYA")
UNREACHED = replace(MAYA, dm_channel=None, met_at=NOW)


@dataclass
class CountingMessenger(RecordingMessenger):
    """Records the DMs that are opened."""

    opened_for: list[str] = field(default_factory=list)

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Open a DM, or answer as usual."""
        if method == "conversations.open":
            self.opened_for.append(str(arguments["users"]))
            return {"ok": True, "channel": {"id": "D0OPENED"}}
        return await super().call_with_retries(method, **arguments)


async def report_home_opened(services: Services, tab: str, channel: str = "D0EVENT") -> None:
    """Let Slack report that Maya opened a tab of the app."""
    event = {"type": "app_home_opened", "user": "U0MAYA", "channel": channel, "tab": tab}
    await receive_app_home_opened(
        parse_interaction("event", {"team_id": TEAM, "event_id": "Ev1", "event": event}, services)
    )
    await services.outgoing.wait_until_idle()


@pytest.mark.parametrize("tab", ["home", "messages"])
async def test_dm_named_by_the_event_is_not_opened_again(make_services: ServicesFactory, tab: str) -> None:
    messenger = CountingMessenger()
    services = await make_services(messenger, UNREACHED)

    await report_home_opened(services, tab)
    maya = await find_person(services, WHO)

    assert maya is not None
    assert await ensure_dm_channel(services, maya) == "D0EVENT"
    assert messenger.opened_for == []


async def test_dm_is_opened_when_the_event_names_none(make_services: ServicesFactory) -> None:
    messenger = CountingMessenger()
    services = await make_services(messenger, UNREACHED)

    await report_home_opened(services, "messages", channel="")
    maya = await find_person(services, WHO)

    assert maya is not None
    assert await ensure_dm_channel(services, maya) == "D0OPENED"
    assert messenger.opened_for == ["U0MAYA"]


async def test_no_channel_is_stored_for_a_colleague_who_never_wrote(make_services: ServicesFactory) -> None:
    # Given somebody from the directory, or somebody who had everything erased
    services = await make_services(CountingMessenger(), replace(MAYA, dm_channel=None, met_at=None))

    await report_home_opened(services, "home")

    maya = await find_person(services, WHO)
    assert maya is not None
    assert maya.dm_channel is None


async def test_home_event_is_acknowledged_and_nobody_is_written_to_when_the_database_does_not_answer(
    make_services: ServicesFactory,
) -> None:
    messenger = CountingMessenger()
    services = await make_services(messenger, UNREACHED)
    await services.database.close()

    await report_home_opened(services, "messages")

    assert messenger.posted == []


async def test_nothing_is_stored_about_a_visitor(make_services: ServicesFactory) -> None:
    services = await make_services(CountingMessenger())

    await report_home_opened(services, "messages")

    assert await find_person(services, WHO) is None
