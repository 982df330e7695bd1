"""What became of a finished story, by its author's word."""

from __future__ import annotations

from bot.errors import DraftNotFoundError
from bot.services import Services, UserRef
from db.models import LandingStatus
from db.queries import drafts


async def set_landing_status(services: Services, who: UserRef, draft_id: str, answer: LandingStatus) -> None:
    """Save the author's answer to "did it land?"."""
    async with services.person_transaction(who) as connection:
        if await drafts.find_draft(connection, who.team, who.user, draft_id) is None:
            raise DraftNotFoundError
        await drafts.set_landed(connection, who.team, who.user, draft_id, landed=answer)
