"""The commands that run next to the bot: owners and people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import aiohttp
import pytest
import pytest_asyncio

from bot.slack import manifest
from practice.server import Workspace, build_workspace
from tests.cli.command_process import background_command, run_command, wait_for_log
from tests.e2e.slack_user import SlackUser

CommandRunner = Callable[..., "asyncio.Future[CompletedProcess[str]]"]


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace, in place of Slack, in this process."""
    made = build_workspace(manifest.socket_mode_manifest())
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def settings(workspace: Workspace) -> dict[str, str]:
    """Return the settings of the bot and of the commands."""
    return {
        "SLACK_BOT_TOKEN": workspace.app.bot_token,
        "SLACK_APP_TOKEN": workspace.app.app_token,
        "SLACK_API_URL": f"{workspace.url}/api/",
    }


@pytest.fixture
def hakawati(settings: dict[str, str], tmp_path: Path) -> CommandRunner:
    """Return a runner of commands in one folder."""

    def run(*arguments: str) -> asyncio.Future[CompletedProcess[str]]:
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(None, partial(run_command, *arguments, folder=tmp_path, **settings))

    return run


async def test_owner_is_added_and_listed_and_the_last_one_stays(hakawati: CommandRunner) -> None:
    nobody = await hakawati("owners", "list")
    made = await hakawati("owners", "add", "Lina@qamarlabs.example")
    again = await hakawati("owners", "add", "lina@qamarlabs.example")
    stays = await hakawati("owners", "remove", "lina@qamarlabs.example")
    await hakawati("owners", "add", "mira@qamarlabs.example")
    leaves = await hakawati("owners", "remove", "U0LINA")
    listed = await hakawati("owners", "list")

    assert "Nobody who works here runs the programme" in nobody.stdout
    assert made.stdout == "Lina Haddad (U0LINA) is an owner now.\n"
    assert again.stdout == "Lina Haddad (U0LINA) was an owner already.\n"
    assert (stays.returncode, stays.stderr) == (
        1,
        "Without this person the programme would have no owner.\n",
    )
    assert leaves.stdout == "Lina Haddad (U0LINA) is an owner no longer.\n"
    assert listed.stdout.startswith("Mira Jovanović (U0MIRA), since ")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nobody@qamarlabs.example", "Slack knows nobody in this workspace by that address."),
        ("theo@studio.example", "The person is a guest of the workspace"),
        ("robin@qamarlabs.example", "Slack knows nobody in this workspace by that address."),
    ],
)
async def test_one_sentence_is_printed_when_somebody_cannot_be_an_owner(
    hakawati: CommandRunner, address: str, sentence: str
) -> None:
    refused = await hakawati("owners", "add", address)

    assert refused.returncode == 1
    assert refused.stderr.startswith(sentence)
    assert len(refused.stderr.splitlines()) == 1


async def test_owner_added_while_the_bot_runs_sees_it_at_once(
    hakawati: CommandRunner, settings: dict[str, str], workspace: Workspace, tmp_path: Path
) -> None:
    # Given a bot that runs on the same file
    with background_command("run", folder=tmp_path, HOST="127.0.0.1", PORT="0", **settings) as process:
        await asyncio.to_thread(wait_for_log, process, "bot.started")
        await asyncio.wait_for(workspace.wait_until_connected(), 60)
        # When a command makes somebody an owner
        made = await hakawati("owners", "add", "lina@qamarlabs.example")
        # Then the bot knows
        async with aiohttp.ClientSession() as session:
            lina = SlackUser(session, workspace.url, "U0LINA")
            await lina.opens_home()
            await lina.sees("You are an owner of the programme", where="home")
    assert made.returncode == 0


async def test_everybody_is_read_by_the_sync_command(hakawati: CommandRunner) -> None:
    read = await hakawati("people", "sync")

    assert (read.returncode, read.stdout) == (
        0,
        "42 accounts read from Slack, guests, bots and people who left among them.\n",
    )
    assert "Reading the people of the workspace" in read.stderr


async def test_list_is_imported_and_bad_lines_are_named(hakawati: CommandRunner, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("email,segment\nmaya@qamarlabs.example,tech\nnobody,tech\n")

    taken = await hakawati("people", "import", "people.csv")

    assert taken.stdout.splitlines() == [
        "1 of 2 lines were taken.",
        "Line 3: no e-mail address and no member ID.",
    ]


async def test_file_that_is_not_a_list_is_refused_in_one_sentence(
    hakawati: CommandRunner, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("name\nMaya\n")

    refused = await hakawati("people", "import", "people.csv")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "This is no list of people" in refused.stderr
