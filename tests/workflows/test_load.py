"""What is asked of the database and of Slack for a look or a message: as much as is needed, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.services import Who
from bot.workflows.inbox.messages import MENTIONS_ASKED, words_of
from bot.workflows.stories.load import scene_of
from bot.workflows.stories.turn import new_draft
from db.queries import drafts
from tests.workflows.companies import MAYA, NOW, TEAM, Company, Recorder

WHO = Who(TEAM, MAYA.user_id)


@dataclass
class Directory(Recorder):
    """Slack, counting whom it is asked for."""

    asked: list[str] = field(default_factory=list)

    async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Give each person their id as a name."""
        if method != "users.info":
            return await super().call(method, **arguments)
        self.asked.append(arguments["user"])
        return {"ok": True, "user": {"profile": {"display_name": f"name of {arguments['user']}"}}}


async def test_only_so_many_strangers_are_asked_for_when_a_message_mentions_a_crowd(company: Company) -> None:
    directory = Directory()
    services = await company(directory, MAYA)
    crowd = [f"U{n:04d}" for n in range(MENTIONS_ASKED + 10)]

    said = await words_of(services, WHO, "D1", {"text": " ".join(f"<@{u}>" for u in crowd), "ts": "1.0"})

    assert directory.asked == crowd[:MENTIONS_ASKED]
    assert f"name of {crowd[0]}" in said.plain
    assert said.plain.count("@someone") == 10


async def test_colleagues_are_looked_up_only_for_a_window_with_checks_in_it(company: Company) -> None:
    services = await company(
        None, MAYA, replace(MAYA, user_id="U0LINA", name="lina", real_name="Lina Haddad")
    )
    draft = new_draft()
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, MAYA.user_id, draft, at=NOW)

    plain = await scene_of(services, WHO, draft.id)
    checked = await scene_of(services, WHO, draft.id, checked=True)

    assert plain.material.context.colleagues == ()
    assert "Lina Haddad" in checked.material.context.colleagues
