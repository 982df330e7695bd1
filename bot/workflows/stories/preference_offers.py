"""Offering what words may mean besides that were kept as an answer: before the next question, again after a kill."""

from __future__ import annotations

from bot.conversation.preference_phrases import Doubt, doubts
from bot.ids import Carried
from bot.services import Services
from bot.text import moment
from bot.views.delivery import snooze
from bot.workflows.people.members import dm_channel, spoken
from db.models import Person, StoredDraft

REPLACED = 50
"""As many messages of an answer can be put back as a button has room for."""


async def offer(services: Services, person: Person, draft_id: str, doubt: Doubt) -> None:
    """The message that has the button; its key says whether it stands there."""
    about = Carried(draft_id, about=" ".join((doubt.said.ts, *doubt.replaced[:REPLACED])))
    message = snooze.offer(doubt.wish, about, spoken(person))
    await services.messenger.reply(await dm_channel(services, person), message, _key(draft_id, doubt))
    services.crash.reached("posted")


async def offer_again(services: Services, person: Person, stored: StoredDraft, channel: str) -> None:
    """What was said since the last question that stood there, and has no offer yet: its process may have died."""
    if not stored.shown_ts:
        return
    for doubt in doubts(stored.draft):
        since = moment(doubt.said.ts) > moment(stored.shown_ts)
        if since and not await services.messenger.find_reply(channel, _key(stored.draft.id, doubt)):
            await offer(services, person, stored.draft.id, doubt)


def _key(draft_id: str, doubt: Doubt) -> str:
    return f"{draft_id}.{doubt.said.ts}.wish"
