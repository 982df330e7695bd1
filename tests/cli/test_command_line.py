"""The command line as people use it, with real processes and signals."""

from __future__ import annotations

import asyncio
import json
import signal
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
import yaml

from bot.settings import SETTING_HINTS
from bot.slack import manifest
from practice.server import Workspace, build_workspace
from tests.cli.command_process import (
    TIMEOUT_SECONDS,
    background_command,
    run_command,
    wait_for_log,
    wait_for_output,
)


def fetch_url(url: str) -> tuple[int, bytes]:
    """Return the status and body at a URL, also for an error."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace, in place of Slack, in this process."""
    made = build_workspace(manifest.socket_mode_manifest())
    await made.start()
    yield made
    await made.stop()


def test_everything_is_explained_when_help_is_asked_for(tmp_path: Path) -> None:
    overview = run_command("--help", folder=tmp_path)
    running = run_command("run", "--help", folder=tmp_path)

    assert overview.returncode == running.returncode == 0
    assert all(command in overview.stdout for command in ("practice", "run", "doctor", "manifest"))
    assert all(name.upper() in running.stdout for name in SETTING_HINTS if name != "crash_at")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", [None, "https://h.example"])
def test_the_manifest_is_printed_whole_when_it_is_asked_for(tmp_path: Path, url: str | None) -> None:
    printed = run_command("manifest", *([] if url is None else ["--url", url]), folder=tmp_path)

    expected = manifest.socket_mode_manifest() if url is None else manifest.http_manifest(url)
    assert yaml.safe_load(printed.stdout) == expected


def test_the_manifest_is_refused_in_one_sentence_when_the_address_is_useless(tmp_path: Path) -> None:
    refused = run_command("manifest", "--url", "http://h.example", folder=tmp_path)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert len(refused.stderr.splitlines()) == 1


def test_practice_opens_one_address_and_keeps_its_own_file_whatever_is_set(tmp_path: Path) -> None:
    elsewhere = f"sqlite+aiosqlite:///{tmp_path}/real.db"
    with background_command(
        "practice", "--port", "0", folder=tmp_path, DATABASE_URL=elsewhere, CRASH_AT="committed:1"
    ) as process:
        line = wait_for_output(process, "http://127.0.0.1:")
        status, page = fetch_url(line.split()[-1])
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=TIMEOUT_SECONDS)

    assert (process.returncode, errors) == (0, "")
    assert (status, "http" in rest) == (200, False)
    assert b"<html" in page.lower()
    assert (tmp_path / ".practice" / "practice.db").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "real.db").exists()


def test_practice_takes_another_port_when_its_own_is_in_use_and_refuses_a_file_in_use(tmp_path: Path) -> None:
    first_folder, second_folder = tmp_path / "first", tmp_path / "second"
    for folder in (first_folder, second_folder):
        folder.mkdir()
    with background_command("practice", "--port", "0", folder=first_folder) as first:
        port = wait_for_output(first, "http://").strip().rpartition(":")[2]
        with background_command("practice", "--port", port, folder=second_folder) as second:
            assert wait_for_output(second, "http://").strip().rpartition(":")[2] != port
        third = run_command("practice", folder=first_folder)

    assert third.returncode == 1
    assert "Another bot is already running" in third.stderr
    assert len(third.stderr.splitlines()) == 1


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_the_bot_runs_until_a_signal_and_ends_in_order(
    workspace: Workspace, tmp_path: Path, transport: str, unused_tcp_port: int
) -> None:
    workspace.app.transport = transport
    transport_settings = (
        {"SLACK_APP_TOKEN": workspace.app.app_token}
        if transport == "socket"
        else {"SLACK_SIGNING_SECRET": workspace.app.signing_secret}
    )
    settings = transport_settings | {
        "SLACK_BOT_TOKEN": workspace.app.bot_token,
        "SLACK_API_URL": f"{workspace.url}/api/",
        "CLOCK_URL": f"{workspace.url}/clock",
        "HOST": "127.0.0.1",
        "PORT": str(unused_tcp_port),
    }
    with background_command("run", folder=tmp_path, **settings) as process:
        location = await asyncio.to_thread(wait_for_output, process, "Everything is kept in")
        await asyncio.to_thread(wait_for_log, process, "bot.started")
        await asyncio.wait_for(workspace.wait_until_connected(), TIMEOUT_SECONDS)
        _, health = await asyncio.to_thread(fetch_url, f"http://127.0.0.1:{unused_tcp_port}/healthz")
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.to_thread(process.communicate, timeout=TIMEOUT_SECONDS)

    assert location.strip().endswith(str(tmp_path / "hakawati.db"))
    assert (json.loads(health)["mode"], json.loads(health)["database"]) == (transport, True)
    assert process.returncode == 0
    assert '"error"' not in errors


async def test_one_sentence_is_said_when_slack_refuses_the_token(
    workspace: Workspace, tmp_path: Path
) -> None:
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-old",
        "SLACK_APP_TOKEN": workspace.app.app_token,
        "SLACK_API_URL": f"{workspace.url}/api/",
    }

    result = await asyncio.to_thread(partial(run_command, "run", folder=tmp_path, **settings))

    assert result.returncode == 1
    assert result.stderr.splitlines() == ["Slack answers “invalid_auth”; `hakawati doctor` says what to do."]


async def test_the_doctor_ends_with_1_only_when_something_must_be_done(
    workspace: Workspace, tmp_path: Path
) -> None:
    settings = {
        "SLACK_BOT_TOKEN": workspace.app.bot_token,
        "SLACK_APP_TOKEN": workspace.app.app_token,
        "SLACK_API_URL": f"{workspace.url}/api/",
    }
    healthy = await asyncio.to_thread(partial(run_command, "doctor", folder=tmp_path, **settings))
    settings["SLACK_APP_TOKEN"] = "xapp-old"
    unhealthy = await asyncio.to_thread(partial(run_command, "doctor", folder=tmp_path, **settings))

    assert (healthy.returncode, unhealthy.returncode) == (0, 1)
    assert "✓ bot token: Installed in “Qamar Labs”" in healthy.stdout
    assert "✗ app-level token" in unhealthy.stdout
    assert "→ Make a new SLACK_APP_TOKEN" in unhealthy.stdout


def test_one_sentence_is_said_when_the_database_does_not_answer(tmp_path: Path, unused_tcp_port: int) -> None:
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "DATABASE_URL": f"postgresql://u:secret@127.0.0.1:{unused_tcp_port}/d",
    }

    result = run_command("run", folder=tmp_path, **settings)

    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "secret" not in result.stderr
