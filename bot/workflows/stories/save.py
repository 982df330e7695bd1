"""Saving a turn: the draft, and what it leaves behind for counting, consent and the versions of the text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import side_effects
from bot.conversation.turns import InvitationDeclined, MessagesStopped, Turn
from bot.views.stories.finish import conversation_consent_wording
from bot.workflows.delivery.follow_ups import plan_draft_follow_ups
from bot.workflows.stories.context import TurnContext
from db.models import CardChoice, CardExposure, Consent, StoryVersion
from db.models.drafts import Draft, DraftStep, Question
from db.queries import cards, consents, drafts, people, story_versions

_SEGMENT_QUESTION = Question(DraftStep.SEGMENT)


async def save_turn(connection: AsyncConnection, context: TurnContext, turn: Turn, *, at: datetime) -> None:
    """Save the new draft and everything that follows from it; nothing if the draft is unchanged."""
    before, after = context.draft, turn.draft
    if after == before:
        return
    person = context.person
    if isinstance(turn, InvitationDeclined) and not side_effects.has_own_content(after):
        await drafts.delete_draft(connection, person.team_id, person.user_id, after.id)
        return
    await drafts.update_draft(connection, person.team_id, person.user_id, after, at=at)
    # "Neither" counts as a choice, too.
    if after.answer_to(_SEGMENT_QUESTION) != before.answer_to(_SEGMENT_QUESTION):
        await people.set_segment(connection, person.team_id, person.user_id, after.segment)
    await _record(connection, context, after, at)
    if not (isinstance(turn, MessagesStopped) or person.is_stopped):
        await plan_draft_follow_ups(connection, person, before, after, at=at)


async def _record(connection: AsyncConnection, context: TurnContext, after: Draft, now: datetime) -> None:
    person, before = context.person, context.draft
    if after.opened != before.opened:
        await cards.add_card_exposures(connection, _exposures(context, after, now))
    for change in side_effects.consent_changes(before, after):
        wording = conversation_consent_wording(change.use, context.texts)
        await consents.add_consent(
            connection,
            Consent(
                person.team_id,
                person.user_id,
                change.use,
                change.given,
                wording,
                context.texts.locale,
                now,
                after.id,
            ),
        )
    if (text := side_effects.new_story_version(before, after)) is not None:
        await _add_version(connection, context, after, text, at=now)
        if after.counted:
            await cards.replace_card_choices(
                connection, person.team_id, after.id, _choices(context, after, now)
            )


def _exposures(context: TurnContext, after: Draft, now: datetime) -> list[CardExposure]:
    row = after.deal.row if after.deal else None
    return [
        CardExposure(
            context.person.team_id,
            after.id,
            shown.card,
            shown.theme,
            after.segment,
            _page_number(shown.page),
            shown.position,
            row,
            now,
        )
        for shown in side_effects.newly_shown_counted_cards(context.draft, after, context.material)
    ]


def _page_number(page: str) -> int:
    """Return the page's number: 1 and 2 are the first screen, 3 and up the segment's own cards."""
    return int(page) if page.isdigit() else 2 + int(page.removeprefix("more"))


def _choices(context: TurnContext, after: Draft, now: datetime) -> list[CardChoice]:
    return [
        CardChoice(
            context.person.team_id,
            after.id,
            became.card,
            became.theme,
            after.segment,
            str(became.outcome.fate),
            became.outcome.coverage,
            became.outcome.own_share,
            now,
        )
        for became in side_effects.kept_card_outcomes(after, context.material)
    ]


async def _add_version(
    connection: AsyncConnection,
    context: TurnContext,
    after: Draft,
    text: tuple[str, side_effects.Source],
    *,
    at: datetime,
) -> None:
    person = context.person
    last = await story_versions.find_latest_version(connection, person.team_id, person.user_id, after.id)
    words, source = text
    number = (last.n if last else 0) + 1
    version = StoryVersion(
        person.team_id, person.user_id, after.id, number, words, side_effects.headline(after), source, at
    )
    await story_versions.add_version(connection, version)
