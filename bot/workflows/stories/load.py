"""Looking at a draft without changing it, for modals: no lock, no transaction, no waiting."""

from __future__ import annotations

from bot.conversation.editing import has_message
from bot.errors import NoDraft
from bot.services import Services, Who
from bot.workflows.people.members import spoken
from bot.workflows.stories.context import plain_material, whole_material
from bot.workflows.stories.turn import Scene
from db.models.drafts import Status
from db.queries import drafts, people


async def scene_of(services: Services, who: Who, draft_id: str, *, checked: bool = False) -> Scene:
    """The draft with this id as it stands now; NoDraft when it is not this person's, or gone.

    `checked` brings what the checks know of others, thousands of names perhaps: a modal's trigger waits for it.
    """
    async with services.database.reading() as connection:
        person = await people.find_person(connection, who.team, who.user)
        stored = await drafts.find_draft(connection, who.team, who.user, draft_id)
        if person is None or stored is None:
            raise NoDraft
        if checked:
            ground = await whole_material(connection, services, person)
        else:
            ground = plain_material(services, person)
    return Scene(person, stored, ground, spoken(person))


async def story_with(services: Services, who: Who, channel: str, ts: str) -> str:
    """The id of the story, finished or put aside, that has this message's words, or nothing: its edits still count."""
    async with services.database.reading() as connection:
        stories = await drafts.list_drafts(connection, who.team, who.user)
    for story in stories:
        at_rest = story.draft.status in {Status.FINISHED, Status.ASIDE}
        if at_rest and has_message(story.draft, channel, ts):
            return story.draft.id
    return ""
