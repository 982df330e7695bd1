"""The custom column types: timestamps keep their instant, and every draft is loaded as it was saved."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from db.engine.database import Database
from db.models.drafts import (
    CardDeal,
    ChosenAnswer,
    Draft,
    DraftStatus,
    DraftStep,
    PersonMessage,
    Question,
    SkippedAnswer,
    StoryLine,
    TextChange,
    WrittenAnswer,
)
from db.queries.drafts import add_draft, update_draft
from db.queries.people import find_person, upsert_person_profile
from db.schema.types import DRAFT_SCHEMA_VERSION, dump_draft, parse_draft_document
from tests.db.samples import MAYA, NOW, TEAM, draft, get_mayas_draft, person

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
NAMES = st.text("abcxyz-:", min_size=1, max_size=8)
MANY_NAMES = st.lists(NAMES, max_size=4).map(tuple)
MESSAGES = st.builds(PersonMessage, TEXTS, TEXTS, NAMES, NAMES, st.booleans())
ANSWERS = st.one_of(
    st.builds(WrittenAnswer, st.lists(MESSAGES, max_size=3).map(tuple)),
    st.builds(ChosenAnswer, MANY_NAMES),
    st.builds(SkippedAnswer),
)
LINES = st.builds(StoryLine, NAMES, TEXTS, MANY_NAMES, st.sampled_from(["culture", "company", ""]))
CHECKS = st.frozensets(st.integers(1, 12), max_size=4)
DRAFTS = st.builds(
    Draft,
    id=st.just("d1"),
    at=st.builds(Question, st.sampled_from(DraftStep), TEXTS),
    status=st.sampled_from(DraftStatus),
    version=st.just(1),
    language=st.sampled_from(["en", "ar", None]),
    segment=st.none() | NAMES,
    counted=st.sampled_from([True, False, None]),
    answers=st.dictionaries(NAMES, ANSWERS, max_size=4),
    deal=st.none() | st.builds(CardDeal, st.integers(0, 2**63 - 1), st.integers(0, 9), MANY_NAMES),
    opened=MANY_NAMES,
    left=st.frozensets(NAMES, max_size=3),
    lines=st.lists(LINES, max_size=3).map(tuple),
    pending=st.none() | MESSAGES,
    unplaced=st.lists(MESSAGES, max_size=2).map(tuple),
    edited=st.none() | TEXTS,
    changes=st.lists(st.builds(TextChange, NAMES, TEXTS, TEXTS), max_size=3).map(tuple),
    notes_shown=CHECKS,
    notes_silenced=CHECKS,
    translation_of=st.none() | NAMES,
)


@given(DRAFTS)
def test_a_draft_read_back_from_its_document_is_the_same_draft(any_draft: Draft) -> None:
    assert parse_draft_document(dump_draft(any_draft)) == any_draft


async def test_any_draft_is_loaded_as_it_was_saved(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
    examples: list[Draft] = []

    @settings(max_examples=40, deadline=None, database=None)
    @given(DRAFTS)
    def collect(any_draft: Draft) -> None:
        examples.append(any_draft)

    collect()
    for any_draft in examples:
        async with database.write_transaction() as connection:
            await update_draft(connection, TEAM, MAYA, any_draft, at=NOW)
            assert (await get_mayas_draft(connection)).draft == any_draft
            await connection.exec_driver_sql("UPDATE drafts SET version = 0")


def test_a_document_from_a_newer_program_is_read_without_its_unknown_fields() -> None:
    document = json.loads(dump_draft(draft(edited="x")))
    assert document["schema"] == DRAFT_SCHEMA_VERSION
    document["mood"] = "sunny"
    document["at"]["colour"] = "red"
    assert parse_draft_document(json.dumps(document)) == draft(edited="x")


def test_a_document_from_an_older_program_gets_the_defaults() -> None:
    assert parse_draft_document('{"schema": 1, "id": "d1"}') == draft()


def test_fields_are_stored_under_the_keys_that_documents_have_had_from_the_start() -> None:
    message = PersonMessage("D1", "1.1", "hello")
    renamed = draft(unplaced=(message,), superseded=(message,), pending=message, translation_of="d0")

    document = json.loads(dump_draft(renamed))

    assert {"strays", "former", "held", "twin"} <= document.keys()
    assert not {"unplaced", "superseded", "pending", "translation_of"} & document.keys()
    assert parse_draft_document(json.dumps(document)) == renamed


def test_the_single_change_of_an_older_document_becomes_a_list_of_one() -> None:
    older = '{"schema": 1, "id": "d1", "change": {"question": "turn", "old": "a", "new": "b"}}'
    assert parse_draft_document(older) == draft(changes=(TextChange("turn", "a", "b"),))
    assert parse_draft_document('{"schema":1,"id":"d1","change":null}') == draft()
    assert parse_draft_document(dump_draft(draft(edited='"change":{"x"'))) == draft(edited='"change":{"x"')


async def test_a_timestamp_from_any_zone_is_read_in_utc(database: Database) -> None:
    riyadh = timezone(timedelta(hours=3))
    moment = datetime(2027, 3, 1, 1, 2, 3, 456789, tzinfo=riyadh)
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person(fetched_at=moment))
        found = await find_person(connection, TEAM, MAYA)
    assert found is not None
    assert found.fetched_at == moment
    assert found.fetched_at.tzinfo is UTC
    assert found.fetched_at.hour == 22


async def test_a_naive_timestamp_is_rejected_with_a_reason(database: Database) -> None:
    naive = datetime(2027, 3, 1)  # noqa: DTZ001  (this is the mistake)
    with pytest.raises(StatementError, match="has no time zone"):
        async with database.write_transaction() as connection:
            await upsert_person_profile(connection, person(fetched_at=naive))
