"""The doctor: sees what is wrong with tokens, permissions, tabs and database, and says what to do."""

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

from bot.cli.doctor import LOG_MAY_WAIT, Finding, Verdict, examine
from bot.settings import Settings
from bot.slack import manifest
from bot.workflows.privacy.deletion import STUCK
from db.engine.database import Database
from db.models.privacy import BotFile
from db.queries.log_clearing import mark_erased
from db.queries.owner_files import add_file, postpone_file
from db.queries.workspaces import put_workspace
from practice.server import Workspace, build
from tests.db.samples import TEAM
from tests.db.samples import workspace as workspace_in_database

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
WELL, ILL, UNKNOWN = Verdict.WELL, Verdict.ILL, Verdict.UNKNOWN


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace, in place of Slack."""
    made = build(manifest.socket_form())
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def settings(workspace: Workspace, database_url: str) -> Settings:
    """Settings with which nothing is wrong."""
    return Settings(
        slack_bot_token=SecretStr(workspace.app.bot_token),
        slack_app_token=SecretStr(workspace.app.app_token),
        slack_api_url=f"{workspace.url}/api/",
        database_url=database_url,
    )


async def findings(settings: Settings, send_to: str | None = None) -> dict[str, Finding]:
    """What the doctor finds, by part."""
    return {finding.part: finding async for finding in examine(settings, send_to, now=NOW)}


def messages(workspace: Workspace) -> int:
    """How many messages were sent."""
    return sum(entry.get("method") == "chat.postMessage" for entry in workspace.world.journal.since(0))


async def test_all_is_well_but_for_what_slack_does_not_tell_when_nothing_is_wrong(
    settings: Settings, workspace: Workspace
) -> None:
    found = await findings(settings)

    assert {part: finding.verdict for part, finding in found.items()} == {
        "bot token": WELL,
        "permissions": WELL,
        "app-level token": WELL,
        "Messages tab": UNKNOWN,
        "database": WELL,
    }
    assert "Qamar Labs" in found["bot token"].seen
    assert messages(workspace) == 0


async def test_the_rest_is_still_looked_at_when_the_bot_token_is_refused(settings: Settings) -> None:
    found = await findings(settings.model_copy(update={"slack_bot_token": SecretStr("xoxb-old")}), "U0MAYA")

    assert found["bot token"].verdict is ILL
    assert "invalid_auth" in found["bot token"].seen
    assert "SLACK_BOT_TOKEN" in found["bot token"].advice
    assert found["Messages tab"].verdict is UNKNOWN
    assert found["database"].verdict is WELL


async def test_a_permission_is_named_when_it_was_not_granted(
    settings: Settings, workspace: Workspace
) -> None:
    workspace.app.scopes -= {"im:write", "team:read"}

    finding = (await findings(settings))["permissions"]

    assert (finding.verdict, finding.seen) == (ILL, "Not granted: im:write, team:read.")
    assert "reinstall" in finding.advice


async def test_nothing_is_wrong_when_more_is_granted_than_needed(
    settings: Settings, workspace: Workspace
) -> None:
    workspace.app.scopes |= {"channels:history"}

    finding = (await findings(settings))["permissions"]

    assert finding.verdict is WELL
    assert "channels:history" in finding.seen


async def test_the_app_token_is_named_when_it_is_refused(settings: Settings) -> None:
    found = await findings(settings.model_copy(update={"slack_app_token": SecretStr("xapp-old")}))

    assert found["app-level token"].verdict is ILL
    assert "connections:write" in found["app-level token"].advice


async def test_only_slack_can_tell_when_it_comes_over_http(settings: Settings) -> None:
    changed = {"slack_app_token": None, "slack_signing_secret": SecretStr("s")}

    finding = (await findings(settings.model_copy(update=changed)))["signed HTTP"]

    assert finding.verdict is UNKNOWN
    assert "/slack/events" in finding.advice


async def test_one_message_proves_the_tab_when_a_person_is_named(
    settings: Settings, workspace: Workspace
) -> None:
    finding = (await findings(settings, "U0MAYA"))["Messages tab"]

    assert finding.verdict is WELL
    assert messages(workspace) == 1


async def test_the_tab_is_to_be_turned_on_when_slack_refuses_the_message(
    settings: Settings, workspace: Workspace
) -> None:
    workspace.app.messages_tab = False

    finding = (await findings(settings, "U0MAYA"))["Messages tab"]

    assert (finding.verdict, finding.seen) == (ILL, "Slack answers “messages_tab_disabled”.")
    assert finding.advice.startswith("Turn “Messages Tab” on")


async def test_the_address_is_named_when_nobody_answers_there(
    settings: Settings, unused_tcp_port: int
) -> None:
    away = settings.model_copy(update={"slack_api_url": f"http://127.0.0.1:{unused_tcp_port}/api/"})

    found = await findings(away)

    assert found["bot token"].verdict is ILL
    assert "does not answer" in found["bot token"].seen
    assert found["app-level token"].verdict is ILL


async def test_a_database_that_is_not_there_is_made_later(settings: Settings, tmp_path: Path) -> None:
    none_yet = settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{tmp_path}/none.db"})

    finding = (await findings(none_yet))["database"]

    assert finding.verdict is WELL
    assert "no tables yet" in finding.seen
    assert not (tmp_path / "none.db").exists()


async def test_a_newer_schema_is_ill_and_an_older_one_is_not(settings: Settings) -> None:
    verdicts = []
    for version in ("9999", "0000"):
        file = settings.database_file
        assert file is not None
        connection = sqlite3.connect(file)
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()
        connection.close()
        verdicts.append((await findings(settings))["database"].verdict)

    assert verdicts == [ILL, WELL]


def refusals(settings: Settings, tries: int) -> Path:
    """A message that Slack has refused to delete so many times, in the database's file."""
    file = settings.database_file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        row = ("T0QAMAR", "D0MAYA", f"1.{tries}", "2027-03-01 09:30:00.000000", tries, "no_permission")
        connection.execute(
            "INSERT INTO sweeps (team_id, channel, ts, at, tries, problem) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        connection.commit()
    return Path(file)


async def test_deletions_are_ill_when_slack_has_refused_one_for_days(settings: Settings) -> None:
    verdicts = []
    for tries in (STUCK - 1, STUCK):
        refusals(settings, tries)
        found = await findings(settings)
        verdicts.append(found["deletions"].verdict if "deletions" in found else WELL)

    assert verdicts == [WELL, ILL]
    assert "messages: 1" in found["deletions"].seen
    assert "sweeps" in found["deletions"].advice


async def test_files_with_names_are_ill_when_slack_has_refused_to_delete_one_for_days(
    settings: Settings,
) -> None:
    verdicts = []
    for tries in (STUCK - 1, STUCK):
        database = await Database.open(settings.database_url)
        async with database.writing() as connection:
            file = BotFile(TEAM, f"F{tries}", NOW, NOW)
            await add_file(connection, file)
            for n in range(tries):
                await postpone_file(connection, replace(file, tries=n), NOW, "cant_delete_file")
        await database.close()
        found = await findings(settings)
        verdicts.append(found["files with names"].verdict if "files with names" in found else WELL)

    assert verdicts == [WELL, ILL]
    assert "files: 1" in found["files with names"].seen
    assert "bot_files" in found["files with names"].advice


@pytest.mark.parametrize(
    ("waited", "verdict"), [(LOG_MAY_WAIT, WELL), (LOG_MAY_WAIT + timedelta(seconds=1), ILL)]
)
async def test_erased_words_are_ill_when_they_have_been_in_the_log_for_more_than_an_hour(
    settings: Settings, waited: timedelta, verdict: Verdict
) -> None:
    # Given somebody erased then, another one just now, and a log that has not been cleared since
    database = await Database.open(settings.database_url)
    async with database.writing() as connection:
        await put_workspace(connection, workspace_in_database())
        for at in (NOW - waited, NOW):
            await mark_erased(connection, TEAM, at)
    # When the doctor looks
    found = await findings(settings)
    await database.close()
    # Then it says so from an hour on
    assert (found["erased words"].verdict if "erased words" in found else WELL) is verdict
    if verdict is ILL:
        assert "2027-03-01 08:29 UTC" in found["erased words"].seen
        assert "hakawati.db-wal" in found["erased words"].seen
        assert "end that one" in found["erased words"].advice


async def test_erased_words_are_well_when_the_database_was_closed_and_has_no_log(settings: Settings) -> None:
    database = await Database.open(settings.database_url)
    async with database.writing() as connection:
        await put_workspace(connection, workspace_in_database())
        await mark_erased(connection, TEAM, NOW - timedelta(days=9))
    await database.close()

    assert "erased words" not in await findings(settings)


async def test_nothing_is_changed_when_the_file_may_only_be_read(settings: Settings) -> None:
    file = refusals(settings, STUCK)
    file.chmod(0o440)
    before = file.stat(), file.read_bytes(), sorted(file.parent.iterdir())

    found = await findings(settings)

    assert (found["database"].verdict, found["deletions"].verdict) == (WELL, ILL)
    after = file.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before[0].st_mode, before[0].st_mtime_ns)
    assert (file.read_bytes(), sorted(file.parent.iterdir())) == before[1:]


async def test_deletions_are_ill_when_the_database_does_not_answer_about_them(settings: Settings) -> None:
    file = settings.database_file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE sweeps RENAME TO put_aside")

    finding = (await findings(settings))["deletions"]

    assert (finding.verdict, "does not answer" in finding.seen) == (ILL, True)
    assert "DATABASE_URL" in finding.advice


async def test_the_database_is_ill_when_it_does_not_answer(
    settings: Settings, unused_tcp_port: int, tmp_path: Path
) -> None:
    (tmp_path / "no.db").write_text("this is no database")
    for url in (
        f"postgresql+asyncpg://u:p@127.0.0.1:{unused_tcp_port}/d",
        f"sqlite+aiosqlite:///{tmp_path}/no.db",
    ):
        finding = (await findings(settings.model_copy(update={"database_url": url})))["database"]

        assert finding.verdict is ILL
        assert "DATABASE_URL" in finding.advice
