"""Looking at a draft without changing it, for modals: no lock, no transaction, no waiting."""

from __future__ import annotations

from bot.conversation.editing import has_message
from bot.errors import DraftNotFoundError
from bot.services import Services, UserRef
from bot.workflows.people.members import texts_for
from bot.workflows.stories.context import load_full_material, plain_material
from bot.workflows.stories.turn import TurnContext
from db.models.drafts import DraftStatus
from db.queries import drafts, people


async def load_turn_context(
    services: Services, who: UserRef, draft_id: str, *, for_checks: bool = False
) -> TurnContext:
    """The draft with this id as it stands now; NoDraft when it is not this person's, or gone.

    `checked` brings what the checks know of others, thousands of names perhaps: a modal's trigger waits for it.
    """
    async with services.database.read_transaction() as connection:
        person = await people.find_person(connection, who.team, who.user)
        stored = await drafts.find_draft(connection, who.team, who.user, draft_id)
        if person is None or stored is None:
            raise DraftNotFoundError
        if for_checks:
            ground = await load_full_material(connection, services, person)
        else:
            ground = plain_material(services, person)
    return TurnContext(person, stored, ground, texts_for(person))


async def find_story_with_message(services: Services, who: UserRef, channel: str, ts: str) -> str:
    """The id of the story, finished or put aside, that has this message's words, or nothing: its edits still count."""
    async with services.database.read_transaction() as connection:
        stories = await drafts.list_drafts(connection, who.team, who.user)
    for story in stories:
        at_rest = story.draft.status in {DraftStatus.FINISHED, DraftStatus.ASIDE}
        if at_rest and has_message(story.draft, channel, ts):
            return story.draft.id
    return ""
