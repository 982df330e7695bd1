"""The doctor: finds problems with tokens, permissions, tabs and the database, and gives advice."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.cli.doctor import LOG_CLEARING_GRACE, Finding, FindingStatus, run_checks
from bot.settings import Settings
from bot.slack import manifest
from bot.workflows.privacy.message_deletion import STUCK_AFTER_TRIES
from db.engine.database import Database
from db.models.privacy import BotFile
from db.queries.log_clearing import mark_log_uncleared
from db.queries.owner_files import postpone_file, schedule_file_deletion
from db.queries.workspaces import upsert_workspace
from practice.server import Workspace, build_workspace
from tests.db.samples import TEAM
from tests.db.samples import workspace as workspace_in_database

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
OK, PROBLEM, UNKNOWN = FindingStatus.OK, FindingStatus.PROBLEM, FindingStatus.UNKNOWN


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace, in place of Slack."""
    made = build_workspace(manifest.socket_mode_manifest())
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def settings(workspace: Workspace, database_url: str) -> Settings:
    """Settings without a problem."""
    return Settings(
        slack_bot_token=SecretStr(workspace.app.bot_token),
        slack_app_token=SecretStr(workspace.app.app_token),
        slack_api_url=f"{workspace.url}/api/",
        database_url=database_url,
    )


async def run_doctor(settings: Settings, send_to: str | None = None) -> dict[str, Finding]:
    """Return the doctor's findings, keyed by part."""
    return {finding.component: finding async for finding in run_checks(settings, send_to, now=NOW)}


def count_messages(workspace: Workspace) -> int:
    """Return the number of messages sent."""
    return sum(
        entry.get("method") == "chat.postMessage" for entry in workspace.world.journal.entries_after(0)
    )


async def test_all_is_well_apart_from_what_slack_does_not_report(
    settings: Settings, workspace: Workspace
) -> None:
    found = await run_doctor(settings)

    assert {part: finding.status for part, finding in found.items()} == {
        "bot token": OK,
        "permissions": OK,
        "app-level token": OK,
        "Messages tab": UNKNOWN,
        "database": OK,
    }
    assert "Qamar Labs" in found["bot token"].observation
    assert count_messages(workspace) == 0


async def test_the_rest_is_still_checked_when_the_bot_token_is_refused(settings: Settings) -> None:
    found = await run_doctor(settings.model_copy(update={"slack_bot_token": SecretStr("xoxb-old")}), "U0MAYA")

    assert found["bot token"].status is PROBLEM
    assert "invalid_auth" in found["bot token"].observation
    assert "SLACK_BOT_TOKEN" in found["bot token"].advice
    assert found["Messages tab"].status is UNKNOWN
    assert found["database"].status is OK


async def test_a_permission_is_named_when_it_was_not_granted(
    settings: Settings, workspace: Workspace
) -> None:
    workspace.app.scopes -= {"im:write", "team:read"}

    finding = (await run_doctor(settings))["permissions"]

    assert (finding.status, finding.observation) == (PROBLEM, "Not granted: im:write, team:read.")
    assert "reinstall" in finding.advice


async def test_nothing_is_wrong_when_more_is_granted_than_needed(
    settings: Settings, workspace: Workspace
) -> None:
    workspace.app.scopes |= {"channels:history"}

    finding = (await run_doctor(settings))["permissions"]

    assert finding.status is OK
    assert "channels:history" in finding.observation


async def test_the_app_token_is_named_when_it_is_refused(settings: Settings) -> None:
    found = await run_doctor(settings.model_copy(update={"slack_app_token": SecretStr("xapp-old")}))

    assert found["app-level token"].status is PROBLEM
    assert "connections:write" in found["app-level token"].advice


async def test_http_transport_is_unknown_because_only_slack_can_check_it(settings: Settings) -> None:
    changed = {"slack_app_token": None, "slack_signing_secret": SecretStr("s")}

    finding = (await run_doctor(settings.model_copy(update=changed)))["signed HTTP"]

    assert finding.status is UNKNOWN
    assert "/slack/events" in finding.advice


async def test_one_message_proves_the_tab_when_a_person_is_named(
    settings: Settings, workspace: Workspace
) -> None:
    finding = (await run_doctor(settings, "U0MAYA"))["Messages tab"]

    assert finding.status is OK
    assert count_messages(workspace) == 1


async def test_turning_the_tab_on_is_advised_when_slack_refuses_the_message(
    settings: Settings, workspace: Workspace
) -> None:
    workspace.app.messages_tab = False

    finding = (await run_doctor(settings, "U0MAYA"))["Messages tab"]

    assert (finding.status, finding.observation) == (PROBLEM, "Slack answers “messages_tab_disabled”.")
    assert finding.advice.startswith("Turn “Messages Tab” on")


async def test_the_address_is_named_when_nobody_answers_there(
    settings: Settings, unused_tcp_port: int
) -> None:
    away = settings.model_copy(update={"slack_api_url": f"http://127.0.0.1:{unused_tcp_port}/api/"})

    found = await run_doctor(away)

    assert found["bot token"].status is PROBLEM
    assert "does not answer" in found["bot token"].observation
    assert found["app-level token"].status is PROBLEM


async def test_a_missing_database_is_created_later(settings: Settings, tmp_path: Path) -> None:
    none_yet = settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{tmp_path}/none.db"})

    finding = (await run_doctor(none_yet))["database"]

    assert finding.status is OK
    assert "no tables yet" in finding.observation
    assert not (tmp_path / "none.db").exists()


async def test_a_newer_schema_is_a_problem_and_an_older_one_is_not(settings: Settings) -> None:
    statuses = []
    for version in ("9999", "0000"):
        file = settings.database_file
        assert file is not None
        connection = sqlite3.connect(file)
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()
        connection.close()
        statuses.append((await run_doctor(settings))["database"].status)

    assert statuses == [PROBLEM, OK]


def add_refused_deletion(settings: Settings, tries: int) -> Path:
    """Store a message that Slack has refused to delete `tries` times, and return the database file."""
    file = settings.database_file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        row = ("T0QAMAR", "D0MAYA", f"1.{tries}", "2027-03-01 09:30:00.000000", tries, "no_permission")
        connection.execute(
            "INSERT INTO sweeps (team_id, channel, ts, at, tries, problem) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        connection.commit()
    return Path(file)


async def test_deletions_are_a_problem_when_slack_has_refused_one_for_days(settings: Settings) -> None:
    statuses = []
    for tries in (STUCK_AFTER_TRIES - 1, STUCK_AFTER_TRIES):
        add_refused_deletion(settings, tries)
        found = await run_doctor(settings)
        statuses.append(found["deletions"].status if "deletions" in found else OK)

    assert statuses == [OK, PROBLEM]
    assert "messages: 1" in found["deletions"].observation
    assert "sweeps" in found["deletions"].advice


async def test_files_with_names_are_a_problem_when_slack_has_refused_to_delete_one_for_days(
    settings: Settings,
) -> None:
    statuses = []
    for tries in (STUCK_AFTER_TRIES - 1, STUCK_AFTER_TRIES):
        database = await Database.open(settings.database_url)
        async with database.write_transaction() as connection:
            file = BotFile(TEAM, f"F{tries}", NOW, NOW)
            await schedule_file_deletion(connection, file)
            for n in range(tries):
                await postpone_file(connection, replace(file, tries=n), NOW, "cant_delete_file")
        await database.close()
        found = await run_doctor(settings)
        statuses.append(found["files with names"].status if "files with names" in found else OK)

    assert statuses == [OK, PROBLEM]
    assert "files: 1" in found["files with names"].observation
    assert "bot_files" in found["files with names"].advice


@pytest.mark.parametrize(
    ("waited", "verdict"), [(LOG_CLEARING_GRACE, OK), (LOG_CLEARING_GRACE + timedelta(seconds=1), PROBLEM)]
)
async def test_erased_words_are_a_problem_when_they_have_been_in_the_log_for_more_than_an_hour(
    settings: Settings, waited: timedelta, verdict: FindingStatus
) -> None:
    # Given somebody erased then, somebody else just now, and a log that hasn't been cleared since
    database = await Database.open(settings.database_url)
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace_in_database())
        for at in (NOW - waited, NOW):
            await mark_log_uncleared(connection, TEAM, at)
    # When the doctor checks
    found = await run_doctor(settings)
    await database.close()
    # Then it reports a problem after an hour
    assert (found["erased words"].status if "erased words" in found else OK) is verdict
    if verdict is PROBLEM:
        assert "2027-03-01 08:29 UTC" in found["erased words"].observation
        assert "hakawati.db-wal" in found["erased words"].observation
        assert "end that one" in found["erased words"].advice


async def test_erased_words_are_ok_when_the_database_was_closed_and_has_no_log(settings: Settings) -> None:
    database = await Database.open(settings.database_url)
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace_in_database())
        await mark_log_uncleared(connection, TEAM, NOW - timedelta(days=9))
    await database.close()

    assert "erased words" not in await run_doctor(settings)


async def test_nothing_is_changed_when_the_file_may_only_be_read(settings: Settings) -> None:
    file = add_refused_deletion(settings, STUCK_AFTER_TRIES)
    file.chmod(0o440)
    before = file.stat(), file.read_bytes(), sorted(file.parent.iterdir())

    found = await run_doctor(settings)

    assert (found["database"].status, found["deletions"].status) == (OK, PROBLEM)
    after = file.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before[0].st_mode, before[0].st_mtime_ns)
    assert (file.read_bytes(), sorted(file.parent.iterdir())) == before[1:]


async def test_deletions_are_a_problem_when_they_cannot_be_counted(settings: Settings) -> None:
    file = settings.database_file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE sweeps RENAME TO put_aside")

    finding = (await run_doctor(settings))["deletions"]

    assert (finding.status, "does not answer" in finding.observation) == (PROBLEM, True)
    assert "DATABASE_URL" in finding.advice


async def test_the_database_is_a_problem_when_it_does_not_answer(
    settings: Settings, unused_tcp_port: int, tmp_path: Path
) -> None:
    (tmp_path / "no.db").write_text("this is no database")
    for url in (
        f"postgresql+asyncpg://u:p@127.0.0.1:{unused_tcp_port}/d",
        f"sqlite+aiosqlite:///{tmp_path}/no.db",
    ):
        finding = (await run_doctor(settings.model_copy(update={"database_url": url})))["database"]

        assert finding.status is PROBLEM
        assert "DATABASE_URL" in finding.advice
