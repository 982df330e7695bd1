"""The undocumented parts of slack-sdk and slack-bolt on which `bot/slack/socket_mode.py` relies.

slack-sdk documents none of these, so that a new version may change them without notice. A failure here names the part
to check before the upper bound in pyproject.toml is raised.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode import async_internals
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

ATTRIBUTES = {
    "wss_uri": "the address to connect to, which SocketConnection.open sets",
    "current_session": "the WebSocket, whose `closed` SocketConnection.is_dead reads",
    "last_ping_pong_time": "the time of the last answered ping, which SocketConnection.idle_seconds reads",
    "message_processor": "a task that SocketConnection.close awaits",
    "message_receiver": "a task that SocketConnection.close awaits",
    "current_session_monitor": "a task that SocketConnection.close awaits",
    "aiohttp_client_session": "the HTTP session that SocketConnection.close closes",
    "on_message_listeners": "the callbacks for each frame, by which the watchdog sees a living connection",
    "socket_mode_request_listeners": "the callbacks for each request",
    "proxy": "the proxy from the environment, which is cleared for a loopback address",
}
COROUTINES = ("connect", "close", "issue_new_wss_url", "connect_to_new_endpoint")
FRAGMENTS = {
    "receive_messages": (
        ("for listener in self.on_message_listeners", "on_message_listeners get every text frame"),
        ("self.last_ping_pong_time = float(", "an answered ping sets last_ping_pong_time"),
        ("await self.connect_to_new_endpoint()", "a close frame asks for a reconnection"),
    ),
    "monitor_current_session": (
        (
            "if self.last_ping_pong_time is None",
            "only a last_ping_pong_time of None is set without an answer",
        ),
        ("await self.connect_to_new_endpoint()", "a lost connection asks for a reconnection"),
    ),
    "connect": (("self.wss_uri is None", "connect uses the wss_uri that was set"),),
}


@pytest_asyncio.fixture
async def client() -> AsyncIterator[SocketModeClient]:
    """A client of the SDK that never connects."""
    made = SocketModeClient("xapp-nothing", web_client=AsyncWebClient(base_url="http://127.0.0.1:1/api/"))
    yield made
    made.message_processor.cancel()
    await asyncio.gather(made.message_processor, return_exceptions=True)
    await made.aiohttp_client_session.close()


@pytest.mark.parametrize("name", ATTRIBUTES)
async def test_client_has_the_attribute(client: SocketModeClient, name: str) -> None:
    assert hasattr(client, name), f"slack-sdk's SocketModeClient has lost `{name}`: {ATTRIBUTES[name]}"


async def test_client_starts_without_a_connection(client: SocketModeClient) -> None:
    assert client.current_session is None, (
        "slack-sdk connects by itself: SocketConnection.is_dead relies on None"
    )
    assert client.message_receiver is None, (
        "slack-sdk receives before connect(): SocketConnection.close relies on None"
    )
    assert isinstance(client.message_processor, asyncio.Future), (
        "message_processor is no longer a task to await"
    )


@pytest.mark.parametrize("name", COROUTINES)
def test_client_has_the_coroutine(name: str) -> None:
    method = getattr(SocketModeClient, name, None)
    assert inspect.iscoroutinefunction(method), (
        f"slack-sdk's SocketModeClient.{name} is no longer a coroutine"
    )


def test_reconnection_is_still_one_overridable_method() -> None:
    parameters = list(inspect.signature(SocketModeClient.connect_to_new_endpoint).parameters)
    assert parameters == ["self", "force"], (
        f"connect_to_new_endpoint takes {parameters}: _NonReconnectingClient overrides it with (self, force)"
    )


@pytest.mark.parametrize(
    ("method", "fragment", "meaning"),
    [(method, *found) for method, fragments in FRAGMENTS.items() for found in fragments],
)
def test_client_still_works_as_relied_on(method: str, fragment: str, meaning: str) -> None:
    source = inspect.getsource(getattr(SocketModeClient, method))
    assert fragment in source, (
        f"slack-sdk's SocketModeClient.{method} has changed: no longer certain that {meaning}"
    )


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (async_internals.run_async_bolt_app, ["app", "req"]),
        (async_internals.send_async_response, ["client", "req", "bolt_resp", "start_time"]),
    ],
)
def test_bolt_adapter_takes_the_same_arguments(
    function: Callable[..., object], parameters: list[str]
) -> None:
    found = list(inspect.signature(function).parameters)
    assert found == parameters, (
        f"slack-bolt's {function.__name__} takes {found}: socket_mode calls it with {parameters}"
    )
