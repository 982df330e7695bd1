"""Where questions stand: each gives way to its own answer, however quickly the answers come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.turns import Pressed
from bot.services import Who
from bot.workflows.stories.show import show
from bot.workflows.stories.turn import take_turn
from db.models.drafts import Draft, Question, Step
from db.queries import drafts
from tests.workflows.companies import MAYA, NOW, TEAM, Company, Recorder

WHO = Who(TEAM, "U0MAYA")


@dataclass
class Redrawn(Recorder):
    """Keeps, besides, what each message was redrawn as."""

    redrawn: dict[str, str] = field(default_factory=dict)

    async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer as Slack would."""
        if method == "chat.update":
            self.redrawn[str(arguments["ts"])] = str(arguments["text"])
        return await super().call(method, **arguments)


async def test_each_question_gives_way_to_its_answer_when_answers_outrun_the_showing(
    company: Company,
) -> None:
    # Given somebody at the beginning
    messenger = Redrawn()
    services = await company(messenger, MAYA)
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, WHO.user, Draft(id="d1"), at=NOW)
    # When they press three times before any question could be noted as shown
    outcomes = [
        await take_turn(
            services, WHO, lambda _scene, step=step, choice=choice: Pressed(Question(step), choice)
        )
        for step, choice in ((Step.INVITATION, "start"), (Step.RULES, "count"), (Step.SEGMENT, "tech"))
    ]
    for outcome in outcomes:
        await show(services, outcome)
    # Then the two questions that came in between say what was answered, each in its own message
    assert len(messenger.said) == 3
    assert sorted(messenger.redrawn) == ["1.000001", "2.000001"]
    assert "Building the product" in messenger.redrawn["2.000001"]
