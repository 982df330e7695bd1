"""Workspaces never see each other: every query runs with another workspace's id."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

import db.queries
from db.engine.database import Database
from db.engine.errors import StoreError
from db.models import CardAssignment, PendingDeletion, ShownDraft, StoryDestination, StoryVersion
from db.models.notices import AttemptResult, BulkNotice, PlannedNotice
from db.models.privacy import BotFile
from db.models.programmes import EmployeeRecord, Role
from db.models.waves import ALL_SEGMENTS, PublishedFigure, WaveAnswer, WaveMember
from db.queries.erasure import erase_person
from db.queries.outbox import Claim
from db.queries.rate_limits import RateLimitSlot
from db.schema.core import metadata
from tests.db.notice_samples import SAMPLE_NOTICE
from tests.db.samples import (
    MAYA,
    NOW,
    OMAR,
    OTHER_TEAM,
    TEAM,
    add_person_with_everything,
    audit_line,
    bot_message,
    change,
    choice,
    consent,
    draft,
    exposure,
    people_list,
    person,
    programme,
    wave,
    workspace,
)

Query = Callable[..., Awaitable[Any]]
DAY = timedelta(days=1)

# Everything about Maya that a caller in the other workspace could know or guess.
ARGUMENTS: dict[str, Any] = {
    "team_id": OTHER_TEAM,
    "user_id": MAYA,
    "user_ids": [MAYA, OMAR],
    "except_user": "U0SOMEBODY",
    "draft_id": "d-maya",
    "question": "draft",
    "name": "deal:tech",
    "segment": "tech",
    "locale": "ar",
    "channel": f"D{OMAR}",
    "ts": "1.1",
    "event_id": "Ev0",
    "limit": 10,
    "at": NOW,
    "before": NOW.replace(year=2030),
    "fewer": True,
    "landed": "up",
    "draft": draft(id="d-maya", version=1, edited="stolen"),
    "shown": ShownDraft(9, "C", "9.9"),
    "person": person(team_id=OTHER_TEAM, name="stolen"),
    "workspace": workspace(team_id=OTHER_TEAM, name="stolen"),
    "version": StoryVersion(OTHER_TEAM, MAYA, "d-maya", 2, "stolen", None, "edited", NOW),
    "assignment": CardAssignment(OTHER_TEAM, "d-maya", "tech", 0, 0, 0, NOW),
    "destination": StoryDestination(OTHER_TEAM, MAYA, "d-maya", "x", NOW),
    "consent": consent(team_id=OTHER_TEAM, given=False),
    "message": bot_message(team_id=OTHER_TEAM, channel=f"D{MAYA}", question="stolen"),
    "programme": programme(team_id=OTHER_TEAM, company="stolen"),
    "role": Role.OWNER,
    "which": (Role.OWNER,),
    "entry": audit_line(team_id=OTHER_TEAM),
    "record": EmployeeRecord(OTHER_TEAM, MAYA, "stolen", None, None, None, NOW),
    "people_list": people_list(team_id=OTHER_TEAM, id=f"F{MAYA}", user_id=MAYA),
    "wave": wave(team_id=OTHER_TEAM, id="w-1", name="stolen"),
    "wave_id": "w-1",
    "users": [MAYA, OMAR],
    "day": NOW.date() - DAY,
    "members": [WaveMember(MAYA, "chosen_out")],
    "wave_answer": WaveAnswer(OTHER_TEAM, MAYA, "w-1", "begun", NOW),
    "kinds": ("landed",),
    "since_then": NOW - DAY,
    "until_then": NOW + DAY,
    "figures": [PublishedFigure("w-1", ALL_SEGMENTS, "started", 99, 99, "exact")],
    "notified_at": NOW - DAY,
    "min_people": 1,
    "from_line": 0,
    "count": 99,
    "problem": "stolen",
    "planned": [PlannedNotice("landed", "U0SOMEBODY", "d9", NOW, NOW)],
    "snooze": PlannedNotice("landed", MAYA, "d-maya", NOW, NOW, user_id=MAYA, subject="d-maya"),
    "notice": SAMPLE_NOTICE,
    "claim": Claim("stolen", "replica-9", -DAY, NOW),
    "result": AttemptResult("stolen"),
    "change": change(team_id=OTHER_TEAM, before="stolen"),
    "deletion": PendingDeletion(OTHER_TEAM, f"D{OMAR}", "1.1", NOW),
    "file": BotFile(OTHER_TEAM, "F0TABLE0", NOW, NOW.replace(year=2030)),
    "file_id": "F0TABLE0",
    "tries": 0,
    "after_leaving": True,
    "recipient": MAYA,
    "now": NOW.replace(year=2030),
    "until": NOW,
    "reason": "stolen",
    "state": "suppressed",
    "misses": 9,
    "kind": "landed",
    "subject": "d-maya",
    "interval": DAY,
    "slot": RateLimitSlot(NOW, NOW),
    "pause": -DAY,
    "wait": -DAY,
    "lease": DAY,
}
# Arguments whose names mean something else in other queries.
ARGUMENTS_BY_QUERY: dict[str, dict[str, Any]] = {
    "add_card_exposures": {"shown": [exposure(team_id=OTHER_TEAM, draft_id="d-maya", card="te-9")]},
    "replace_card_choices": {"chosen": [choice(team_id=OTHER_TEAM)]},
    "add_bulk_notices": {"notice": BulkNotice("landed", "d9", NOW, NOW)},
}
READ_PREFIXES = ("find_", "list_", "load_", "lock_", "count_", "claim_", "is_", "has_")
# The query that exists to see other workspaces, and returns only whether there are any.
SEES_OTHER_WORKSPACES = {"has_other_workspaces"}
# The query that returns the time.
WITHOUT_DATA = {"database_now"}


def list_queries() -> list[Query]:
    """Return every public function of the queries that takes a connection."""
    found = []
    for module in pkgutil.iter_modules(db.queries.__path__, "db.queries."):
        content = importlib.import_module(module.name)
        for name, value in vars(content).items():
            is_ours = inspect.iscoroutinefunction(value) and value.__module__ == module.name
            if is_ours and not name.startswith("_") and "connection" in inspect.signature(value).parameters:
                found.append(value)
    return [query for query in found if query.__name__ not in SEES_OTHER_WORKSPACES | WITHOUT_DATA]


async def run_query(query: Query, connection: AsyncConnection) -> Any:
    """Run the query as the other workspace."""
    arguments = {**ARGUMENTS, **ARGUMENTS_BY_QUERY.get(query.__name__, {})}
    names = [name for name in inspect.signature(query).parameters if name != "connection"]
    return await query(connection, **{name: arguments[name] for name in names})


async def dump_workspace(database: Database, team_id: str) -> list[Any]:
    """Return all rows of a workspace."""
    async with database.read_transaction() as connection:
        return [
            tuple(row)
            for table in metadata.sorted_tables
            for row in await connection.execute(
                select(table).where(table.c.team_id == team_id).order_by(*table.primary_key.columns)
            )
        ]


def is_empty(result: Any) -> bool:
    """Return whether a result contains nothing about anybody."""
    return not any(result.values()) if isinstance(result, dict) else not result


@pytest.fixture
async def neighbours(database: Database) -> Database:
    """A workspace with two people, one of them just erased, and an empty workspace."""
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        await add_person_with_everything(connection, TEAM, OMAR, "d-omar")
        await connection.exec_driver_sql("UPDATE drafts SET landed = 'up', status = 'finished'")
        await erase_person(connection, TEAM, OMAR, NOW)
    return database


def test_every_query_takes_a_workspace() -> None:
    parameters = {query.__name__: inspect.signature(query).parameters for query in list_queries()}
    models = {"person", "workspace", "version", "assignment", "destination", "consent", "message"}
    models |= {
        "programme",
        "entry",
        "record",
        "people_list",
        "notice",
        "wave",
        "wave_answer",
        "change",
        "deletion",
        "file",
    }
    without = [
        name for name, names in parameters.items() if "team_id" not in names and not models & set(names)
    ]
    assert without == ["add_card_exposures"]
    assert len(parameters) > 40


def test_every_table_names_the_workspace() -> None:
    assert [table.name for table in metadata.sorted_tables if "team_id" not in table.c] == []


async def test_nothing_is_read_across_workspaces(neighbours: Database) -> None:
    results = {}
    for query in list_queries():
        if query.__name__.startswith(READ_PREFIXES):
            try:
                async with neighbours.write_transaction() as connection:
                    results[query.__name__] = await run_query(query, connection)
            except StoreError:
                results[query.__name__] = None
    assert len(results) > 20
    assert {name: result for name, result in results.items() if not is_empty(result)} == {}


async def test_nothing_is_changed_across_workspaces(neighbours: Database) -> None:
    before = await dump_workspace(neighbours, TEAM)
    for query in list_queries():
        try:
            async with neighbours.write_transaction() as connection:
                await run_query(query, connection)
        except (StoreError, IntegrityError):
            pass
        assert await dump_workspace(neighbours, TEAM) == before, query.__name__
