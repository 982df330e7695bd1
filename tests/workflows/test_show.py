"""Where questions are shown: each is folded into its answer, and a fold never costs the next question."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.conversation.turns import ButtonPressed
from bot.services import Services, UserRef
from bot.views.blocks import Message
from bot.workflows.stories.reshow import show_unshown
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import TurnRequest, take_turn
from db.models.drafts import Draft, DraftStep, Question
from db.queries import drafts
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

WHO = UserRef(TEAM, "U0MAYA")


@dataclass
class RedrawingMessenger(RecordingMessenger):
    """A recording messenger that also keeps what each message was redrawn as."""

    redrawn: dict[str, str] = field(default_factory=dict)

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer as Slack would."""
        if method == "chat.update":
            self.redrawn[str(arguments["ts"])] = str(arguments["text"])
        return await super().call_with_retries(method, **arguments)


async def test_each_question_is_folded_into_its_answer_when_answers_come_before_it_is_recorded(
    make_services: ServicesFactory,
) -> None:
    # Given somebody at the beginning
    messenger = RedrawingMessenger()
    services = await make_services(messenger, MAYA)
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, WHO.user, Draft(id="d1"), at=NOW)
    # When they press three times before any question could be noted as shown
    outcomes = [
        await take_turn(services, TurnRequest(WHO, ButtonPressed(Question(step), choice)))
        for step, choice in (
            (DraftStep.INVITATION, "start"),
            (DraftStep.RULES, "count"),
            (DraftStep.SEGMENT, "tech"),
        )
    ]
    for outcome in outcomes:
        await show_turn(services, outcome)
    # Then the two questions that came in between say what was answered, each in its own message
    assert len(messenger.posted) == 3
    assert sorted(messenger.redrawn) == ["1.000001", "2.000001"]
    assert "Building the product" in messenger.redrawn["2.000001"]


class MeetingMessenger(RecordingMessenger):
    """A messenger that posts nothing after the first message before a question was folded."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.has_folded = asyncio.Event()

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer as Slack would."""
        if method == "chat.update":
            self.has_folded.set()
        return await super().call_with_retries(method, **arguments)

    async def post_reply(self, channel: str, message: Message, key: str) -> str:
        """Wait for the fold, and post."""
        if self.posted:
            await self.has_folded.wait()
        return await super().post_reply(channel, message, key)


class UnfoldableMessenger(RecordingMessenger):
    """Slack, refusing every update."""

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer as Slack would."""
        if method == "chat.update":
            raise TimeoutError
        return await super().call_with_retries(method, **arguments)


async def answer_invitation(services: Services) -> None:
    """Show the invitation, press [start], and show what follows."""
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, WHO.user, Draft(id="d1"), at=NOW)
    await show_unshown(services, at_start=True)
    await services.outgoing.wait_until_idle()
    pressed = ButtonPressed(Question(DraftStep.INVITATION), "start")
    await show_turn(services, await take_turn(services, TurnRequest(WHO, pressed)))


async def test_the_old_question_is_folded_while_the_new_one_is_posted(make_services: ServicesFactory) -> None:
    messenger = MeetingMessenger()
    services = await make_services(messenger, MAYA)

    async with asyncio.timeout(5):
        await answer_invitation(services)

    assert len(messenger.posted) == 2


async def test_the_new_question_is_shown_when_the_old_one_cannot_be_folded(
    make_services: ServicesFactory,
) -> None:
    # Given Slack posts messages and updates none
    messenger = UnfoldableMessenger()
    services = await make_services(messenger, MAYA)
    # When a question is answered
    with pytest.raises(TimeoutError):
        await answer_invitation(services)
    # Then the next one is there, and noted as shown
    assert len(messenger.posted) == 2
    async with services.database.read_transaction() as connection:
        stored = await drafts.find_draft(connection, TEAM, WHO.user, "d1")
    assert stored is not None
    assert stored.shown_version == stored.draft.version
