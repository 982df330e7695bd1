"""The command line `hakawati`: practice, run, doctor, manifest, and commands for owners and people."""

import asyncio
import socket
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import logs
from bot.app import build_bot, cli_services
from bot.cli import commands
from bot.cli.doctor import Finding, FindingStatus, is_database_error, run_checks
from bot.clock import ClockError, RemoteClock, system_now
from bot.lifecycle import (
    OtherWorkspaceError,
    bot_lifespan,
    make_clock,
    migrate_and_locate_database,
    refuse_foreign_database,
    run_until_shutdown,
    shutdown_event,
    wait_for_shutdown,
)
from bot.settings import SETTING_HINTS, Settings, SettingsError, read_settings
from bot.slack import manifest
from bot.slack.errors import RefusedCallError, failure_reason
from db.engine.errors import StoreError
from practice.server import Workspace
from practice.server import build_workspace as build_workspace

EXPECTED_ERRORS = (ClockError, StoreError, OtherWorkspaceError, commands.CommandFailedError, OSError)
"""The failures whose message is shown as it is."""

PRACTICE_DATABASE = Path(".practice") / "practice.db"
"""The practice workspace's database, in the working folder."""


def _settings_help() -> str:
    """Return the help text for the settings: each one's meaning and default."""
    paragraphs = ["It is set up by the environment:"]
    for name, hint in SETTING_HINTS.items():
        default = Settings.model_fields[name].default
        left_out = f" Left out, it is {default}." if isinstance(default, str | int) else ""
        paragraphs.append(f"[bold]{name.upper()}[/bold] – {hint}.{left_out}")
    return "\n\n".join(paragraphs[:-1])  # the last one, CRASH_AT, is for the tests


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Hakawati helps the people of a company write their own career stories, in Slack.\n\n"
    "New here? [bold]hakawati practice[/bold] shows it in your browser, without any Slack.",
)
owners = typer.Typer(
    no_args_is_help=True, help="Say who runs the programme: owners may change everything in it."
)
app.add_typer(owners, name="owners")
people = typer.Typer(no_args_is_help=True, help="Read the people of the workspace, and lists of them.")
app.add_typer(people, name="people")
out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)


@app.command()
def practice(
    port: Annotated[int, typer.Option(help="Where the page is; if it is in use, another one.")] = 8000,
    verbose: Annotated[bool, typer.Option(help="Also tell what the bot does.")] = False,
) -> None:
    """Try it in your browser: the bot and an invented company, on this machine alone.

    Everything written stays in the folder .practice beside you; delete it to begin anew. No token is needed,
    and the settings for a real workspace are ignored.
    """
    logs.configure("INFO" if verbose else "WARNING")
    _run_to_exit(run_practice(port))


@app.command(help=f"Run the bot in your Slack workspace.\n\n{_settings_help()}")
def run() -> None:
    """Run the bot in a Slack workspace."""
    settings = _load_settings()
    logs.configure(settings.log_level)
    _run_to_exit(_run_bot(settings))


@app.command()
def doctor(
    send_to: Annotated[
        str | None, typer.Option(help="Your member ID: send it one message, to prove that the bot may write.")
    ] = None,
) -> None:
    """Look at tokens, permissions, Messages tab and database, and say what to do about each.

    Uses the same settings as `run`; ends with 1 if something must be done.
    """
    settings = _load_settings()
    logs.configure("ERROR")
    _run_to_exit(_run_doctor(settings, send_to))


@app.command(name="manifest")
def print_manifest(
    url: Annotated[
        str | None,
        typer.Option(help="The form for HTTP, with the https address at which Slack finds the bot."),
    ] = None,
) -> None:
    """Print the manifest to paste at api.slack.com/apps: for Socket Mode, or with --url for HTTP."""
    try:
        form = manifest.socket_mode_manifest() if url is None else manifest.http_manifest(url)
    except manifest.InvalidAddressError as error:
        raise _failure_exit(error, 2) from None
    print(manifest.dump_yaml(form), end="")


AddressArgument = Annotated[
    str, typer.Argument(help="Their address in Slack, which is not kept, or member ID.")
]


@owners.command(name="add")
def add_owner(email: AddressArgument) -> None:
    """Make somebody an owner."""
    _run_to_exit(_run_command(lambda services: commands.add_owner(services, email)))


@owners.command(name="list")
def list_owners() -> None:
    """Say who the owners are."""
    _run_to_exit(_run_command(commands.list_owners))


@owners.command(name="remove")
def remove_owner(email: AddressArgument) -> None:
    """Let somebody be an owner no longer; the last one stays."""
    _run_to_exit(_run_command(lambda services: commands.remove_owner(services, email)))


@people.command(name="sync")
def sync_people() -> None:
    """Read everybody from Slack now. The bot does so by itself every night, once a programme is set up."""
    with Progress(TextColumn("{task.description}"), BarColumn(), console=err) as progress:
        bar = progress.add_task("Reading the people of the workspace …", total=None)
        update_bar = partial(progress.update, bar)
        _run_to_exit(
            _run_command(lambda services: commands.sync_people(services, lambda n: update_bar(completed=n)))
        )


@people.command(name="import")
def import_people(
    file: Annotated[
        Path, typer.Argument(help="A CSV file whose first line names its columns.", dir_okay=False)
    ],
) -> None:
    """Take in a list: email or slack id, segment, team, executive, start date, country, working week.

    Lines that cannot be taken are named by their number; the addresses are not kept.
    """
    content = file.read_bytes()
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err
    ) as progress:
        bar = progress.add_task(f"Matching the lines of {file.name} …", total=None)
        update_bar = partial(progress.update, bar)
        _run_to_exit(_run_command(lambda services: commands.import_people(services, content, update_bar)))


def main() -> None:
    """Start the command line."""
    app(prog_name="hakawati")


def _load_settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        raise _failure_exit(error, 2) from None


def _run_to_exit(coroutine: Coroutine[Any, Any, int]) -> None:
    """Run the coroutine and exit with its code; an expected failure is shown as one sentence."""
    try:
        code = asyncio.run(coroutine)
    except EXPECTED_ERRORS as error:
        raise _failure_exit(error, 1) from None
    except RefusedCallError as error:
        raise _failure_exit(
            f"Slack answers “{failure_reason(error)}”; `hakawati doctor` says what to do.", 1
        ) from None
    except Exception as error:  # naming asyncpg's errors would import it needlessly; others are raised again
        if not is_database_error(error):
            raise
        raise _failure_exit("DATABASE_URL: the database does not answer; ask `hakawati doctor`.", 1) from None
    raise typer.Exit(code)


def _failure_exit(reason: object, code: int) -> typer.Exit:
    err.print(str(reason), markup=False)
    return typer.Exit(code)


async def _run_bot(settings: Settings) -> int:
    out.print(f"Everything is kept in {await migrate_and_locate_database(settings)}", markup=False)
    clock = make_clock(settings)
    if settings.clock_url is not None:
        out.print(f"The time is taken from {settings.clock_url}, not from this machine.", markup=False)
    return await run_until_shutdown(settings, clock, build_bot)


async def _run_command(command: commands.CliCommand) -> int:
    """Run a command next to the bot, which may be running at the same time."""
    settings = _load_settings()
    logs.configure("ERROR")
    await migrate_and_locate_database(settings)
    async with cli_services(settings, make_clock(settings)) as services:
        async for line in command(services):
            out.print(line, markup=False)
    return 0


async def _run_doctor(settings: Settings, send_to: str | None) -> int:
    has_problem = False
    async for finding in run_checks(settings, send_to, now=system_now()):
        has_problem = has_problem or finding.status is FindingStatus.PROBLEM
        _print_finding(finding)
    return int(has_problem)


def _print_finding(finding: Finding) -> None:
    colour = {FindingStatus.OK: "green", FindingStatus.PROBLEM: "red", FindingStatus.UNKNOWN: "yellow"}[
        finding.status
    ]
    out.print(finding.status.value, style=colour, end=" ")
    out.print(f"{finding.component}: {finding.observation}", markup=False)
    if finding.advice:
        out.print(f"  → {finding.advice}", markup=False, style="dim")


async def run_practice(port: int) -> int:
    """Run the bot with a practice workspace until a signal ends it; return the exit code."""
    shutdown = shutdown_event()
    workspace = build_workspace(
        manifest.socket_mode_manifest(), state_file=PRACTICE_DATABASE.parent / "workspace.json"
    )
    url = await workspace.start(port if _is_port_free(port) else 0)
    try:
        settings = _practice_settings(workspace, url)
        location = await migrate_and_locate_database(settings)
        await refuse_foreign_database(settings, workspace.world.company.team_id)
        async with bot_lifespan(settings, RemoteClock(f"{url}/clock"), build_bot) as running_bot:
            await workspace.wait_until_connected()
            out.print(f"\nHakawati is waiting for you at [bold]{url}[/bold]\n")
            out.print(f"What you write is kept in {location}; Ctrl+C ends it.", markup=False, style="dim")
            return await wait_for_shutdown(shutdown, running_bot)
    finally:
        await workspace.stop()


def _practice_settings(workspace: Workspace, url: str) -> Settings:
    installed = workspace.app
    return Settings(
        slack_bot_token=SecretStr(installed.bot_token),
        slack_app_token=SecretStr(installed.app_token),
        slack_api_url=f"{url}/api/",
        database_url=f"sqlite+aiosqlite:///{PRACTICE_DATABASE.as_posix()}",
        clock_url=f"{url}/clock",
        host="127.0.0.1",
        port=0,
    )


def _is_port_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


if __name__ == "__main__":
    main()
