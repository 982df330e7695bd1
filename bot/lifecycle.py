"""The lifecycle of the process: parts are started in order, watched, and stopped in reverse order."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

import structlog
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock, RemoteClock, SystemClock
from bot.settings import Settings
from bot.slack.socket_mode import SocketLostError, SocketModeOptions, SocketModeRunner, SocketTimings
from bot.web.health import Health, health_app
from bot.web.slack_events import slack_events_app
from db.engine.database import Database, parse_database_url
from db.queries.workspaces import has_other_workspaces
from db.schema.migrate import migrate

log = structlog.get_logger(__name__)

STOP_TIMEOUT = 15.0
"""Seconds in which everything must stop; a supervisor kills the process soon after."""
REQUEST_TIMEOUT = 8
"""Seconds for requests in flight when the bot stops."""
HEALTH_TIMEOUT = 2.0
"""Seconds in which a healthy database answers."""


class RunnableBot(Protocol):
    """A bot as the lifecycle sees it; `bot.app` builds one."""

    @property
    def bolt(self) -> AsyncApp:
        """The Bolt app that dispatches Slack's requests."""

    async def start(self) -> None:
        """Start the background work."""

    def stop_sending(self) -> None:
        """Start no new background work."""

    async def stop(self) -> None:
        """Finish the messages in flight, and close everything."""

    async def is_healthy(self) -> bool:
        """Return whether the database answers."""

    def on_ack(self) -> None:
        """Note that an answer has left for Slack."""


BotFactory = Callable[[Settings, Clock], Awaitable[RunnableBot]]


class OtherWorkspaceError(Exception):
    """The database contains another workspace's rows, which mustn't be used for practice."""


@dataclass(frozen=True)
class RunningBot:
    """A running bot, its port, and the task that ends when it loses Slack."""

    bot: RunnableBot
    port: int
    socket: SocketModeRunner | None
    connection: asyncio.Task[None] | None


def make_clock(settings: Settings) -> Clock:
    """Return the clock that the settings select."""
    return SystemClock() if settings.clock_url is None else RemoteClock(settings.clock_url)


async def migrate_and_locate_database(settings: Settings) -> str:
    """Migrate the database and return its location, as shown to people."""
    await migrate(settings.database_url)
    return str(
        settings.database_file
        or parse_database_url(settings.database_url).render_as_string(hide_password=True)
    )


async def refuse_foreign_database(settings: Settings, team: str) -> None:
    """Raise OtherWorkspaceError if the database contains rows of any other workspace."""
    database = await Database.open(settings.database_url)
    try:
        async with database.read_transaction() as connection:
            if await has_other_workspaces(connection, team):
                raise OtherWorkspaceError(
                    f"{database.display_location} holds the words of another workspace: practise in another folder."
                )
    finally:
        await database.close()


@asynccontextmanager
async def bot_lifespan(
    settings: Settings, clock: Clock, build: BotFactory, times: SocketTimings | None = None
) -> AsyncIterator[RunningBot]:
    """Run the bot on a prepared database inside the block; raise TimeoutError if it doesn't stop afterwards."""
    parts = AsyncExitStack()
    try:
        if isinstance(clock, RemoteClock):
            await clock.start()
            parts.push_async_callback(clock.stop)
        bot = await build(settings, clock)
        parts.push_async_callback(bot.stop)
        parts.enter_context(frozen_gc())
        await bot.start()
        socket, connection = _connect_socket(settings, bot, times or SocketTimings(), parts)
        port = await _start_server(settings, _make_web_app(settings, bot, socket), parts)
        log.info("bot.started", mode=settings.transport, port=port, clock=type(clock).__name__)
        yield RunningBot(bot, port, socket, connection)
        log.info("bot.stopping")
        bot.stop_sending()
    finally:
        async with asyncio.timeout(STOP_TIMEOUT):
            await parts.aclose()


@contextmanager
def frozen_gc() -> Iterator[None]:
    """Exempt all existing objects from garbage collection inside the block.

    They live as long as the process anyway, and a full collection would block it for more than a tenth of a second.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def run_until_shutdown(
    settings: Settings, clock: Clock, build: BotFactory, times: SocketTimings | None = None
) -> int:
    """Run the bot until a signal stops it or it loses Slack; return the process's exit code."""
    shutdown = shutdown_event()
    try:
        async with bot_lifespan(settings, clock, build, times) as running_bot:
            return await wait_for_shutdown(shutdown, running_bot)
    except TimeoutError:
        log.error("bot.cut_short", seconds=STOP_TIMEOUT)
        return 1


async def wait_for_shutdown(shutdown: asyncio.Event, running_bot: RunningBot) -> int:
    """Wait for a shutdown signal (0) or the loss of Slack (1)."""
    waiting = asyncio.create_task(shutdown.wait(), name="shutdown")
    ends = {waiting} if running_bot.connection is None else {waiting, running_bot.connection}
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if shutdown.is_set():
        return 0
    waiting.cancel()
    lost = running_bot.connection.exception() if running_bot.connection is not None else None
    log.error("socket.lost", reason=str(lost))
    return 1


def shutdown_event() -> asyncio.Event:
    """Return an event that SIGTERM or SIGINT sets; a second signal has its default effect and ends the process."""
    shutdown = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_signal() -> None:
        shutdown.set()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, on_signal)
    return shutdown


def _connect_socket(
    settings: Settings, bot: RunnableBot, times: SocketTimings, parts: AsyncExitStack
) -> tuple[SocketModeRunner | None, asyncio.Task[None] | None]:
    if settings.slack_app_token is None:
        return None, None
    token = settings.slack_app_token.get_secret_value()
    options = SocketModeOptions(bot.bolt, token, settings.slack_api_url, times, on_ack=bot.on_ack)
    socket = SocketModeRunner(options)
    connection = asyncio.create_task(socket.run(), name="socket")
    parts.push_async_callback(_disconnect_socket, socket, connection)
    return socket, connection


async def _disconnect_socket(socket: SocketModeRunner, connection: asyncio.Task[None]) -> None:
    connection.cancel()
    with suppress(asyncio.CancelledError, SocketLostError):
        await connection
    await socket.stop()


async def _start_server(settings: Settings, application: web.Application, parts: AsyncExitStack) -> int:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=REQUEST_TIMEOUT)
    parts.push_async_callback(runner.cleanup)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port).start()
    return int(runner.addresses[0][1])


def _make_web_app(settings: Settings, bot: RunnableBot, socket: SocketModeRunner | None) -> web.Application:
    async def check() -> Health:
        return await _check_health(bot, socket)

    if socket is not None or settings.slack_signing_secret is None:
        return health_app(check)
    verifier = SignatureVerifier(settings.slack_signing_secret.get_secret_value())
    return slack_events_app(bot.bolt, verifier, check, bot.on_ack)


async def _check_health(bot: RunnableBot, socket: SocketModeRunner | None) -> Health:
    try:
        async with asyncio.timeout(HEALTH_TIMEOUT):
            database = await bot.is_healthy()
    except Exception:  # any failure: a bot that can't query its database isn't healthy
        log.exception("health.database_lost")
        database = False
    if socket is None:
        return Health(ok=database, mode="http", database=database)
    age = None if socket.idle_seconds is None else round(socket.idle_seconds, 1)
    return Health(database and socket.is_alive, "socket", database, age)
