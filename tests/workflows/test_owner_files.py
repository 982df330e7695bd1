"""Files with names: noted before anybody can see them, and deleted one by one when their time has come."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.jobs import run, timetable
from bot.services import Services
from bot.slack.client import Known
from bot.timings import Timings
from bot.workflows.privacy.deletion import STUCK, Pace
from bot.workflows.privacy.owner_files import KEPT, NamedFile, delete_due_files, upload_for_owner
from db.models.privacy import BotFile
from db.queries.owner_files import add_file, count_refused_files, list_due_files
from tests.workflows.companies import NOW, TEAM, Company, Recorder, refused

ROOT = Path(__file__).parents[2]
AT_ONCE = Pace(most=10, pause=0)
DUE = NOW + KEPT
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
TABLE = NamedFile("dry-run.csv", "Spring", b"Maya Okafor")
OWN_FILES = {"bot/workflows/privacy/data_export.py", "bot/workflows/stories/destinations.py"}
"""Where a person is given what is theirs: it stays until they delete it."""


class Killed(BaseException):
    """The process ends here."""


class DiesInTheLastStep(Recorder):
    """Gets a place and an id for a file, and is killed before anybody can see it."""

    async def upload(
        self, channel: str, name: str, title: str, content: bytes, *, known: Known | None = None
    ) -> str:
        """Tell the id, and die."""
        assert known is not None
        await known("F1")
        raise Killed


async def noted(services: Services, *files: str, kept: timedelta = KEPT) -> None:
    """Note files that were uploaded now."""
    async with services.transaction() as connection:
        for file in files:
            await add_file(connection, BotFile(TEAM, file, NOW, NOW + kept))


async def waiting(services: Services) -> list[str]:
    """Return what is still to be deleted, at some time."""
    async with services.database.reading() as connection:
        return [file.id for file in await list_due_files(connection, TEAM, NOW.replace(year=2099), limit=100)]


@BOTH
async def test_file_is_known_when_the_process_dies_before_anybody_can_see_it(company: Company) -> None:
    services = await company(DiesInTheLastStep())

    with pytest.raises(Killed):
        await upload_for_owner(services, "D0LINA", TABLE)

    assert await waiting(services) == ["F1"]
    async with services.database.reading() as connection:
        assert await list_due_files(connection, TEAM, DUE - timedelta(seconds=1), limit=9) == ()
        assert await list_due_files(connection, TEAM, DUE, limit=9) == (BotFile(TEAM, "F1", NOW, DUE),)


@BOTH
async def test_file_that_slack_will_not_delete_holds_nobody_up(company: Company) -> None:
    # Given files that are due, of which Slack refuses one, and knows another no more
    messenger = Recorder(refusals={"F1": refused("cant_delete_file"), "F2": refused("channel_not_found")})
    services = await company(messenger)
    await noted(services, "F1", "F2", "F3")
    services.clock.move(DUE)  # type: ignore[attr-defined]  # it is a stopped clock here
    # When they are deleted, then the others are gone
    assert await delete_due_files(services, DUE, AT_ONCE) == 2
    assert (messenger.deleted, await waiting(services)) == (["F3"], ["F1"])
    # When Slack has changed its mind, then it goes too, an hour later and not before
    messenger.refusals.clear()
    assert await delete_due_files(services, DUE, AT_ONCE) == 0
    assert await delete_due_files(services, DUE + timedelta(hours=1), AT_ONCE) == 1
    assert await waiting(services) == []


@pytest.mark.parametrize("problem", [refused("ratelimited"), refused("missing_scope"), aiohttp.ClientError()])
async def test_all_files_wait_when_slack_is_away_or_refuses_the_app(
    company: Company, problem: Exception
) -> None:
    services = await company(Recorder(refusals={"F1": problem}))
    await noted(services, "F1", "F2")

    assert await delete_due_files(services, DUE, AT_ONCE) == 0
    assert await waiting(services) == ["F1", "F2"]

    # After a restart, with Slack there again, all go at once
    assert await delete_due_files(await company(Recorder()), DUE, AT_ONCE) == 2


async def test_somebody_is_told_once_when_slack_never_deletes_a_file(company: Company) -> None:
    services = await company(Recorder(refusals={"F1": refused("cant_delete_file")}))
    await noted(services, "F1")

    with capture_logs() as logs:
        for week in range(STUCK + 1):
            at = DUE + timedelta(weeks=week)
            services.clock.move(at)  # type: ignore[attr-defined]  # it is a stopped clock here
            await delete_due_files(services, at, AT_ONCE)

    events = [entry["event"] for entry in logs]
    assert events == ["owner_file.refused"] * (STUCK - 1) + ["owner_file.stuck", "owner_file.refused"]
    async with services.database.reading() as connection:
        assert await count_refused_files(connection, TEAM, STUCK) == 1


async def test_few_files_are_deleted_in_one_round(company: Company) -> None:
    services = await company(Recorder())
    await noted(services, "F1", "F2", "F3")

    assert await delete_due_files(services, DUE, Pace(most=2, pause=0)) == 2
    assert await waiting(services) == ["F3"]


@BOTH
async def test_job_deletes_what_is_due_and_nothing_else(company: Company) -> None:
    messenger = Recorder()
    services = await company(messenger)
    await noted(services, "F1", kept=timedelta(0))
    await noted(services, "F2")

    for entry in timetable(Timings()):
        if entry.name == "delete_files":
            await run(services, entry)

    assert (messenger.deleted, await waiting(services)) == (["F1"], ["F2"])


def test_no_file_is_uploaded_that_is_neither_somebodys_own_nor_noted() -> None:
    def uploads(node: ast.AST) -> Any:
        return isinstance(node, ast.Attribute) and node.attr == "upload"

    found = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "bot").rglob("*.py")
        if any(map(uploads, ast.walk(ast.parse(file.read_text("utf-8")))))
    }

    assert found == {*OWN_FILES, "bot/workflows/privacy/owner_files.py"}, (
        "use upload_for_owner for a file with names"
    )
