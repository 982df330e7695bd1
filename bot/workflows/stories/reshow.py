"""Questions that were saved and not shown: a process died in between, or Slack was unreachable."""

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
    mark_shown,
    post_turn_message,
    story_copy_messages,
    turn_messages,
)
from db.models import ShownDraft, StoredDraft
from db.models.drafts import DraftStatus, DraftStep
from db.queries import drafts, people

log = structlog.get_logger(__name__)

UNSHOWN_GRACE_PERIOD = timedelta(seconds=30)
"""After this long without being shown, a saved state counts as not shown: its process may have died."""


async def show_unshown(services: Services, *, at_start: bool = False) -> None:
    """Show again what was saved and not shown, because a process died in between or Slack was away."""
    async with services.database.read_transaction() as connection:
        waiting = await drafts.list_unshown_drafts(connection, services.team, 100)
    for stored in waiting:
        who = UserRef(stored.team_id, stored.user_id)
        old = services.clock.now() - stored.updated_at > UNSHOWN_GRACE_PERIOD
        if (at_start or old) and not services.outgoing.is_sending_to(who):
            services.send_after_commit(who, reshow_callback(services, stored))


def reshow_callback(services: Services, stored: StoredDraft) -> SendCallback:
    """What was saved and not shown, to be said unless it stands there by then."""

    async def again() -> None:
        async with services.database.read_transaction() as connection:
            person = await people.find_person(connection, stored.team_id, stored.user_id)
            now = await drafts.find_draft(connection, stored.team_id, stored.user_id, stored.draft.id)
            if person is None or now is None or now.draft.version != stored.draft.version:
                return  # erased, or gone on since: what came of that is shown by its own turn
            draft = now.draft
            ground = await load_material(connection, services, person, draft)
        scene = TurnContext(person, now, ground, texts_for(person))
        if draft.status in {DraftStatus.PAUSED, DraftStatus.ASIDE}:
            await mark_shown(services, scene, draft)
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
            await _post_missing_messages(services, scene, channel)
        except UnreachableError:  # gone, or their DM is closed: they see where they were when they come back
            log.warning("draft.unreachable", user=person.user_id)
            await mark_shown(services, scene, draft)

    return again


async def _post_missing_messages(services: Services, context: TurnContext, channel: str) -> None:
    """Every part of the present question that does not stand there yet, the question itself last."""
    draft = context.draft
    await send_missing_offers(services, context.person, context.stored, channel)
    turn: Turn = StoryFinished(draft) if draft.at.step is DraftStep.DONE else AskQuestion(draft)
    whole = turn_messages(context, turn)
    if draft.at.step is DraftStep.TAKE:  # whether it had just come there is not known any more
        whole = [*await story_copy_messages(services, context, draft), *whole]
    parts = [part for message in whole for part in split_message(message)]
    for number, part in enumerate(parts, 1 - len(parts)):
        name = str(number) if number else "q"
        if name == "q" or not await services.messenger.find_reply(
            channel, f"{draft.id}.{draft.version}.{name}"
        ):
            await post_turn_message(services, context, draft, TurnMessage(part, channel, name))
