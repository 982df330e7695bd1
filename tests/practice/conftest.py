"""A workspace with the reference bot, over both transports, and people using it."""

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from practice.config import Timings
from practice.server import Workspace, build_workspace
from tests.e2e.slack_user import SlackUser
from tests.practice.reference_bot import MANIFEST, ReferenceBot

QUICK = Timings(retry_delays=(0.0, 0.05, 0.1), ack=1.0, message_burst=1000)


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A running workspace whose app isn't listening yet."""
    workspace = build_workspace(MANIFEST, timings=QUICK, transport="http")
    await workspace.start()
    yield workspace
    await workspace.stop()


@pytest_asyncio.fixture
async def client(workspace: Workspace) -> AsyncWebClient:
    """Slack's own client, with the app's bot token."""
    return AsyncWebClient(workspace.app.bot_token, base_url=f"{workspace.url}/api/", retry_handlers=[])


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """People's HTTP session with the workspace."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def person(workspace: Workspace, session: aiohttp.ClientSession) -> Callable[[str], SlackUser]:
    """A function that returns a person using the workspace."""
    return lambda user: SlackUser(session, workspace.url, user)


@pytest_asyncio.fixture
async def maya(person: Callable[[str], SlackUser]) -> SlackUser:
    """Maya, using the workspace."""
    return person("U0MAYA")


@pytest_asyncio.fixture(params=["http", "socket"])
async def bot(request: pytest.FixtureRequest, workspace: Workspace) -> AsyncIterator[ReferenceBot]:
    """The reference bot, connected."""
    workspace.app.transport = request.param
    bot = ReferenceBot(workspace)
    await bot.start()
    yield bot
    await bot.stop()
