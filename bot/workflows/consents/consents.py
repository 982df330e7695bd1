"""Consents and the segment, set on the Home tab: what is stored, and what changes in the drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.settings_changes import apply_counting_choice, apply_segment_choice
from bot.errors import DraftNotFoundError
from bot.payloads import SegmentChoice
from bot.services import Services, UserRef
from bot.views.privacy.consents import CONSENT_USES, home_consent_wording
from bot.workflows.people.members import texts_for
from db.models import Consent, Person, ShownDraft, StoredDraft
from db.models.drafts import Draft
from db.queries import cards, consents, drafts, people


async def record_consent_choice(services: Services, who: UserRef, use: str, given: bool) -> None:
    """Store a yes or no to one use with the words that the person read; the same answer twice is stored once."""
    if use not in CONSENT_USES:
        return
    async with services.person_transaction(who) as connection:
        person = await _lock_person(connection, who)
        current = (await consents.load_latest_consents_by_use(connection, who.team, who.user)).get(use)
        if current is not None and current.given is given:
            return
        texts, now = texts_for(person), services.clock.now()
        consent = Consent(
            who.team, who.user, use, given, home_consent_wording(use, given, texts), texts.locale, now
        )
        await consents.add_consent(connection, consent)
        if use == "counting":
            await _recount(connection, who, given)


async def withdraw_consents_of_leaver(connection: AsyncConnection, person: Person, now: datetime) -> None:
    """Withdraw every consent of somebody who left, storing the reason in place of the words they read."""
    who, texts = UserRef(person.team_id, person.user_id), texts_for(person)
    await drafts.lock_person_and_current_draft(connection, who.team, who.user)
    for use, consent in (await consents.load_latest_consents_by_use(connection, who.team, who.user)).items():
        if consent.given:
            why = texts.label("consent-left")
            await consents.add_consent(
                connection, Consent(who.team, who.user, use, False, why, texts.locale, now)
            )
            if use == "counting":
                await _recount(connection, who, False)


async def _recount(connection: AsyncConnection, who: UserRef, counted: bool) -> None:
    """Delete the person's card statistics after a no, and note the choice in their drafts."""
    if not counted:
        await cards.delete_card_statistics_of_person(connection, who.team, who.user)
    await _change_drafts(connection, who, lambda draft: apply_counting_choice(draft, counted))


async def set_segment(services: Services, who: UserRef, choice: SegmentChoice) -> None:
    """Set the segment of this person's work; lines shown earlier keep the segment they were shown for."""
    segment = None if choice == "neither" else choice
    async with services.person_transaction(who) as connection:
        await _lock_person(connection, who)
        await people.set_segment(connection, who.team, who.user, segment)
        await _change_drafts(connection, who, lambda draft: apply_segment_choice(draft, segment))


async def _lock_person(connection: AsyncConnection, who: UserRef) -> Person:
    situation = await drafts.lock_person_and_current_draft(connection, who.team, who.user)
    if situation is None:
        raise DraftNotFoundError
    return situation.person


async def _change_drafts(connection: AsyncConnection, who: UserRef, change: Callable[[Draft], Draft]) -> None:
    """Save every draft that this changes. Its screen doesn't change, so it counts as shown still."""
    for stored in await drafts.list_all_drafts_of_person(connection, who.team, who.user):
        after = change(stored.draft)
        if after != stored.draft:
            await _save_draft(connection, stored, replace(after, version=stored.draft.version + 1))


async def _save_draft(connection: AsyncConnection, stored: StoredDraft, after: Draft) -> None:
    team = stored.team_id
    await drafts.update_draft(connection, team, stored.user_id, after, at=stored.updated_at)
    if stored.shown_version == stored.draft.version:
        place = ShownDraft(after.version, stored.shown_channel or "", stored.shown_ts or "", stored.shown_key)
        await drafts.mark_draft_shown(connection, team, after.id, place)
