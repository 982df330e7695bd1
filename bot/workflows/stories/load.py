"""Reading a draft without changing it, for modals: no lock and no write transaction."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.editing import has_message
from bot.errors import DraftNotFoundError
from bot.services import Services, UserRef
from bot.workflows.people.members import texts_for
from bot.workflows.stories.context import TurnContext, load_full_material, material_without_colleagues
from db.models.drafts import DraftStatus
from db.queries import drafts, people


async def load_turn_context(
    services: Services, who: UserRef, draft_id: str, *, for_checks: bool = False
) -> TurnContext:
    """Return the context of this person's draft; raise DraftNotFoundError if there is none with this id.

    `for_checks` adds what the checks know of others, perhaps thousands of names: a modal's trigger waits for them.
    """
    async with services.database.read_transaction() as connection:
        person = await people.find_person(connection, who.team, who.user)
        stored = await drafts.find_draft(connection, who.team, who.user, draft_id)
        if person is None or stored is None:
            raise DraftNotFoundError
        if for_checks:
            material = await load_full_material(connection, services, person)
        else:
            material = material_without_colleagues(services, person)
    return TurnContext(person, stored, material, texts_for(person))


async def find_resting_story_with_message(
    connection: AsyncConnection, who: UserRef, channel: str, ts: str
) -> str:
    """Return the id of the story, finished or put aside, that has this message's words, or ""."""
    for story in await drafts.list_all_drafts_of_person(connection, who.team, who.user):
        at_rest = story.draft.status in {DraftStatus.FINISHED, DraftStatus.ASIDE}
        if at_rest and has_message(story.draft, channel, ts):
            return story.draft.id
    return ""
