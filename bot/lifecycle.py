"""One bot, running: its parts started in order, watched, and stopped in the opposite order."""

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

from bot.clock import Clock, FollowedClock, SystemClock
from bot.settings import Settings
from bot.slack.socket_mode import Line, Socket, SocketLostError, SocketTimes
from bot.web.slack_events import Health, door, porch
from db.engine.database import Database, known_url
from db.queries.workspaces import other_workspaces
from db.schema.migrate import migrate

log = structlog.get_logger(__name__)

LEAVING = 15.0
"""Seconds in which everything must have stopped; whoever runs us kills us soon after."""
ANSWERING = 8
"""Seconds for requests that are being answered when the bot stops."""
FEELING = 2.0
"""Seconds in which the database must have answered to be called healthy."""


class Bot(Protocol):
    """What `bot.app.build` makes of settings and a clock."""

    @property
    def bolt(self) -> AsyncApp:
        """Where Slack's requests are dispatched."""

    async def start(self) -> None:
        """Begin what runs by itself."""

    def leave(self) -> None:
        """Begin nothing new by itself."""

    async def stop(self) -> None:
        """Finish what is being said, and close everything."""

    async def healthy(self) -> bool:
        """Return whether the database answers."""

    def acked(self) -> None:
        """Be told that an answer has left for Slack."""


Build = Callable[[Settings, Clock], Awaitable[Bot]]


class OtherWorkspaceError(Exception):
    """The database holds the rows of another workspace, which must not be played with."""


@dataclass(frozen=True)
class Running:
    """A bot that runs: where it listens, and the task that ends when it cannot go on."""

    bot: Bot
    port: int
    socket: Socket | None
    connection: asyncio.Task[None] | None


def clock_for(settings: Settings) -> Clock:
    """Return the clock that the settings ask for."""
    return SystemClock() if settings.clock_url is None else FollowedClock(settings.clock_url)


async def prepare(settings: Settings) -> str:
    """Bring the database up to date and return where it is, in words for people."""
    await migrate(settings.database_url)
    return str(
        settings.database_file or known_url(settings.database_url).render_as_string(hide_password=True)
    )


async def refuse_others(settings: Settings, team: str) -> None:
    """Raise OtherWorkspaceError if the database holds rows of any other workspace than this."""
    database = await Database.open(settings.database_url)
    try:
        async with database.reading() as session:
            if await other_workspaces(session, team):
                raise OtherWorkspaceError(
                    f"{database.place} holds the words of another workspace: practise in another folder."
                )
    finally:
        await database.close()


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, build: Build, times: SocketTimes | None = None
) -> AsyncIterator[Running]:
    """Run the bot on a prepared database until the block is left; TimeoutError if it will not stop."""
    parts = AsyncExitStack()
    try:
        if isinstance(clock, FollowedClock):
            await clock.start()
            parts.push_async_callback(clock.stop)
        bot = await build(settings, clock)
        parts.push_async_callback(bot.stop)
        parts.enter_context(settled())
        await bot.start()
        socket, connection = _connect(settings, bot, times or SocketTimes(), parts)
        port = await _listen(settings, _application(settings, bot, socket), parts)
        log.info("bot.started", mode=settings.transport, port=port, clock=type(clock).__name__)
        yield Running(bot, port, socket, connection)
        log.info("bot.stopping")
        bot.leave()
    finally:
        async with asyncio.timeout(LEAVING):
            await parts.aclose()


@contextmanager
def settled() -> Iterator[None]:
    """What has been made up to here stays: Python's collector does not look through it again until the block is left.

    It would do so now and then, and nothing else could run for more than a tenth of a second.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def serve(settings: Settings, clock: Clock, build: Build, times: SocketTimes | None = None) -> int:
    """Run the bot until it is told to stop or cannot go on; return the process's exit code."""
    told = told_to_stop()
    try:
        async with running(settings, clock, build, times) as now:
            return await until(told, now)
    except TimeoutError:
        log.error("bot.cut_short", seconds=LEAVING)
        return 1


async def until(told: asyncio.Event, now: Running) -> int:
    """Wait until the process is told to stop (0) or Slack is lost (1)."""
    waiting = asyncio.create_task(told.wait(), name="told to stop")
    ends = {waiting} if now.connection is None else {waiting, now.connection}
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if told.is_set():
        return 0
    waiting.cancel()
    lost = now.connection.exception() if now.connection is not None else None
    log.error("socket.lost", reason=str(lost))
    return 1


def told_to_stop() -> asyncio.Event:
    """Return an event that SIGTERM or SIGINT sets; a second signal ends the process as it always would."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell() -> None:
        told.set()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, tell)
    return told


def _connect(
    settings: Settings, bot: Bot, times: SocketTimes, parts: AsyncExitStack
) -> tuple[Socket | None, asyncio.Task[None] | None]:
    if settings.slack_app_token is None:
        return None, None
    token = settings.slack_app_token.get_secret_value()
    line = Line(bot.bolt, token, settings.slack_api_url, times, acked=bot.acked)
    socket = Socket(line)
    connection = asyncio.create_task(socket.run(), name="socket")
    parts.push_async_callback(_hang_up, socket, connection)
    return socket, connection


async def _hang_up(socket: Socket, connection: asyncio.Task[None]) -> None:
    connection.cancel()
    with suppress(asyncio.CancelledError, SocketLostError):
        await connection
    await socket.stop()


async def _listen(settings: Settings, application: web.Application, parts: AsyncExitStack) -> int:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=ANSWERING)
    parts.push_async_callback(runner.cleanup)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port).start()
    return int(runner.addresses[0][1])


def _application(settings: Settings, bot: Bot, socket: Socket | None) -> web.Application:
    async def check() -> Health:
        return await _health(bot, socket)

    if socket is not None or settings.slack_signing_secret is None:
        return porch(check)
    verifier = SignatureVerifier(settings.slack_signing_secret.get_secret_value())
    return door(bot.bolt, verifier, check, bot.acked)


async def _health(bot: Bot, socket: Socket | None) -> Health:
    try:
        async with asyncio.timeout(FEELING):
            database = await bot.healthy()
    except Exception:  # whatever it is: a bot that cannot ask its database is not well
        log.exception("health.database_lost")
        database = False
    if socket is None:
        return Health(ok=database, mode="http", database=database)
    age = None if socket.age is None else round(socket.age, 1)
    return Health(database and socket.is_alive, "socket", database, age)
