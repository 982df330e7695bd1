"""Taking a story along: which places it went to, the file, and the one counter that knows nobody."""

from __future__ import annotations

import hashlib

import structlog

from bot.conversation.gaps import display_text
from bot.services import Services, UserRef
from bot.slack.errors import CALL_ERRORS
from bot.workflows.delivery.follow_ups import plan_landing
from bot.workflows.people.members import ensure_dm_channel
from bot.workflows.stories.context import TurnContext
from db.models import BotMessage, StoryDestination
from db.models.drafts import DraftStep, Question
from db.queries import bot_messages, counters, drafts, story_destinations

log = structlog.get_logger(__name__)

DESTINATIONS = frozenset({"linkedin", "medium", "file"})


async def record_destination(services: Services, who: UserRef, draft_id: str, destination: str) -> None:
    """That this story was taken to this place, once."""
    if destination not in DESTINATIONS:
        return
    async with services.person_transaction(who) as connection:
        situation = await drafts.lock_person_with_draft(connection, who.team, who.user)
        if situation is None or await drafts.find_draft(connection, who.team, who.user, draft_id) is None:
            return
        now = services.clock.now()
        await story_destinations.add_story_destination(
            connection, StoryDestination(who.team, who.user, draft_id, destination, now)
        )
        if not situation.person.is_stopped:
            await plan_landing(connection, situation.person, draft_id, at=now)


async def record_glassdoor_click(services: Services) -> None:
    """One more opening of the Glassdoor link. No user is named here, on purpose: it would undo the anonymity."""
    async with services.transaction() as connection:
        await counters.increment_counter(connection, services.team, "glassdoor")


async def send_file(services: Services, context: TurnContext) -> str:
    """The story as a text file in the DM, with the headline above it if there is one.

    When none is sent, the key of the sentence why: it lies there already, or Slack did not take it.

    Where the file lies is kept, so that it can be taken away when everything is deleted, and under a name
    made of what is in it, so that the same words come once.
    """
    headline = context.draft.written_text(Question(DraftStep.HEADLINE))
    content = "\n\n".join(
        part for part in (headline, display_text(context.draft, context.material)) if part
    ).encode("utf-8")
    key = f"file.{hashlib.sha256(content).hexdigest()[:16]}"
    person = context.person
    async with services.database.read_transaction() as connection:
        if (
            await bot_messages.find_question_message(connection, person.team_id, context.draft.id, key)
            is not None
        ):
            return "file-sent-already"
    channel = await ensure_dm_channel(services, person)
    name, title = context.texts.label("file-name"), context.texts.label("file-title")
    try:
        file = await services.messenger.upload_file(channel, name, title, content)
    except CALL_ERRORS as problem:
        log.warning("file.failed", user=person.user_id, error=type(problem).__name__)
        return "export-failed"
    now = services.clock.now()
    one = BotMessage(person.team_id, person.user_id, channel, file, key, True, now, context.draft.id)
    async with services.transaction() as connection:
        await bot_messages.upsert_bot_message(connection, one)
    return ""
