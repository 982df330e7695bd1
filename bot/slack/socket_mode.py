"""Socket Mode: connections watched from outside, so that a dead one is never mistaken for a quiet one."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import structlog
from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import monotonic
from bot.settings import is_loopback

log = structlog.get_logger(__name__)

HOPELESS = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "not_allowed_token_type",
        "missing_scope",
    }
)
"""Slack's answers to an app-level token that asking again does not change."""
CALM = aiohttp.ClientError, ConnectionError, TimeoutError
"""What the network may do; none of it is our mistake."""


@dataclass(frozen=True)
class SocketTimes:
    """Every length of time of Socket Mode, in seconds, and how many failures end the process."""

    connect: float = 15  # from asking for an address to Slack's hello
    ping: float = 10  # between two pings of ours
    silence: float = 35  # without any frame, after which a connection is dead
    look: float = 1  # between two looks of the watchdog
    pause: float = 5  # after a failure, times the failures so far; who lives shorter has failed, too
    failures: int = 3  # in a row, after which the process ends
    drain: float = 8  # for handlers still at work on a connection that is given up


@dataclass(frozen=True)
class Line:
    """Where connections come from, and who answers what they bring."""

    bolt: AsyncApp
    app_token: str = field(repr=False)
    api_url: str
    times: SocketTimes = SocketTimes()
    acked: Callable[[], None] = lambda: None
    """Called when an acknowledgement has left: one of the places where the fault runs cut the power."""


class SocketLostError(Exception):
    """Slack cannot be reached over Socket Mode: the process ends, for whatever runs it to start it afresh."""


class _Client(SocketModeClient):
    """The SDK's client, except that it never reconnects: it would try one dead address for ever."""

    def __init__(self, line: Line, over: asyncio.Event) -> None:
        web = AsyncWebClient(base_url=line.api_url, timeout=max(1, int(line.times.connect)))
        super().__init__(line.app_token, web_client=web, ping_interval=line.times.ping)
        if is_loopback(line.api_url):
            # The SDK takes a proxy from the environment, and knows of no exception to it.
            self.proxy = web.proxy = None
        self._over = over
        self.last_ping_pong_time = 0.0  # so that only an answered ping ever changes it

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Do not reconnect: say that this connection is over."""
        self._over.set()


class Connection:
    """One client of the SDK, used for one connection and thrown away with it."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._work: set[asyncio.Task[None]] = set()
        self._last_frame = self._begun = monotonic()
        self._pong = 0.0
        self._greeted = False
        self.switched_off = False
        self.refuses = False
        self.over = asyncio.Event()
        self._heard = asyncio.Event()
        self._client = _Client(line, self.over)
        self._client.on_message_listeners.append(self._note)
        self._client.socket_mode_request_listeners.append(self._receive)

    async def open(self) -> bool:
        """Connect to a fresh address and return whether Slack said hello in time."""
        try:
            async with asyncio.timeout(self._line.times.connect):
                self._client.wss_uri = await self._client.issue_new_wss_url()
                await self._client.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
                await self._heard.wait()
        except CALM as error:
            log.warning("socket.unopened", reason=type(error).__name__)
        return self._greeted

    @property
    def age(self) -> float:
        """Seconds since the last frame, on the monotonic clock."""
        if self._client.last_ping_pong_time != self._pong:  # the SDK tells nobody else of an answered ping
            self._pong, self._last_frame = self._client.last_ping_pong_time or 0.0, monotonic()
        return monotonic() - self._last_frame

    @property
    def lived(self) -> float:
        """Seconds since the connection was begun."""
        return monotonic() - self._begun

    @property
    def is_dead(self) -> bool:
        """Whether the other side has hung up, or says nothing any more."""
        session = self._client.current_session
        return session is None or session.closed or self.age > self._line.times.silence

    async def drain(self) -> None:
        """Wait for the handlers at work, within reason, so that they can still acknowledge here."""
        if self._work:
            await asyncio.wait(self._work, timeout=self._line.times.drain)

    async def close(self) -> None:
        """Hang up and free everything the client holds."""
        self.refuses = True
        client = self._client
        with suppress(*CALM):
            async with asyncio.timeout(2):
                await client.close()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
        await client.aiohttp_client_session.close()
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)

    async def _note(self, message: WSMessage) -> None:
        self._last_frame = monotonic()
        if not self._heard.is_set():
            self._greeted = json.loads(message.data).get("type") == "hello"
            self._heard.set()
        if '"link_disabled"' in message.data and json.loads(message.data).get("reason") == "link_disabled":
            self.switched_off = True

    async def _receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if self.refuses:
            return  # not acknowledged: Slack gives it to another connection
        task = asyncio.current_task()
        assert task is not None
        self._work.add(task)  # the SDK keeps no reference to its tasks, and nobody could wait for them
        try:
            answer = await run_async_bolt_app(self._line.bolt, request)
            if answer.status != 200 and request.type != "events_api":
                # Slack repeats no click: without an answer whoever clicked would only wait for three seconds.
                answer = BoltResponse(status=200)
            # An event whose handler failed is answered with nothing at all, so that Slack sends it again.
            await send_async_response(client, request, answer, 0.0)
            if answer.status == 200:
                self._line.acked()
        finally:
            self._work.discard(task)


class Socket:
    """Keeps one living connection to Slack, and gives up loudly when that cannot be done."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._current: Connection | None = None
        self._retiring: set[asyncio.Task[None]] = set()
        self._failures = 0
        self.connected = asyncio.Event()

    @property
    def age(self) -> float | None:
        """Seconds since the last frame of the present connection; none when there is none."""
        return None if self._current is None else self._current.age

    @property
    def is_alive(self) -> bool:
        """Whether Slack can reach us at this moment."""
        return self._current is not None and not self._current.is_dead

    async def run(self) -> None:
        """Stay connected until cancelled; raise SocketLostError when Slack cannot be reached."""
        while True:
            fresh = await self._opened()
            old, self._current = self._current, fresh
            if old is not None:
                self._retire(old)
            self.connected.set()
            await self._watch(fresh)

    async def stop(self) -> None:
        """Let the handlers at work finish and acknowledge, then hang up; `run` has been cancelled before."""
        current, self._current = self._current, None
        self.connected.clear()
        if current is not None:
            current.refuses = True
            self._retire(current)
        if self._retiring:
            await asyncio.wait(self._retiring)

    async def _opened(self) -> Connection:
        """Return a new connection to which Slack said hello, trying as often as is reasonable."""
        while True:
            fresh = Connection(self._line)
            try:
                if await fresh.open():
                    return fresh
            except SlackApiError as error:
                await fresh.close()
                code = error.response.get("error")
                if code in HOPELESS:
                    raise SocketLostError(f"SLACK_APP_TOKEN: Slack answers “{code}” to it.") from error
                log.warning("socket.unopened", reason=code)
            except BaseException:
                await fresh.close()
                raise
            await fresh.close()
            await self._fail()

    async def _watch(self, connection: Connection) -> None:
        """Return when the connection is over, however it ended."""
        while not connection.is_dead:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._line.times.look):
                    await connection.over.wait()
            if connection.over.is_set():
                break
        if connection.switched_off:
            raise SocketLostError("Socket Mode is switched off: turn it on at api.slack.com/apps, your app.")
        log.info("socket.over", lived=round(connection.lived, 1), silent=round(connection.age, 1))
        if connection.lived < self._line.times.pause:
            await self._fail()
        else:
            self._failures = 0

    async def _fail(self) -> None:
        self._failures += 1
        if self._failures >= self._line.times.failures:
            raise SocketLostError(
                f"Slack could not be reached over Socket Mode {self._failures} times in a row."
            )
        await asyncio.sleep(self._line.times.pause * self._failures)

    def _retire(self, connection: Connection) -> None:
        task = asyncio.create_task(self._let_go(connection), name="socket.retire")
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    @staticmethod
    async def _let_go(connection: Connection) -> None:
        if not connection.is_dead:
            await connection.drain()
        await connection.close()
