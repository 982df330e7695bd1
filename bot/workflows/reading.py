"""Looking at a draft without changing it, for modals: no lock, no transaction, no waiting."""

from __future__ import annotations

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
