"""Drafts: one current draft per person, saved version by version, and never shown in an older version."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.engine.errors import CurrentDraftExistsError, StaleDraftError, UnstorableTextError
from db.models import PublishedStory, ShownDraft, StoryVersion
from db.models.drafts import DraftStatus, DraftStep, PersonMessage, Question, SkippedAnswer, WrittenAnswer
from db.queries.drafts import (
    add_draft,
    delete_draft,
    find_current_draft,
    find_draft,
    list_all_drafts_of_person,
    list_published_stories_of_others,
    list_unshown_drafts,
    lock_person_and_current_draft,
    mark_draft_shown,
    set_landed,
    update_draft,
)
from db.queries.people import upsert_person_profile
from db.queries.story_versions import add_version, find_latest_version, list_versions
from tests.db.samples import MAYA, NOW, OMAR, TEAM, draft, get_mayas_draft, person

LATER = NOW + timedelta(minutes=1)


async def test_a_saved_draft_is_the_current_one_with_every_answer(database: Database) -> None:
    new = draft()
    answer = WrittenAnswer((PersonMessage("hi &amp; hello", "hi & hello", "D1", "1.2"),))
    answered = replace(new.with_answer(Question(DraftStep.WARM_UP), answer), version=1, language="ar")
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, new, at=NOW)
        await update_draft(connection, TEAM, MAYA, answered, at=LATER)
    async with database.read_transaction() as connection:
        stored = await find_current_draft(connection, TEAM, MAYA)
    assert stored is not None
    assert (stored.draft, stored.created_at, stored.updated_at) == (answered, NOW, LATER)


async def test_saving_is_refused_when_somebody_saved_before(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        await update_draft(connection, TEAM, MAYA, draft(version=1), at=NOW)
    with pytest.raises(StaleDraftError):
        async with database.write_transaction() as connection:
            await update_draft(connection, TEAM, MAYA, draft(version=1, edited="x"), at=NOW)
    async with database.read_transaction() as connection:
        assert (await get_mayas_draft(connection)).draft.edited is None


async def test_a_second_current_draft_is_refused_until_the_first_is_put_aside(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(status=DraftStatus.PAUSED), at=NOW)
    with pytest.raises(CurrentDraftExistsError):
        async with database.write_transaction() as connection:
            await add_draft(connection, TEAM, MAYA, draft(id="d2"), at=NOW)
    async with database.write_transaction() as connection:
        await update_draft(connection, TEAM, MAYA, draft(status=DraftStatus.ASIDE, version=1), at=NOW)
        await add_draft(connection, TEAM, MAYA, draft(id="d2"), at=LATER)
        assert [stored.draft.id for stored in await list_all_drafts_of_person(connection, TEAM, MAYA)] == [
            "d1",
            "d2",
        ]
    with pytest.raises(CurrentDraftExistsError):
        async with database.write_transaction() as connection:
            await update_draft(connection, TEAM, MAYA, draft(version=2), at=NOW)


async def test_ten_concurrent_turns_each_start_where_the_previous_one_ended(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)

    async def turn(number: int) -> None:
        async with database.write_transaction() as connection:
            locked = await lock_person_and_current_draft(connection, TEAM, MAYA)
            assert locked is not None
            assert locked.current is not None
            before = locked.current.draft
            after = replace(before, opened=(*before.opened, str(number)), version=before.version + 1)
            await update_draft(connection, TEAM, MAYA, after, at=NOW)

    await asyncio.gather(*(turn(number) for number in range(10)))
    async with database.read_transaction() as connection:
        saved = (await get_mayas_draft(connection)).draft
    assert (saved.version, sorted(saved.opened)) == (10, [str(number) for number in range(10)])


async def test_text_that_no_database_stores_is_rejected_clearly(database: Database) -> None:
    for words in ("a\x00b", "a\ud800b"):
        with pytest.raises(UnstorableTextError):
            async with database.write_transaction() as connection:
                await add_draft(connection, TEAM, MAYA, draft(edited=words), at=NOW)
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(edited="a typed \\u0000 is fine"), at=NOW)


async def test_a_person_is_locked_with_their_draft(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await lock_person_and_current_draft(connection, TEAM, MAYA) is None
        await upsert_person_profile(connection, person())
        alone = await lock_person_and_current_draft(connection, TEAM, MAYA)
        stored = await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        both = await lock_person_and_current_draft(connection, TEAM, MAYA)
    assert alone is not None
    assert both is not None
    assert (alone.person, alone.current) == (person(), None)
    assert (both.person, both.current) == (person(), stored)


async def test_an_older_version_is_never_marked_as_shown_last(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        assert [stored.draft.id for stored in await list_unshown_drafts(connection, TEAM, 10)] == ["d1"]
        assert await mark_draft_shown(connection, TEAM, "d1", ShownDraft(0, "D1", "1.0"))
        assert await list_unshown_drafts(connection, TEAM, 10) == ()
        await update_draft(connection, TEAM, MAYA, draft(version=1), at=NOW)
        assert len(await list_unshown_drafts(connection, TEAM, 10)) == 1
        assert await mark_draft_shown(connection, TEAM, "d1", ShownDraft(1, "D1", "2.0", "key"))
        assert not await mark_draft_shown(connection, TEAM, "d1", ShownDraft(0, "D1", "1.5"))
        stored = await get_mayas_draft(connection)
    assert (stored.shown_version, stored.shown_channel, stored.shown_ts, stored.shown_key) == (
        1,
        "D1",
        "2.0",
        "key",
    )


async def test_finishing_is_dated_once_and_undone_when_the_story_is_resumed(
    database: Database,
) -> None:
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        dates = []
        for version, status in enumerate(
            (DraftStatus.FINISHED, DraftStatus.FINISHED, DraftStatus.OPEN, DraftStatus.FINISHED), 1
        ):
            at = NOW + timedelta(days=version)
            await update_draft(connection, TEAM, MAYA, draft(version=version, status=status), at=at)
            dates.append((await get_mayas_draft(connection)).finished_at)
    assert dates == [NOW + timedelta(days=1), NOW + timedelta(days=1), None, NOW + timedelta(days=4)]


async def test_deleting_a_draft_deletes_all_its_parts(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(answers={"warm_up": SkippedAnswer()}), at=NOW)
        await add_version(connection, StoryVersion(TEAM, MAYA, "d1", 1, "words", None, "composed", NOW))
        assert not await delete_draft(connection, TEAM, OMAR, "d1")
        assert await delete_draft(connection, TEAM, MAYA, "d1")
        assert not await delete_draft(connection, TEAM, MAYA, "d1")
        assert await find_latest_version(connection, TEAM, MAYA, "d1") is None
        assert await find_draft(connection, TEAM, MAYA, "d1") is None


async def test_published_stories_are_the_latest_texts_of_other_people(database: Database) -> None:
    async with database.write_transaction() as connection:
        for user, name in ((MAYA, "d1"), (OMAR, "d2"), ("U0LINA", "d3")):
            await add_draft(connection, TEAM, user, draft(id=name, status=DraftStatus.FINISHED), at=NOW)
            for n in (1, 2):
                text = f"{name} version {n}"
                await add_version(connection, StoryVersion(TEAM, user, name, n, text, "Head", "edited", NOW))
        await set_landed(connection, TEAM, MAYA, "d1", landed="up")
        await set_landed(connection, TEAM, OMAR, "d2", landed="up")
        await set_landed(connection, TEAM, "U0LINA", "d3", landed="not_yet")
        assert await list_published_stories_of_others(connection, TEAM, MAYA) == (
            PublishedStory(OMAR, "d2", "d2 version 2"),
        )
        assert [version.n for version in await list_versions(connection, TEAM, OMAR, "d2")] == [1, 2]
        assert (await find_latest_version(connection, TEAM, OMAR, "d2")).n == 2  # type: ignore[union-attr]  # two were added
