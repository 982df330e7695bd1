"""Looking at a draft without changing it, for modals: no lock, no transaction, no waiting."""

from __future__ import annotations

from bot.conversation.state import Status, Written
from bot.errors import NoDraft
from bot.services import Services, Who
from bot.workflows.drafting import Scene
from bot.workflows.materials import whole_material
from bot.workflows.people import spoken
from db import drafts, people


async def scene_of(services: Services, who: Who, draft_id: str) -> Scene:
    """The draft with this id as it stands now; NoDraft when it is not this person's, or gone."""
    async with services.database.reading() as session:
        person = await people.find_person(session, who.team, who.user)
        stored = await drafts.find_draft(session, who.team, who.user, draft_id)
        if person is None or stored is None:
            raise NoDraft
        ground = await whole_material(session, services, person)
    return Scene(person, stored, ground, spoken(person))


async def finished_with(services: Services, who: Who, channel: str, ts: str) -> str:
    """The id of the finished draft in which this message is an answer, or nothing: its edits still count."""
    async with services.database.reading() as session:
        stories = await drafts.list_drafts(session, who.team, who.user)
    for story in stories:
        parts = [part for a in story.draft.answers.values() if isinstance(a, Written) for part in a.parts]
        if story.draft.status is Status.FINISHED and (channel, ts) in {(p.channel, p.ts) for p in parts}:
            return story.draft.id
    return ""
