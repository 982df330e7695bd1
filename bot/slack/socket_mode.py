"""Socket Mode with a watchdog outside the SDK, so that a dead connection is never mistaken for a quiet one.

`tests/slack/test_private_parts.py` lists the undocumented parts of slack-sdk on which it relies.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import monotonic
from bot.settings import is_loopback
from bot.slack import error_codes
from bot.slack.errors import UNCERTAIN_ERRORS, RefusedCallError, error_code

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SocketTimings:
    """The durations of Socket Mode in seconds, and the number of failures that end the process."""

    connect_timeout: float = 15  # from the request for an address to Slack's hello
    ping_interval: float = 10  # between two of our pings
    silence_timeout: float = 35  # without any frame, after which a connection is dead
    watch_interval: float = 1  # between two checks of the watchdog
    failure_pause: float = (
        5  # after a failure, times their number; a connection that lives shorter failed, too
    )
    max_failures: int = 3  # in a row, after which the process ends
    drain_timeout: float = 8  # for handlers still running on a connection that is given up


@dataclass(frozen=True)
class SocketModeOptions:
    """The source of connections, and the app that handles their requests."""

    bolt: AsyncApp
    app_token: str = field(repr=False)
    api_url: str
    times: SocketTimings = SocketTimings()
    on_ack: Callable[[], None] = lambda: None
    """Called when an acknowledgement has left; the fault runs cut the power there."""


class SocketLostError(Exception):
    """Slack can't be reached over Socket Mode; the process ends, and its supervisor must start it again."""


class _NonReconnectingClient(SocketModeClient):
    """The SDK's client without its reconnection, which would try one dead address for ever."""

    def __init__(self, options: SocketModeOptions, ended: asyncio.Event) -> None:
        web = AsyncWebClient(base_url=options.api_url, timeout=max(1, int(options.times.connect_timeout)))
        super().__init__(options.app_token, web_client=web, ping_interval=options.times.ping_interval)
        if is_loopback(options.api_url):
            # The SDK takes a proxy from the environment, and supports no exceptions.
            self.proxy = web.proxy = None
        self._ended = ended
        self.last_ping_pong_time = 0.0  # not None, so that only an answered ping changes it

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Report the end of this connection instead of reconnecting."""
        self._ended.set()


class SocketConnection:
    """One connection, with an SDK client that is discarded with it."""

    def __init__(self, options: SocketModeOptions) -> None:
        self._options = options
        self._handler_tasks: set[asyncio.Task[None]] = set()
        self._last_frame = self._started_at = monotonic()
        self._last_pong = 0.0
        self._got_hello = False
        self.is_disabled = False
        self.is_refusing = False
        self.ended = asyncio.Event()
        self._first_frame_received = asyncio.Event()
        self._client = _NonReconnectingClient(options, self.ended)
        self._client.on_message_listeners.append(self._record_frame)
        self._client.socket_mode_request_listeners.append(self._handle_request)

    async def open(self) -> bool:
        """Connect to a new address and return whether Slack said hello in time."""
        try:
            async with asyncio.timeout(self._options.times.connect_timeout):
                self._client.wss_uri = await self._client.issue_new_wss_url()
                await self._client.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
                await self._first_frame_received.wait()
        except UNCERTAIN_ERRORS as error:
            log.warning("socket.unopened", reason=type(error).__name__)
        return self._got_hello

    @property
    def idle_seconds(self) -> float:
        """Seconds since the last frame, on the monotonic clock."""
        # The SDK has no listener for an answered ping.
        if self._client.last_ping_pong_time != self._last_pong:
            self._last_pong, self._last_frame = self._client.last_ping_pong_time or 0.0, monotonic()
        return monotonic() - self._last_frame

    @property
    def lifetime(self) -> float:
        """Seconds since the connection was created."""
        return monotonic() - self._started_at

    @property
    def is_dead(self) -> bool:
        """Whether the other side has closed the connection, or has been silent for too long."""
        session = self._client.current_session
        return session is None or session.closed or self.idle_seconds > self._options.times.silence_timeout

    async def drain(self) -> None:
        """Wait, within the time-out, for running handlers, so that they can still acknowledge here."""
        if self._handler_tasks:
            await asyncio.wait(self._handler_tasks, timeout=self._options.times.drain_timeout)

    async def close(self) -> None:
        """Close the connection and everything the client holds."""
        self.is_refusing = True
        client = self._client
        with suppress(*UNCERTAIN_ERRORS):
            async with asyncio.timeout(2):
                await client.close()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
        await client.aiohttp_client_session.close()
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)

    async def _record_frame(self, message: WSMessage) -> None:
        self._last_frame = monotonic()
        if not self._first_frame_received.is_set():
            self._got_hello = json.loads(message.data).get("type") == "hello"
            self._first_frame_received.set()
        if '"link_disabled"' in message.data and json.loads(message.data).get("reason") == "link_disabled":
            self.is_disabled = True

    async def _handle_request(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if self.is_refusing:
            return  # without an acknowledgement, Slack sends it to another connection
        task = asyncio.current_task()
        assert task is not None
        # The SDK keeps no reference to its tasks, so nobody could wait for them.
        self._handler_tasks.add(task)
        try:
            answer = await run_async_bolt_app(self._options.bolt, request)
            if answer.status != 200 and request.type != "events_api":
                # Slack never repeats a click: without an answer the person would only wait for three seconds.
                answer = BoltResponse(status=200)
            # An event whose handler failed gets no answer at all, so that Slack sends it again.
            await send_async_response(client, request, answer, 0.0)
            if answer.status == 200:
                self._options.on_ack()
        finally:
            self._handler_tasks.discard(task)


class SocketModeRunner:
    """Keeps one live connection to Slack; raises SocketLostError if it can't."""

    def __init__(self, options: SocketModeOptions) -> None:
        self._options = options
        self._current: SocketConnection | None = None
        self._retiring: set[asyncio.Task[None]] = set()
        self._failures = 0
        self.connected = asyncio.Event()

    @property
    def idle_seconds(self) -> float | None:
        """Seconds since the current connection's last frame; None without a connection."""
        return None if self._current is None else self._current.idle_seconds

    @property
    def is_alive(self) -> bool:
        """Whether Slack can reach the bot now."""
        return self._current is not None and not self._current.is_dead

    async def run(self) -> None:
        """Stay connected until cancelled; raise SocketLostError if Slack can't be reached."""
        while True:
            connection = await self._open_connection()
            previous, self._current = self._current, connection
            if previous is not None:
                self._retire(previous)
            self.connected.set()
            await self._watch(connection)

    async def stop(self) -> None:
        """Let running handlers finish and acknowledge, then close; `run` must be cancelled first."""
        current, self._current = self._current, None
        self.connected.clear()
        if current is not None:
            current.is_refusing = True
            self._retire(current)
        if self._retiring:
            await asyncio.wait(self._retiring)

    async def _open_connection(self) -> SocketConnection:
        """Return a new connection on which Slack said hello, after up to `max_failures` attempts."""
        while True:
            connection = SocketConnection(self._options)
            try:
                if await connection.open():
                    return connection
            except RefusedCallError as error:
                await connection.close()
                code = error_code(error)
                if code in error_codes.APP_TOKEN_REFUSED:
                    raise SocketLostError(f"SLACK_APP_TOKEN: Slack answers “{code}” to it.") from error
                log.warning("socket.unopened", reason=code)
            except BaseException:
                await connection.close()
                raise
            await connection.close()
            await self._back_off()

    async def _watch(self, connection: SocketConnection) -> None:
        """Return when the connection has ended for any reason."""
        while not connection.is_dead:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._options.times.watch_interval):
                    await connection.ended.wait()
            if connection.ended.is_set():
                break
        if connection.is_disabled:
            raise SocketLostError("Socket Mode is switched off: turn it on at api.slack.com/apps, your app.")
        log.info("socket.over", lived=round(connection.lifetime, 1), silent=round(connection.idle_seconds, 1))
        if connection.lifetime < self._options.times.failure_pause:
            await self._back_off()
        else:
            self._failures = 0

    async def _back_off(self) -> None:
        self._failures += 1
        if self._failures >= self._options.times.max_failures:
            raise SocketLostError(
                f"Slack could not be reached over Socket Mode {self._failures} times in a row."
            )
        await asyncio.sleep(self._options.times.failure_pause * self._failures)

    def _retire(self, connection: SocketConnection) -> None:
        task = asyncio.create_task(self._drain_and_close(connection), name="socket.retire")
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    @staticmethod
    async def _drain_and_close(connection: SocketConnection) -> None:
        if not connection.is_dead:
            await connection.drain()
        await connection.close()
