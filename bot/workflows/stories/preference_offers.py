"""Offering what words may mean besides that were kept as an answer: before the next question, again after a kill."""

from __future__ import annotations

from bot.conversation.preference_phrases import AmbiguousAnswer, ambiguous_answers
from bot.ids import ButtonPayload
from bot.services import Services
from bot.text import ts_sort_key
from bot.views.delivery import snooze
from bot.workflows.people.members import ensure_dm_channel, texts_for
from db.models import Person, StoredDraft

MAX_REPLACED_IDS = 50
"""As many messages of an answer can be put back as a button has room for."""


async def send_preference_offer(
    services: Services, person: Person, draft_id: str, doubt: AmbiguousAnswer
) -> None:
    """The message that has the button; its key says whether it stands there."""
    about = ButtonPayload(draft_id, subject=" ".join((doubt.said.ts, *doubt.replaced[:MAX_REPLACED_IDS])))
    message = snooze.preference_offer_message(doubt.request, about, texts_for(person))
    await services.messenger.post_reply(
        await ensure_dm_channel(services, person), message, _key(draft_id, doubt)
    )
    services.crash_points.maybe_crash_at("posted")


async def send_missing_offers(services: Services, person: Person, stored: StoredDraft, channel: str) -> None:
    """What was said since the last question that stood there, and has no offer yet: its process may have died."""
    if not stored.shown_ts:
        return
    for doubt in ambiguous_answers(stored.draft):
        since = ts_sort_key(doubt.said.ts) > ts_sort_key(stored.shown_ts)
        if since and not await services.messenger.find_reply(channel, _key(stored.draft.id, doubt)):
            await send_preference_offer(services, person, stored.draft.id, doubt)


def _key(draft_id: str, doubt: AmbiguousAnswer) -> str:
    return f"{draft_id}.{doubt.said.ts}.wish"
