"""What lies in the database, asked through the bot's own queries: for what no screen shows."""

from __future__ import annotations

from sqlalchemy import text

from db.models import Consent, Exposure, StoredDraft, Version
from db.models import Person as PersonOfTheTeam
from db.models.drafts import Question
from db.queries import consents, drafts, exposures, story_versions
from db.queries.people import find_person
from db.schema.core import metadata
from tests.e2e.people import Person
from tests.e2e.stage import Stage

TEAM = "T0QAMAR"
TABLES = tuple(metadata.tables)


async def current(stage: Stage, person: Person) -> StoredDraft:
    """The draft that this person is writing."""
    found = [one for one in await stories(stage, person) if one.draft.status in {"open", "paused"}]
    assert len(found) == 1, f"{person.id} has {len(found)} drafts in progress"
    return found[0]


async def stories(stage: Stage, person: Person) -> tuple[StoredDraft, ...]:
    """Every draft and story of this person, the oldest first."""
    await stage.quiet()
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        return await drafts.list_drafts(connection, TEAM, person.id)


async def answer(stage: Stage, person: Person, step: str) -> str:
    """The words answered at this step of the draft in progress."""
    return (await current(stage, person)).draft.written(Question.named(step))


async def texts(stage: Stage, person: Person) -> list[Version]:
    """Every version of the whole text of the newest story, the oldest first."""
    newest = (await stories(stage, person))[-1]
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        return list(await story_versions.list_versions(connection, TEAM, person.id, newest.draft.id))


async def agreements(stage: Stage, person: Person) -> dict[str, Consent]:
    """What this person agreed to or refused, by use; the latest word of each."""
    await stage.quiet()
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        return await consents.current_consents(connection, TEAM, person.id)


async def shown_cards(stage: Stage, person: Person) -> list[Exposure]:
    """The cards recorded as shown in the newest story, in the order of their positions."""
    newest = (await stories(stage, person))[-1]
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        found = await exposures.list_exposures(connection, TEAM, newest.draft.id)
    return sorted(found, key=lambda one: one.position)


async def tables_with(stage: Stage, fragment: str) -> list[str]:
    """The tables in which these words stand anywhere, as the database itself holds them."""
    await stage.quiet()
    assert stage.bot is not None
    found = []
    async with stage.bot.services.database.reading() as connection:
        for table in metadata.tables:
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            if any(fragment in str(value) for row in rows for value in row):
                found.append(table)
    return found


async def rows_of(stage: Stage, table: str) -> list[tuple[object, ...]]:
    """Every row of a table, raw."""
    await stage.quiet()
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        return [tuple(row) for row in (await connection.execute(text(f"SELECT * FROM {table}"))).all()]


async def people(stage: Stage) -> list[PersonOfTheTeam]:
    """Everybody whom the bot knows."""
    await stage.quiet()
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        users = [str(row[0]) for row in await connection.execute(text("SELECT user_id FROM people"))]
        found = [await find_person(connection, TEAM, user) for user in users]
    return [one for one in found if one is not None]
