"""The composition root: builds a bot from settings and a clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import text

from bot import handlers, i18n
from bot.clock import Clock
from bot.crash_points import CrashPoints
from bot.jobs.ticker import JobScheduler
from bot.jobs.timetable import timetable
from bot.services import Services
from bot.settings import Settings
from bot.slack.client import Messenger
from bot.slack.middleware import set_retry_flag
from bot.timings import Timings
from bot.workflows.delivery.reconcile import mark_interrupted_sends
from bot.workflows.programme.settings import refresh_programme
from bot.workflows.stories.reshow import show_unshown
from db.engine.database import Database
from db.models import Workspace
from db.queries import workspaces


class Bot:
    """A bot ready to run, with its request dispatcher, its start and its stop."""

    def __init__(self, bolt: AsyncApp, services: Services, ticker: JobScheduler) -> None:
        self.bolt = bolt
        self.services = services
        self._ticker = ticker

    async def start(self) -> None:
        """Recover what a killed process left behind (unconfirmed notices, unshown replies), and start to tick."""
        await mark_interrupted_sends(self.services)
        await refresh_programme(self.services)
        await show_unshown(self.services, at_start=True)
        self._ticker.start()

    def stop_sending(self) -> None:
        """Send no more proactive messages."""
        self.services.drain_gate.close()

    async def stop(self) -> None:
        """Finish the messages in flight, stop ticking, and close everything."""
        self.stop_sending()
        await self.services.drain_gate.wait_until_drained(self.services.timings.drain_timeout)
        await self._ticker.stop()
        await self.services.outgoing.wait_until_idle()
        await self.services.messenger.close()
        await self.services.database.close()

    async def is_healthy(self) -> bool:
        """Return whether the database answers."""
        async with self.services.database.read_transaction() as connection:
            return bool((await connection.execute(text("SELECT 1"))).scalar_one() == 1)

    def on_ack(self) -> None:
        """Pass the crash point after an answer has left for Slack."""
        self.services.crash_points.maybe_crash_at("acked")


async def build_bot(settings: Settings, clock: Clock, timings: Timings | None = None) -> Bot:
    """Build a bot for the workspace of the bot token, on a database that must be migrated already."""
    i18n.load_all_bundles()
    database = await Database.open(settings.database_url, exclusive=True)
    messenger = Messenger(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        workspace = await _identify_workspace(messenger, clock)
        async with database.write_transaction() as connection:
            await workspaces.upsert_workspace(connection, workspace)
            workspace = await workspaces.find_workspace(connection, workspace.team_id) or workspace
        point = settings.crash_at
        crash = CrashPoints(point.moment, point.count) if point else CrashPoints()
        services = Services(
            database,
            messenger,
            clock,
            workspace=workspace,
            crash=crash,
            timings=timings,
            retention=settings.retention,
        )
        bolt = _make_bolt_app(settings, services)
        handlers.register(bolt, services)
        return Bot(bolt, services, JobScheduler(services, timetable(services.timings)))
    except BaseException:
        await asyncio.gather(messenger.close(), database.close())
        raise


@asynccontextmanager
async def cli_services(settings: Settings, clock: Clock) -> AsyncIterator[Services]:
    """Open the services for a command that may run next to the bot: without its lock, handlers or jobs."""
    database = await Database.open(settings.database_url)
    messenger = Messenger(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        workspace = await _identify_workspace(messenger, clock)
        async with database.write_transaction() as connection:
            known = await workspaces.find_workspace(connection, workspace.team_id)
            if known is None:
                await workspaces.upsert_workspace(connection, workspace)
        yield Services(database, messenger, clock, workspace=known or workspace, crash=CrashPoints())
    finally:
        await asyncio.gather(messenger.close(), database.close())


async def _identify_workspace(messenger: Messenger, clock: Clock) -> Workspace:
    """Ask Slack for the bot's own ids, so that requests can be authorised without asking again."""
    me = await messenger.call_with_retries("auth.test")
    team = (await messenger.call_with_retries("team.info"))["team"]
    return Workspace(
        team_id=str(me["team_id"]),
        name=str(team["name"]),
        bot_user_id=str(me["user_id"]),
        bot_id=str(me["bot_id"]),
        installed_at=clock.now(),
    )


def _make_bolt_app(settings: Settings, services: Services) -> AsyncApp:
    """Return a Bolt app that acks after the work is done and authorises from the stored ids instead of asking Slack."""
    workspace = services.workspace
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=workspace.team_id,
        bot_id=workspace.bot_id,
        bot_user_id=workspace.bot_user_id,
        bot_token=settings.slack_bot_token.get_secret_value(),
    )

    async def authorize() -> AuthorizeResult:
        return known

    bolt = AsyncApp(
        authorize=authorize,
        client=services.messenger.client,
        process_before_response=True,
        request_verification_enabled=False,
        url_verification_enabled=False,
        ssl_check_enabled=False,
    )
    bolt.use(set_retry_flag)
    return bolt
