"""Files with names: noted before anybody can see them, and deleted one by one when their time has come."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.jobs.ticker import run_job
from bot.jobs.timetable import timetable
from bot.services import Services
from bot.slack.client import FileIdCallback
from bot.timings import Timings
from bot.workflows.privacy.message_deletion import STUCK_AFTER_TRIES, DeletionPolicy
from bot.workflows.privacy.owner_files import FILE_LIFETIME, NamedFile, delete_due_files, upload_for_owner
from db.models.privacy import BotFile
from db.queries.owner_files import count_refused_file_deletions, list_due_files, schedule_file_deletion
from tests.workflows.recording_services import NOW, TEAM, RecordingMessenger, ServicesFactory, slack_refusal

ROOT = Path(__file__).parents[2]
UNPAUSED = DeletionPolicy(max_count=10, pause_seconds=0)
DELETION_DUE = NOW + FILE_LIFETIME
EACH_DATABASE = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
TABLE = NamedFile("dry-run.csv", "Spring", b"Maya Okafor")
OWN_FILES = {"bot/workflows/privacy/data_export.py", "bot/workflows/stories/destinations.py"}
"""Where a person is given their own data: it stays until they delete it."""


class KilledSignal(BaseException):
    """The process ends here."""


class DyingMessenger(RecordingMessenger):
    """Gets a place and an id for a file, and is killed before anybody can see it."""

    async def upload_file(
        self, channel: str, name: str, title: str, content: bytes, *, on_file_id: FileIdCallback | None = None
    ) -> str:
        """Report the ID, and die."""
        assert on_file_id is not None
        await on_file_id("F1")
        raise KilledSignal


async def note_files(services: Services, *files: str, kept: timedelta = FILE_LIFETIME) -> None:
    """Note files that were uploaded now."""
    async with services.transaction() as connection:
        for file in files:
            await schedule_file_deletion(connection, BotFile(TEAM, file, NOW, NOW + kept))


async def list_pending_files(services: Services) -> list[str]:
    """Return the files still to be deleted."""
    async with services.database.read_transaction() as connection:
        return [file.id for file in await list_due_files(connection, TEAM, NOW.replace(year=2099), limit=100)]


@EACH_DATABASE
async def test_file_is_known_when_the_process_dies_before_anybody_can_see_it(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(DyingMessenger())

    with pytest.raises(KilledSignal):
        await upload_for_owner(services, "D0LINA", TABLE)

    assert await list_pending_files(services) == ["F1"]
    async with services.database.read_transaction() as connection:
        assert await list_due_files(connection, TEAM, DELETION_DUE - timedelta(seconds=1), limit=9) == ()
        assert await list_due_files(connection, TEAM, DELETION_DUE, limit=9) == (
            BotFile(TEAM, "F1", NOW, DELETION_DUE),
        )


@EACH_DATABASE
async def test_file_that_slack_will_not_delete_holds_nobody_up(make_services: ServicesFactory) -> None:
    # Given files that are due, of which Slack refuses one, and knows another no more
    messenger = RecordingMessenger(
        delete_errors={"F1": slack_refusal("cant_delete_file"), "F2": slack_refusal("channel_not_found")}
    )
    services = await make_services(messenger)
    await note_files(services, "F1", "F2", "F3")
    services.clock.move(DELETION_DUE)  # type: ignore[attr-defined]  # it is a stopped clock here
    # When they are deleted, then the others are gone
    assert await delete_due_files(services, DELETION_DUE, UNPAUSED) == 2
    assert (messenger.deleted_ts, await list_pending_files(services)) == (["F3"], ["F1"])
    # When Slack has changed its mind, then it goes too, an hour later and not before
    messenger.delete_errors.clear()
    assert await delete_due_files(services, DELETION_DUE, UNPAUSED) == 0
    assert await delete_due_files(services, DELETION_DUE + timedelta(hours=1), UNPAUSED) == 1
    assert await list_pending_files(services) == []


@pytest.mark.parametrize(
    "problem", [slack_refusal("ratelimited"), slack_refusal("missing_scope"), aiohttp.ClientError()]
)
async def test_all_files_wait_when_slack_is_away_or_refuses_the_app(
    make_services: ServicesFactory, problem: Exception
) -> None:
    services = await make_services(RecordingMessenger(delete_errors={"F1": problem}))
    await note_files(services, "F1", "F2")

    assert await delete_due_files(services, DELETION_DUE, UNPAUSED) == 0
    assert await list_pending_files(services) == ["F1", "F2"]

    # After a restart, with Slack there again, all go at once
    assert await delete_due_files(await make_services(RecordingMessenger()), DELETION_DUE, UNPAUSED) == 2


async def test_operator_is_notified_once_when_slack_never_deletes_a_file(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(
        RecordingMessenger(delete_errors={"F1": slack_refusal("cant_delete_file")})
    )
    await note_files(services, "F1")

    with capture_logs() as logs:
        for week in range(STUCK_AFTER_TRIES + 1):
            at = DELETION_DUE + timedelta(weeks=week)
            services.clock.move(at)  # type: ignore[attr-defined]  # it is a stopped clock here
            await delete_due_files(services, at, UNPAUSED)

    events = [entry["event"] for entry in logs]
    assert events == ["owner_file.refused"] * (STUCK_AFTER_TRIES - 1) + [
        "owner_file.stuck",
        "owner_file.refused",
    ]
    async with services.database.read_transaction() as connection:
        assert await count_refused_file_deletions(connection, TEAM, STUCK_AFTER_TRIES) == 1


async def test_few_files_are_deleted_in_one_round(make_services: ServicesFactory) -> None:
    services = await make_services(RecordingMessenger())
    await note_files(services, "F1", "F2", "F3")

    assert await delete_due_files(services, DELETION_DUE, DeletionPolicy(max_count=2, pause_seconds=0)) == 2
    assert await list_pending_files(services) == ["F3"]


@EACH_DATABASE
async def test_job_deletes_what_is_due_and_nothing_else(make_services: ServicesFactory) -> None:
    messenger = RecordingMessenger()
    services = await make_services(messenger)
    await note_files(services, "F1", kept=timedelta(0))
    await note_files(services, "F2")

    for entry in timetable(Timings()):
        if entry.name == "delete_files":
            await run_job(services, entry)

    assert (messenger.deleted_ts, await list_pending_files(services)) == (["F1"], ["F2"])


def test_no_file_is_uploaded_that_is_neither_somebodys_own_nor_noted() -> None:
    def uploads(node: ast.AST) -> Any:
        return isinstance(node, ast.Attribute) and node.attr == "upload_file"

    found = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "bot").rglob("*.py")
        if any(map(uploads, ast.walk(ast.parse(file.read_text("utf-8")))))
    }

    assert found == {*OWN_FILES, "bot/workflows/privacy/owner_files.py"}, (
        "use upload_for_owner for a file with names"
    )
