"""Offers to apply an answer that may have been a preference: sent before the next question, or after a kill."""

from __future__ import annotations

from bot.conversation.preference_phrases import AmbiguousAnswer, ambiguous_answers
from bot.payloads import PreferencePayload
from bot.services import Services
from bot.text import ts_sort_key
from bot.views.delivery import snooze
from bot.workflows.people.members import ensure_dm_channel, texts_for
from db.models import Person, StoredDraft

MAX_REPLACED_IDS = 50
"""The most messages of an earlier answer that fit into a button's value."""


async def send_preference_offer(
    services: Services, person: Person, draft_id: str, ambiguous: AmbiguousAnswer
) -> None:
    """Send the message with the button; its key shows whether it was posted."""
    replaced = tuple(ambiguous.replaced[:MAX_REPLACED_IDS])
    payload = PreferencePayload(draft_id, ambiguous.request, ambiguous.message.ts, replaced)
    message = snooze.misread_preference_offer_message(payload, texts_for(person))
    await services.messenger.post_reply(
        await ensure_dm_channel(services, person), message, _key(draft_id, ambiguous)
    )
    services.crash_points.maybe_crash_at("posted")


async def send_missing_offers(services: Services, person: Person, stored: StoredDraft, channel: str) -> None:
    """Send the offers for answers since the last shown question that have none: the process may have died."""
    if not stored.shown_ts:
        return
    for ambiguous in ambiguous_answers(stored.draft):
        since = ts_sort_key(ambiguous.message.ts) > ts_sort_key(stored.shown_ts)
        if since and not await services.messenger.find_reply(channel, _key(stored.draft.id, ambiguous)):
            await send_preference_offer(services, person, stored.draft.id, ambiguous)


def _key(draft_id: str, ambiguous: AmbiguousAnswer) -> str:
    return f"{draft_id}.{ambiguous.message.ts}.wish"
