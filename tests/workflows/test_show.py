"""Where questions stand: each gives way to its own answer, however quickly the answers come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.turns import ButtonPressed
from bot.services import UserRef
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import TurnRequest, take_turn
from db.models.drafts import Draft, DraftStep, Question
from db.queries import drafts
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

WHO = UserRef(TEAM, "U0MAYA")


@dataclass
class RedrawingMessenger(RecordingMessenger):
    """Keeps, besides, what each message was redrawn as."""

    redrawn: dict[str, str] = field(default_factory=dict)

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer as Slack would."""
        if method == "chat.update":
            self.redrawn[str(arguments["ts"])] = str(arguments["text"])
        return await super().call_with_retries(method, **arguments)


async def test_each_question_gives_way_to_its_answer_when_answers_outrun_the_showing(
    company: ServicesFactory,
) -> None:
    # Given somebody at the beginning
    messenger = RedrawingMessenger()
    services = await company(messenger, MAYA)
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
