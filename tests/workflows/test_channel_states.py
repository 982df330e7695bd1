"""The channels on an owner's Home: Slack is asked once a minute, and at once after the owner saves the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest_asyncio

from bot.clock import StoppedClock
from bot.handlers.interaction import parse_interaction
from bot.handlers.programme import save_channels
from bot.services import Services, UserRef
from bot.slack.channels import FRESH_PERIOD
from bot.workflows.home.home import publish_home
from db.models.programmes import Programme, Role
from db.queries import programmes, roles
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

WHO = UserRef(TEAM, "U0MAYA")
CHANNEL = "C0MONDAY"


@dataclass
class ChannelMessenger(RecordingMessenger):
    """Describes a channel in which the bot can post, and counts the calls."""

    described_channels: list[str] = field(default_factory=list)

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Describe the channel, or answer as usual."""
        if method == "conversations.info":
            self.described_channels.append(str(arguments["channel"]))
            return {"ok": True, "channel": {"id": arguments["channel"], "is_member": True}}
        return await super().call_with_retries(method, **arguments)


@pytest_asyncio.fixture
async def messenger() -> ChannelMessenger:
    """A Slack with one usable channel."""
    return ChannelMessenger()


@pytest_asyncio.fixture
async def services(make_services: ServicesFactory, messenger: ChannelMessenger) -> Services:
    """A programme that Maya owns and that posts to one channel."""
    made = await make_services(messenger, MAYA)
    async with made.transaction() as connection:
        await programmes.upsert_programme(
            connection, Programme(TEAM, "Qamar Labs", NOW, stories_channel=CHANNEL)
        )
        await roles.add_role(connection, TEAM, "U0MAYA", Role.OWNER, at=NOW)
    return made


async def test_slack_is_asked_once_a_minute(services: Services, messenger: ChannelMessenger) -> None:
    await publish_home(services, WHO)
    await publish_home(services, WHO)
    assert messenger.described_channels == [CHANNEL]

    assert isinstance(services.clock, StoppedClock)
    services.clock.move(NOW + FRESH_PERIOD + timedelta(seconds=1))
    await publish_home(services, WHO)

    assert messenger.described_channels == [CHANNEL] * 2


async def test_slack_is_asked_at_once_after_the_owner_saves_the_form(
    services: Services, messenger: ChannelMessenger
) -> None:
    await publish_home(services, WHO)
    values = {"stories_channel": {"channel": {"selected_conversation": CHANNEL}}}
    body = {
        "user": {"id": "U0MAYA", "team_id": TEAM},
        "team": {"id": TEAM},
        "view": {"callback_id": "programme:channels", "state": {"values": values}},
    }

    await save_channels(parse_interaction("submission", body, services))
    await services.outgoing.wait_until_idle()

    assert messenger.described_channels == [CHANNEL] * 2
