"""Services for workflow tests: a real database, and a messenger that records calls instead of making them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import StoppedClock
from bot.crash_points import CrashPoints
from bot.services import Services
from bot.slack.client import Messenger
from bot.views.blocks import Message
from db.engine.database import Database
from db.models import Person, Workspace
from db.queries import people, workspaces

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
TEAM = "T0QAMAR"
MAYA = Person(
    TEAM, "U0MAYA", "maya", "Maya Okafor", NOW, "Maya", "en-US", "Europe/Berlin", dm_channel="D0MAYA"
)


def slack_refusal(error: str) -> SlackApiError:
    """Return Slack's refusal with this error code."""
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error},
        headers={},
        status_code=200,
    )
    return SlackApiError(error, answer)


@dataclass
class RecordingMessenger(Messenger):
    """A messenger that records posts, published views and deletions, and refuses the deletions it's told to."""

    posted: list[str] = field(default_factory=list)
    published_views: list[str] = field(default_factory=list)
    deleted_ts: list[str] = field(default_factory=list)
    delete_errors: dict[str, Exception] = field(default_factory=dict)
    unknown_methods: list[str] = field(default_factory=list)
    """Methods that the fake doesn't answer; checked after each test, because background work only logs errors."""

    def __post_init__(self) -> None:
        super().__init__("xoxb-nobody", "http://127.0.0.1:1/api/")

    async def call_once(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call once; the fake doesn't fail, so retries change nothing."""
        return await self.call_with_retries(method, **arguments)

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer the methods that the workflows call, and refuse every other one."""
        match method:
            case "views.publish":
                self.published_views.append(str(arguments["view"]))
            case "users.info":
                return {"ok": True, "user": {"id": arguments["user"], "team_id": TEAM, "locale": "en-US"}}
            case "conversations.history":
                return {"ok": True, "messages": []}
            case "dnd.teamInfo":
                return {"ok": True, "users": {}}
            case "chat.update":
                pass
            case _:
                self.unknown_methods.append(method)
                raise NotImplementedError(f"the fake doesn't answer {method}")
        return {"ok": True}

    async def post_reply(self, channel: str, message: Message, key: str) -> str:
        """Record the post and return a new ts."""
        self.posted.append(message.text)
        return f"{len(self.posted)}.000001"

    async def delete(self, channel: str, ts: str) -> None:
        """Record the deletion, or refuse it."""
        if ts in self.delete_errors:
            raise self.delete_errors[ts]
        self.deleted_ts.append(ts)


class ServicesFactory(Protocol):
    """A factory for the services of Qamar Labs on the test's database, with these people known."""

    async def __call__(self, messenger: Messenger | None = None, *people_there: Person) -> Services:
        """Return the services; everything they queue is sent before the database closes."""
        ...


@pytest_asyncio.fixture
async def make_services(database: Database) -> AsyncIterator[ServicesFactory]:
    """A factory for services whose queued messages are all sent before the database closes."""
    opened: list[Services] = []

    async def open_company(messenger: Messenger | None = None, *people_there: Person) -> Services:
        workspace = Workspace(TEAM, "Qamar Labs", "U0HAKAWATI", "B0HAKAWATI", NOW)
        async with database.write_transaction() as connection:
            await workspaces.upsert_workspace(connection, workspace)
            for person in people_there:
                await people.upsert_person_profile(connection, person)
        services = Services(
            database,
            messenger or RecordingMessenger(),
            StoppedClock(NOW),
            workspace=workspace,
            crash=CrashPoints(),
        )
        opened.append(services)
        return services

    yield open_company
    for services in opened:
        await services.outgoing.wait_until_idle()
        if isinstance(services.messenger, RecordingMessenger):
            assert services.messenger.unknown_methods == []
