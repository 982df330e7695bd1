"""Tests of event delivery to the bot: signatures, retries, and scripted faults."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from practice.server import Workspace
from tests.e2e.slack_user import SlackUser

Json = dict[str, Any]


class Listener:
    """A request URL that gives the prepared answers and records its requests."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[web.Response] = []
        self._arrived = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Start listening and return the URL."""
        server = web.Application()
        server.router.add_post("/slack/events", self._serve)
        self._runner = web.AppRunner(server, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def wait_for_requests(self, count: int) -> list[Json]:
        """Wait for `count` requests and return their bodies."""
        async with asyncio.timeout(10):
            while len(self.requests) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return [json.loads(body) for _, body in self.requests]

    async def _serve(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.read()))
        self._arrived.set()
        return self.answers.pop(0) if self.answers else web.Response()


@pytest_asyncio.fixture
async def listener(workspace: Workspace) -> AsyncIterator[Listener]:
    """A listener at the app's request URL."""
    listener = Listener()
    workspace.app.request_url = await listener.start()
    yield listener
    await listener.stop()


async def test_event_is_signed_with_machine_time_when_the_practice_clock_has_moved(
    workspace: Workspace, listener: Listener, maya: SlackUser
) -> None:
    await maya.does("clock", advance_seconds=864_000)

    await maya.says("hello")

    await listener.wait_for_requests(1)
    headers, body = listener.requests[0]
    signed = b"v0:" + headers["X-Slack-Request-Timestamp"].encode() + b":" + body
    digest = hmac.new(workspace.app.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={digest}"
    assert json.loads(body)["event_time"] - int(headers["X-Slack-Request-Timestamp"]) >= 863_990


async def test_requests_go_to_the_replicas_in_turn_when_there_are_several(
    workspace: Workspace, maya: SlackUser
) -> None:
    # Given three replicas behind a load balancer, one of them down
    replicas = [Listener() for _ in range(3)]
    workspace.app.replicas = tuple([await replica.start() for replica in replicas])
    await replicas[1].stop()
    # When six events are sent
    for number in range(6):
        await maya.says(f"hello {number}")
    await workspace.world.delivery.wait_until_idle()
    # Then each reached one of the running replicas, and both got some
    counts = [len(replica.requests) for replica in replicas]
    assert sum(counts) == 6
    assert counts[1] == 0
    assert min(counts[0], counts[2]) >= 2
    for replica in replicas:
        await replica.stop()


async def test_event_is_retried_three_times_when_the_bot_answers_500(
    workspace: Workspace, listener: Listener, maya: SlackUser
) -> None:
    listener.answers = [web.Response(status=500) for _ in range(4)]

    await maya.says("hello")

    bodies = await listener.wait_for_requests(4)
    await workspace.world.delivery.wait_until_idle()
    assert len({body["event_id"] for body in bodies}) == 1
    assert [headers.get("X-Slack-Retry-Num") for headers, _ in listener.requests] == [None, "1", "2", "3"]
    assert {headers.get("X-Slack-Retry-Reason") for headers, _ in listener.requests[1:]} == {"http_error"}
    assert len(listener.requests) == 4


async def test_event_is_not_retried_when_the_bot_says_no_retry(
    workspace: Workspace, listener: Listener, maya: SlackUser
) -> None:
    listener.answers = [web.Response(status=500, headers={"X-Slack-No-Retry": "1"})]

    await maya.says("hello")

    await workspace.world.delivery.wait_until_idle()
    assert len(listener.requests) == 1


async def test_event_waits_for_a_bot_that_starts_late(workspace: Workspace, maya: SlackUser) -> None:
    late = Listener()
    address = await late.start()
    await maya.says("hello")

    workspace.app.request_url = address

    assert (await late.wait_for_requests(1))[0]["event"]["text"] == "hello"
    await late.stop()


async def test_event_is_sent_four_times_when_the_script_duplicates_it(
    listener: Listener, maya: SlackUser
) -> None:
    await maya.does("faults", rules=[{"kind": "duplicate", "times": 3, "event": "message"}])

    await maya.says("hello")

    bodies = await listener.wait_for_requests(4)
    assert len({body["event_id"] for body in bodies}) == 1


async def test_edit_comes_before_its_message_when_the_script_reorders(
    listener: Listener, maya: SlackUser
) -> None:
    await maya.does("faults", rules=[{"kind": "reorder", "event": "message"}])

    ts = await maya.says("hello")
    await maya.edits(ts, "hello again")

    bodies = await listener.wait_for_requests(2)
    assert [body["event"].get("subtype", "") for body in bodies] == ["message_changed", ""]


async def test_event_is_lost_when_the_script_says_so(listener: Listener, maya: SlackUser) -> None:
    await maya.does("faults", rules=[{"kind": "lose", "event": "message"}])

    await maya.says("lost")
    await maya.says("found")

    assert (await listener.wait_for_requests(1))[0]["event"]["text"] == "found"


async def test_event_that_was_not_subscribed_is_not_sent(
    workspace: Workspace, listener: Listener, maya: SlackUser
) -> None:
    workspace.app.bot_events = frozenset({"app_home_opened"})

    await maya.says("uncounts")
    await maya.opens_home()

    assert (await listener.wait_for_requests(1))[0]["event"]["type"] == "app_home_opened"


async def test_journal_lists_calls_and_deliveries_when_a_test_asks(
    workspace: Workspace, listener: Listener, maya: SlackUser, client: Any
) -> None:
    await maya.says("hello")
    await listener.wait_for_requests(1)
    await workspace.world.delivery.wait_until_idle()
    await client.chat_postMessage(channel="U0MAYA", text="yes?")

    entries = (await maya.looks("journal"))["entries"]
    delivery = next(e for e in entries if e["kind"] == "delivery")
    call = next(e for e in entries if e["kind"] == "call")
    assert (delivery["status"], delivery["ids"]["type"], delivery["attempt"]) == ("ok", "message", 0)
    assert (call["method"], call["accepted"], call["args"]["text"]) == ("chat.postMessage", True, "yes?")
    assert "xoxb" not in json.dumps(entries)


async def _open_socket(
    workspace: Workspace, session: aiohttp.ClientSession
) -> aiohttp.ClientWebSocketResponse:
    return await session.ws_connect(workspace.world.socket.issue_url())


@pytest.fixture
def connect(workspace: Workspace, session: aiohttp.ClientSession) -> Callable[[], Any]:
    """A function that opens one more plain Socket Mode connection."""
    workspace.app.transport = "socket"
    return lambda: _open_socket(workspace, session)


async def test_socket_says_hello_and_repeats_an_envelope_when_it_is_not_acknowledged(
    connect: Callable[[], Any], maya: SlackUser
) -> None:
    socket = await connect()
    hello = await socket.receive_json()

    await maya.says("hello")

    first, second = await socket.receive_json(), await socket.receive_json()
    await socket.send_json({"envelope_id": second["envelope_id"]})
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert (first["type"], first["retry_attempt"], first["accepts_response_payload"]) == (
        "events_api",
        0,
        False,
    )
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
    assert first["payload"] == second["payload"]
    await socket.close()


async def test_each_envelope_goes_to_one_of_two_connections(
    connect: Callable[[], Any], maya: SlackUser
) -> None:
    sockets = [await connect(), await connect()]
    for socket in sockets:
        await socket.receive_json()

    await maya.says("one")
    await maya.says("two")

    texts = {(await socket.receive_json())["payload"]["event"]["text"] for socket in sockets}
    assert texts == {"one", "two"}
    for socket in sockets:
        await socket.close()


async def test_eleventh_connection_is_refused(connect: Callable[[], Any]) -> None:
    sockets = [await connect() for _ in range(10)]

    eleventh = await connect()

    assert await eleventh.receive_json() == {"type": "disconnect", "reason": "too_many_websockets"}
    for socket in sockets:
        await socket.close()


async def test_connections_are_asked_to_disconnect_when_the_script_says_so(
    connect: Callable[[], Any], maya: SlackUser
) -> None:
    socket = await connect()
    await socket.receive_json()

    await maya.does("faults", rules=[{"kind": "disconnect", "reason": "link_disabled"}])

    assert (await socket.receive_json())["reason"] == "link_disabled"
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_socket_sends_nothing_when_the_script_silences_it(
    connect: Callable[[], Any], maya: SlackUser
) -> None:
    socket = await connect()
    await socket.receive_json()
    await maya.does("faults", rules=[{"kind": "silent_socket", "count": 0}])

    await maya.says("uncounts")

    with pytest.raises(TimeoutError):
        await socket.receive(timeout=0.05)
    await socket.close()


async def test_socket_url_is_dead_when_the_script_says_so(
    workspace: Workspace, connect: Callable[[], Any], maya: SlackUser
) -> None:
    await maya.does("faults", rules=[{"kind": "dead_socket_url"}])

    with pytest.raises(aiohttp.ClientError):
        await connect()
    await (await connect()).close()


async def test_ticket_opens_one_socket_only(workspace: Workspace, session: aiohttp.ClientSession) -> None:
    url = workspace.world.socket.issue_url()
    await (await session.ws_connect(url)).close()

    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(url)
