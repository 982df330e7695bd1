"""Workspaces never see each other: every query is asked with another workspace's id."""

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
from db.models import Dealt, Shown, Sweep, Taking, Version
from db.models.notices import Alike, Attempted, Notice, Planned
from db.models.privacy import BotFile
from db.models.programmes import Listing, Role
from db.models.waves import EVERYONE, Figure, Member, WaveAnswer
from db.queries.erasure import erase_person
from db.queries.outbox import Claim
from db.queries.rate_limits import Beat
from db.schema.core import metadata
from tests.db.samples import (
    MAYA,
    NOW,
    OMAR,
    OTHER_TEAM,
    TEAM,
    audit_line,
    change,
    choice,
    consent,
    draft,
    exposure,
    message,
    people_list,
    person,
    programme,
    somebody_with_everything,
    wave,
    workspace,
)

Query = Callable[..., Awaitable[Any]]
DAY = timedelta(days=1)

# The first notice of a database, as somebody in the other workspace would name it.
NOTICE = Notice(
    id=1,
    team_id=OTHER_TEAM,
    key="k",
    kind="landed",
    recipient=MAYA,
    user_id=MAYA,
    occurrence="d-maya",
    subject="d-maya",
    policy="once",
    state="sending",
    not_before=NOW,
    not_after=NOW,
    planned_at=NOW,
    attempts=1,
    misses=0,
    attempt_started_at=NOW,
    lease_until=NOW,
    token="token-1",
    channel=None,
    ts=None,
    reason=None,
)

# Everything of Maya's that somebody in the other workspace could know or guess.
ASKED: dict[str, Any] = {
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
    "shown": Shown(9, "C", "9.9"),
    "person": person(team_id=OTHER_TEAM, name="stolen"),
    "workspace": workspace(team_id=OTHER_TEAM, name="stolen"),
    "version": Version(OTHER_TEAM, MAYA, "d-maya", 2, "stolen", None, "edited", NOW),
    "dealt": Dealt(OTHER_TEAM, "d-maya", "tech", 0, 0, 0, NOW),
    "taking": Taking(OTHER_TEAM, MAYA, "d-maya", "x", NOW),
    "consent": consent(team_id=OTHER_TEAM, given=False),
    "message": message(team_id=OTHER_TEAM, channel=f"D{MAYA}", question="stolen"),
    "programme": programme(team_id=OTHER_TEAM, company="stolen"),
    "role": Role.OWNER,
    "which": (Role.OWNER,),
    "line": audit_line(team_id=OTHER_TEAM),
    "listing": Listing(OTHER_TEAM, MAYA, "stolen", None, None, None, NOW),
    "people_list": people_list(team_id=OTHER_TEAM, id=f"F{MAYA}", user_id=MAYA),
    "wave": wave(team_id=OTHER_TEAM, id="w-1", name="stolen"),
    "wave_id": "w-1",
    "users": [MAYA, OMAR],
    "day": NOW.date() - DAY,
    "alike": Alike("landed", "d9", NOW, NOW),
    "members": [Member(MAYA, "chosen_out")],
    "wave_answer": WaveAnswer(OTHER_TEAM, MAYA, "w-1", "begun", NOW),
    "kinds": ("landed",),
    "since_then": NOW - DAY,
    "until_then": NOW + DAY,
    "figures": [Figure("w-1", EVERYONE, "started", 99, 99, "exact")],
    "told": NOW - DAY,
    "fewest": 1,
    "since": 0,
    "count": 99,
    "problem": "stolen",
    "planned": [Planned("landed", "U0SOMEBODY", "d9", NOW, NOW)],
    "snooze": Planned("landed", MAYA, "d-maya", NOW, NOW, user_id=MAYA, subject="d-maya"),
    "notice": NOTICE,
    "claim": Claim("stolen", "replica-9", -DAY, NOW),
    "came": Attempted("stolen"),
    "change": change(team_id=OTHER_TEAM, before="stolen"),
    "sweep": Sweep(OTHER_TEAM, f"D{OMAR}", "1.1", NOW),
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
    "gap": DAY,
    "beat": Beat(NOW, NOW),
    "pause": -DAY,
    "wait": -DAY,
    "lease": DAY,
}
# `shown` and `chosen` are one thing here and many there.
ASKED_OF = {
    "add_exposures": {"shown": [exposure(team_id=OTHER_TEAM, draft_id="d-maya", card="te-9")]},
    "replace_choices": {"chosen": [choice(team_id=OTHER_TEAM)]},
}
READING = (
    "find_",
    "get_",
    "list_",
    "lock_",
    "count_",
    "current_",
    "colleague_",
    "names",
    "latest",
    "counted",
    "everything_",
    "claim_",
    "is_",
    "has_",
)
# This one exists to see the others, and says only whether there are any.
MEANT_TO_SEE = {"other_workspaces"}
# And this one asks for the time.
ABOUT_NOBODY = {"clock_time"}


def queries() -> list[Query]:
    """Every public function of the layer that takes a connection."""
    found = []
    for module in pkgutil.iter_modules(db.queries.__path__, "db.queries."):
        content = importlib.import_module(module.name)
        for name, value in vars(content).items():
            is_ours = inspect.iscoroutinefunction(value) and value.__module__ == module.name
            if is_ours and not name.startswith("_") and "connection" in inspect.signature(value).parameters:
                found.append(value)
    return [query for query in found if query.__name__ not in MEANT_TO_SEE | ABOUT_NOBODY]


async def ask(query: Query, connection: AsyncConnection) -> Any:
    """Ask as the other workspace."""
    given = {**ASKED, **ASKED_OF.get(query.__name__, {})}
    names = [name for name in inspect.signature(query).parameters if name != "connection"]
    return await query(connection, **{name: given[name] for name in names})


async def content_of(database: Database, team_id: str) -> list[Any]:
    """All rows of a workspace."""
    async with database.reading() as connection:
        return [
            tuple(row)
            for table in metadata.sorted_tables
            for row in await connection.execute(
                select(table).where(table.c.team_id == team_id).order_by(*table.primary_key.columns)
            )
        ]


def holds_nothing(answer: Any) -> bool:
    """Whether an answer says nothing about anybody."""
    return not any(answer.values()) if isinstance(answer, dict) else not answer


@pytest.fixture
async def neighbours(database: Database) -> Database:
    """A workspace with two people, one of them just erased, beside one that is empty."""
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        await somebody_with_everything(connection, TEAM, OMAR, "d-omar")
        await connection.exec_driver_sql("UPDATE drafts SET landed = 'up', status = 'finished'")
        await erase_person(connection, TEAM, OMAR, NOW)
    return database


def test_every_query_takes_a_workspace() -> None:
    named = {query.__name__: inspect.signature(query).parameters for query in queries()}
    nouns = {"person", "workspace", "version", "dealt", "taking", "consent", "message"}
    nouns |= {
        "programme",
        "line",
        "listing",
        "people_list",
        "notice",
        "wave",
        "wave_answer",
        "change",
        "sweep",
        "file",
    }
    without = [name for name, given in named.items() if "team_id" not in given and not nouns & set(given)]
    assert without == ["add_exposures"]
    assert len(named) > 40


def test_every_table_names_the_workspace() -> None:
    assert [table.name for table in metadata.sorted_tables if "team_id" not in table.c] == []


async def test_nothing_is_read_across_workspaces(neighbours: Database) -> None:
    told = {}
    for query in queries():
        if query.__name__.startswith(READING):
            try:
                async with neighbours.writing() as connection:
                    told[query.__name__] = await ask(query, connection)
            except StoreError:
                told[query.__name__] = None
    assert len(told) > 20
    assert {name: answer for name, answer in told.items() if not holds_nothing(answer)} == {}


async def test_nothing_is_changed_across_workspaces(neighbours: Database) -> None:
    before = await content_of(neighbours, TEAM)
    for query in queries():
        try:
            async with neighbours.writing() as connection:
                await ask(query, connection)
        except (StoreError, IntegrityError):
            pass
        assert await content_of(neighbours, TEAM) == before, query.__name__
