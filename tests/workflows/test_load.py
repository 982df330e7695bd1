"""What a look or a message asks of the database and of Slack: no more than it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.services import UserRef
from bot.workflows.inbox.messages import MAX_MENTION_LOOKUPS, load_person_message
from bot.workflows.stories.load import load_turn_context
from bot.workflows.stories.turn import new_draft
from db.queries import drafts
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

WHO = UserRef(TEAM, MAYA.user_id)


@dataclass
class CountingMessenger(RecordingMessenger):
    """Slack, recording the users that are looked up."""

    looked_up_users: list[str] = field(default_factory=list)

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Give each person their id as a name."""
        if method != "users.info":
            return await super().call_with_retries(method, **arguments)
        self.looked_up_users.append(arguments["user"])
        return {"ok": True, "user": {"profile": {"display_name": f"name of {arguments['user']}"}}}


async def test_lookups_are_limited_when_a_message_mentions_a_crowd(
    make_services: ServicesFactory,
) -> None:
    directory = CountingMessenger()
    services = await make_services(directory, MAYA)
    crowd = [f"U{n:04d}" for n in range(MAX_MENTION_LOOKUPS + 10)]

    said = await load_person_message(
        services, WHO, "D1", {"text": " ".join(f"<@{u}>" for u in crowd), "ts": "1.0"}
    )

    assert directory.looked_up_users == crowd[:MAX_MENTION_LOOKUPS]
    assert f"name of {crowd[0]}" in said.plain
    assert said.plain.count("@someone") == 10


async def test_colleagues_are_looked_up_only_for_a_window_with_checks_in_it(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(
        None, MAYA, replace(MAYA, user_id="U0LINA", name="lina", real_name="Lina Haddad")
    )
    draft = new_draft()
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, MAYA.user_id, draft, at=NOW)

    plain = await load_turn_context(services, WHO, draft.id)
    checked = await load_turn_context(services, WHO, draft.id, for_checks=True)

    assert plain.material.context.colleagues == ()
    assert "Lina Haddad" in checked.material.context.colleagues
