"""Turns that were saved and not shown, because a process died in between or Slack was unreachable."""

from __future__ import annotations

from datetime import timedelta

import structlog

from bot.conversation.turns import (
    AskQuestion,
    StoryFinished,
    Turn,
)
from bot.errors import UnreachableError
from bot.outgoing import SendCallback
from bot.services import Services, UserRef
from bot.views.blocks import split_message
from bot.workflows.people.members import ensure_dm_channel, texts_for
from bot.workflows.stories.context import TurnContext, load_material
from bot.workflows.stories.preference_offers import send_missing_offers
from bot.workflows.stories.show import (
    TurnMessage,
    build_or_send_story_copy,
    mark_shown_without_message,
    post_turn_message,
    turn_messages,
)
from db.models import ShownDraft, StoredDraft
from db.models.drafts import DraftStatus, DraftStep
from db.queries import drafts, people

log = structlog.get_logger(__name__)

UNSHOWN_GRACE_PERIOD = timedelta(seconds=30)
"""After this long without being shown, a saved state counts as not shown: its process may have died."""


async def show_unshown(services: Services, *, at_start: bool = False) -> None:
    """Show the saved turns that were never shown, because a process died in between or Slack was unreachable."""
    async with services.database.read_transaction() as connection:
        waiting = await drafts.list_unshown_drafts(connection, services.team, 100)
    for stored in waiting:
        who = UserRef(stored.team_id, stored.user_id)
        is_overdue = services.clock.now() - stored.updated_at > UNSHOWN_GRACE_PERIOD
        if (at_start or is_overdue) and not services.outgoing.is_sending_to(who):
            services.send_after_commit(who, reshow_callback(services, stored))


def reshow_callback(services: Services, stored: StoredDraft) -> SendCallback:
    """Return a callback that shows the saved turn, unless it has been posted by then."""

    async def reshow() -> None:
        async with services.database.read_transaction() as connection:
            person = await people.find_person(connection, stored.team_id, stored.user_id)
            current = await drafts.find_draft(connection, stored.team_id, stored.user_id, stored.draft.id)
            if person is None or current is None or current.draft.version != stored.draft.version:
                return  # erased, or continued since: then the newer turn shows itself
            draft = current.draft
            material = await load_material(connection, services, person, draft)
        context = TurnContext(person, current, material, texts_for(person))
        if draft.status in {DraftStatus.PAUSED, DraftStatus.ASIDE}:
            await mark_shown_without_message(services, context, draft)
            return
        channel = await ensure_dm_channel(services, person)
        key = f"{draft.id}.{draft.version}.q"
        if ts := await services.messenger.find_reply(channel, key):
            shown = ShownDraft(draft.version, channel, ts, key)
            async with services.transaction() as connection:
                await drafts.mark_draft_shown(connection, person.team_id, draft.id, shown)
            return
        log.info("draft.shown_again", user=person.user_id, version=draft.version)
        try:
            await _post_missing_messages(services, context, channel)
        except UnreachableError:  # gone, or their DM is closed: they see their question when they come back
            log.warning("draft.unreachable", user=person.user_id)
            await mark_shown_without_message(services, context, draft)

    return reshow


async def _post_missing_messages(services: Services, context: TurnContext, channel: str) -> None:
    """Post every message of the current question that isn't in the DM yet, the question itself last."""
    draft = context.draft
    await send_missing_offers(services, context.person, context.stored, channel)
    turn: Turn = StoryFinished(draft) if draft.at.step is DraftStep.DONE else AskQuestion(draft)
    whole = turn_messages(context, turn)
    if draft.at.step is DraftStep.TAKE:  # it's no longer known whether the story had only just been finished
        whole = [*await build_or_send_story_copy(services, context, draft), *whole]
    parts = [part for message in whole for part in split_message(message)]
    for number, part in enumerate(parts, 1 - len(parts)):
        name = str(number) if number else "q"
        if name == "q" or not await services.messenger.find_reply(
            channel, f"{draft.id}.{draft.version}.{name}"
        ):
            await post_turn_message(services, context, draft, TurnMessage(part, channel, name))
