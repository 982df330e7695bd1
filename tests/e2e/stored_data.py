"""Stored data that no screen shows, read through the bot's own queries."""

from __future__ import annotations

from sqlalchemy import text

from db.models import CardExposure, Consent, StoredDraft, StoryVersion
from db.models import Person as PersonOfTheTeam
from db.models.drafts import Question
from db.queries import consents, drafts, story_versions
from db.queries.people import find_person
from db.schema.core import card_exposures, metadata
from tests.db.stored_rows import rows_of_draft
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.slack_user import SlackUser

TEAM = "T0QAMAR"
TABLES = tuple(metadata.tables)


async def current_draft(app: AppUnderTest, person: SlackUser) -> StoredDraft:
    """Return the draft that this person is writing."""
    found = [one for one in await list_drafts(app, person) if one.draft.status in {"open", "paused"}]
    assert len(found) == 1, f"{person.id} has {len(found)} drafts in progress"
    return found[0]


async def list_drafts(app: AppUnderTest, person: SlackUser) -> tuple[StoredDraft, ...]:
    """Return every draft and story of this person, oldest first."""
    await app.wait_until_idle()
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        return await drafts.list_all_drafts_of_person(connection, TEAM, person.id)


async def answer_text(app: AppUnderTest, person: SlackUser, step: str) -> str:
    """Return the text of the answer to this step of the draft in progress."""
    return (await current_draft(app, person)).draft.written_text(Question.from_key(step))


async def list_text_versions(app: AppUnderTest, person: SlackUser) -> list[StoryVersion]:
    """Return every version of the newest story's text, oldest first."""
    newest = (await list_drafts(app, person))[-1]
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        return list(await story_versions.list_versions(connection, TEAM, person.id, newest.draft.id))


async def latest_consents(app: AppUnderTest, person: SlackUser) -> dict[str, Consent]:
    """Return this person's latest consent or refusal for each use."""
    await app.wait_until_idle()
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        return await consents.load_latest_consents_by_use(connection, TEAM, person.id)


async def list_shown_cards(app: AppUnderTest, person: SlackUser) -> list[CardExposure]:
    """Return the cards recorded as shown in the newest story, by position."""
    newest = (await list_drafts(app, person))[-1]
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        found = await rows_of_draft(connection, CardExposure, card_exposures, newest.draft.id)
    return sorted(found, key=lambda one: one.position)


async def tables_containing(app: AppUnderTest, fragment: str) -> list[str]:
    """Return the tables that contain this text anywhere, as the database stores it."""
    await app.wait_until_idle()
    assert app.bot is not None
    found = []
    async with app.bot.services.database.read_transaction() as connection:
        for table in metadata.tables:
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            if any(fragment in str(value) for row in rows for value in row):
                found.append(table)
    return found


async def table_rows(app: AppUnderTest, table: str) -> list[tuple[object, ...]]:
    """Return every raw row of a table."""
    await app.wait_until_idle()
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        return [tuple(row) for row in (await connection.execute(text(f"SELECT * FROM {table}"))).all()]


async def list_people(app: AppUnderTest) -> list[PersonOfTheTeam]:
    """Return everybody the bot knows."""
    await app.wait_until_idle()
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        users = [str(row[0]) for row in await connection.execute(text("SELECT user_id FROM people"))]
        found = [await find_person(connection, TEAM, user) for user in users]
    return [one for one in found if one is not None]
