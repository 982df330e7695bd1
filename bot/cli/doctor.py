"""The doctor: checks everything the bot needs, and gives advice for each problem."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, is_loopback
from bot.slack import manifest
from bot.slack.errors import UNCERTAIN_ERRORS, RefusedCallError, error_code, http_status
from bot.workflows.privacy.message_deletion import STUCK_AFTER_TRIES
from db.engine.database import connect_read_only
from db.engine.errors import StoreError
from db.queries.log_clearing import find_uncleared_log
from db.queries.owner_files import count_refused_file_deletions
from db.queries.pending_deletions import count_refused_deletions
from db.schema.migrate import read_schema_revisions

OAUTH_PAGE = "api.slack.com/apps, your app, “OAuth & Permissions”"
APP_HOME_PAGE = "api.slack.com/apps, your app, “App Home”"
LOG_CLEARING_GRACE = timedelta(hours=1)
"""How long erased words may stay in the log before somebody must act."""
CONNECTION_ERRORS = (*UNCERTAIN_ERRORS, OSError)


class FindingStatus(Enum):
    """The status of a part."""

    OK = "✓"
    PROBLEM = "✗"
    UNKNOWN = "?"


@dataclass(frozen=True)
class Finding:
    """The result of one check: the part, the observation and the advice."""

    status: FindingStatus
    component: str
    observation: str
    advice: str = ""


async def run_checks(
    settings: Settings, send_to: str | None = None, *, now: datetime
) -> AsyncIterator[Finding]:
    """Yield one finding after another; only the person with the id `send_to` is sent a message."""
    client = _make_client(settings)
    token, granted, team = await _check_bot_token(client)
    yield token
    if token.status is FindingStatus.OK:
        yield _check_permissions(granted)
    yield await _check_transport(settings, client)
    yield await _check_messages_tab(client, send_to if token.status is FindingStatus.OK else None)
    database = await _check_database(settings)
    yield database
    if team and database.status is FindingStatus.OK:
        for finding in await _check_overdue_deletions(settings, team, now):
            yield finding


def _make_client(settings: Settings) -> AsyncWebClient:
    client = AsyncWebClient(
        settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=10,
        retry_handlers=[],
    )
    if is_loopback(settings.slack_api_url):
        client.proxy = None  # the SDK takes a proxy from the environment, and supports no exceptions
    return client


async def _check_bot_token(client: AsyncWebClient) -> tuple[Finding, frozenset[str], str]:
    part = "bot token"
    no_scopes: tuple[frozenset[str], str] = frozenset(), ""
    try:
        answer = await client.auth_test()
    except RefusedCallError as error:
        advice = f"Copy SLACK_BOT_TOKEN again from {OAUTH_PAGE}; if the app was removed, install it there."
        return Finding(
            FindingStatus.PROBLEM, part, f"Slack answers “{_error_code(error)}”.", advice
        ), *no_scopes
    except CONNECTION_ERRORS as error:
        return Finding(FindingStatus.PROBLEM, part, *_describe_unreachable(client, error)), *no_scopes
    granted = frozenset(filter(None, map(str.strip, answer.headers.get("x-oauth-scopes", "").split(","))))
    observation = f"Installed in “{answer.get('team')}” as {answer.get('user')}."
    return Finding(FindingStatus.OK, part, observation), granted, str(answer.get("team_id") or "")


def _check_permissions(granted: frozenset[str]) -> Finding:
    part = "permissions"
    missing = ", ".join(sorted(manifest.required_scopes() - granted))
    unneeded = ", ".join(sorted(granted - manifest.required_scopes()))
    if missing:
        advice = f"Add them at {OAUTH_PAGE} (or paste the manifest again), then reinstall the app to the workspace."
        return Finding(FindingStatus.PROBLEM, part, f"Not granted: {missing}.", advice)
    if unneeded:
        advice = f"Nothing is wrong; what is not used can be taken away at {OAUTH_PAGE}."
        return Finding(
            FindingStatus.OK, part, f"All are granted, and more than the bot uses: {unneeded}.", advice
        )
    return Finding(FindingStatus.OK, part, "Exactly those of the manifest.")


async def _check_transport(settings: Settings, client: AsyncWebClient) -> Finding:
    if settings.slack_app_token is None:
        advice = (
            f"Whether Slack reaches {manifest.EVENTS_PATH} over https, and whether SLACK_SIGNING_SECRET fits, only "
            "Slack can tell: press “Retry” beside the request URL at api.slack.com/apps, your app, "
            "“Event Subscriptions”."
        )
        return Finding(
            FindingStatus.UNKNOWN, "signed HTTP", f"The bot listens on port {settings.port}.", advice
        )
    part = "app-level token"
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except RefusedCallError as error:
        advice = (
            "Make a new SLACK_APP_TOKEN with the scope connections:write at api.slack.com/apps, your app, "
            "“Basic Information”, “App-Level Tokens”, and see that Socket Mode is on at “Socket Mode”."
        )
        return Finding(FindingStatus.PROBLEM, part, f"Slack answers “{_error_code(error)}”.", advice)
    except CONNECTION_ERRORS as error:
        return Finding(FindingStatus.PROBLEM, part, *_describe_unreachable(client, error))
    return Finding(FindingStatus.OK, part, "Slack offers a connection for Socket Mode.")


async def _check_messages_tab(client: AsyncWebClient, send_to: str | None) -> Finding:
    """Check the Messages tab by sending a message: Slack refuses it if the tab is off, and has no other sign."""
    part = "Messages tab"
    if send_to is None:
        advice = (
            f"See at {APP_HOME_PAGE} that “Messages Tab” is on and that people may send messages from it; or run this "
            "again with --send-to and your member ID: one short message then proves that the bot may write."
        )
        return Finding(FindingStatus.UNKNOWN, part, "Slack does not tell whether it is on.", advice)
    text = "This is Hakawati's doctor: I can write to you here. There is nothing you need to do."
    try:
        opened = await client.conversations_open(users=send_to)
        await client.chat_postMessage(channel=opened["channel"]["id"], text=text)
    except RefusedCallError as error:
        return Finding(
            FindingStatus.PROBLEM,
            part,
            f"Slack answers “{_error_code(error)}”.",
            _post_failure_advice(_error_code(error)),
        )
    except CONNECTION_ERRORS as error:
        return Finding(FindingStatus.PROBLEM, part, *_describe_unreachable(client, error))
    advice = f"Answer that message: if Slack says that sending messages is turned off, allow it at {APP_HOME_PAGE}."
    return Finding(FindingStatus.OK, part, f"A message to {send_to} arrived.", advice)


def _post_failure_advice(code: str) -> str:
    if code == "messages_tab_disabled":
        return f"Turn “Messages Tab” on at {APP_HOME_PAGE}, and allow people to send messages from it."
    return "See that the member ID is right (profile, “⋮”, “Copy member ID”) and all permissions are granted."


async def _check_database(settings: Settings) -> Finding:
    part = "database"
    place = settings.database_file or "PostgreSQL"
    try:
        found, expected = await read_schema_revisions(settings.database_url)
    except Exception as error:  # naming asyncpg's errors would import it needlessly; others are raised again
        if not is_database_error(error):
            raise
        return _database_unreachable_finding(settings, part, error)
    if found is None:
        return Finding(FindingStatus.OK, part, f"{place} has no tables yet.", "`hakawati run` makes them.")
    if found == expected:
        return Finding(FindingStatus.OK, part, f"{place} has this program's schema, {found}.")
    if found > expected:
        advice = "A newer Hakawati made it: run that one."
        return Finding(
            FindingStatus.PROBLEM, part, f"{place} has schema {found}; this program knows {expected}.", advice
        )
    advice = "`hakawati run` brings it up to date, and keeps a copy of a SQLite file first."
    return Finding(
        FindingStatus.OK, part, f"{place} has schema {found}; this program uses {expected}.", advice
    )


def _database_unreachable_finding(settings: Settings, part: str, error: Exception) -> Finding:
    observation = f"{settings.database_file or 'PostgreSQL'} does not answer ({type(error).__name__})."
    advice = (
        "See that DATABASE_URL is right, that the server runs, and that the bot may read and write there."
    )
    return Finding(FindingStatus.PROBLEM, part, observation, advice)


async def _check_overdue_deletions(settings: Settings, team: str, now: datetime) -> list[Finding]:
    """Return findings about overdue deletions; none if all is well."""
    try:
        found, expected = await read_schema_revisions(settings.database_url)
        if found != expected:
            return []  # `hakawati run` must migrate it first
        async with connect_read_only(settings.database_url) as connection:
            messages = await count_refused_deletions(connection, team, STUCK_AFTER_TRIES)
            files = await count_refused_file_deletions(connection, team, STUCK_AFTER_TRIES)
            uncleared = await find_uncleared_log(connection, team)
    except Exception as error:  # as above
        if not is_database_error(error):
            raise
        return [_database_unreachable_finding(settings, "deletions", error)]
    findings = []
    if messages:
        findings.append(_stuck_deletion_finding("deletions", "messages", messages, "sweeps"))
    if files:
        findings.append(_stuck_deletion_finding("files with names", "files", files, "bot_files"))
    if (
        uncleared is not None
        and uncleared.uncleared_since < now - LOG_CLEARING_GRACE
        and (log := _wal_file(settings))
    ):
        findings.append(_uncleared_log_finding(log, uncleared.uncleared_since))
    return findings


def _stuck_deletion_finding(part: str, what: str, count: int, table: str) -> Finding:
    observation = f"Slack has refused for days to delete what is to go; {what}: {count}."
    advice = (
        f"The table `{table}` says which and why. Once somebody has deleted one in Slack, its row goes by "
        "itself within a week."
    )
    return Finding(FindingStatus.PROBLEM, part, observation, advice)


def _wal_file(settings: Settings) -> Path | None:
    """Return the WAL file of a SQLite database, or None if it's empty; a closed database has none."""
    file = settings.database_file
    log = file.with_name(f"{file.name}-wal") if file is not None else None
    return log if log is not None and log.exists() and log.stat().st_size else None


def _uncleared_log_finding(log: Path, since: datetime) -> Finding:
    observation = f"Words that were erased since {since:%Y-%m-%d %H:%M} UTC may still be in {log}."
    advice = (
        "While the bot runs, it clears that log within seconds, unless another program keeps reading from the "
        "database: end that one (a backup that hangs, an open `sqlite3`), and see that the bot runs."
    )
    return Finding(FindingStatus.PROBLEM, "erased words", observation, advice)


def is_database_error(error: Exception) -> bool:
    """Return whether the error comes from the database or the connection to it."""
    # SQLAlchemy passes asyncpg's own errors on as they are; naming them would import it needlessly.
    known = isinstance(error, StoreError | SQLAlchemyError | sqlite3.Error | OSError | TimeoutError)
    return known or type(error).__module__.partition(".")[0] == "asyncpg"


def _error_code(error: RefusedCallError) -> str:
    return error_code(error) or str(http_status(error))


def _describe_unreachable(client: AsyncWebClient, error: BaseException) -> tuple[str, str]:
    observation = f"{client.base_url} does not answer ({type(error).__name__})."
    return observation, "See that this machine reaches it, through your proxy if there is one."
