"""Exporting a story: where it was taken, the file, and the one anonymous counter."""

from __future__ import annotations

import hashlib

import structlog

from bot.conversation.gaps import story_with_gap_hints
from bot.services import Services, UserRef
from bot.slack.errors import CALL_ERRORS
from bot.workflows.delivery.follow_ups import plan_landing_question
from bot.workflows.people.members import ensure_dm_channel
from bot.workflows.stories.context import TurnContext
from db.models import BotMessage, StoryDestination
from db.models.drafts import DraftStep, Question
from db.queries import bot_messages, counters, drafts, story_destinations

log = structlog.get_logger(__name__)

DESTINATIONS = frozenset({"linkedin", "medium", "file"})


async def record_destination(services: Services, who: UserRef, draft_id: str, destination: str) -> None:
    """Record once that this story was taken to this destination."""
    if destination not in DESTINATIONS:
        return
    async with services.person_transaction(who) as connection:
        situation = await drafts.lock_person_and_current_draft(connection, who.team, who.user)
        if situation is None or await drafts.find_draft(connection, who.team, who.user, draft_id) is None:
            return
        now = services.clock.now()
        await story_destinations.add_story_destination(
            connection, StoryDestination(who.team, who.user, draft_id, destination, now)
        )
        if not situation.person.is_stopped:
            await plan_landing_question(connection, situation.person, draft_id, at=now)


async def record_glassdoor_click(services: Services) -> None:
    """Count one click on the Glassdoor link. It names no user on purpose: that would undo the anonymity."""
    async with services.transaction() as connection:
        await counters.increment_counter(connection, services.team, "glassdoor")


async def send_file(services: Services, context: TurnContext) -> str:
    """Send the story as a text file in the DM, under its headline if it has one.

    Return the key of the reason if no file is sent: it was sent already, or Slack refused it.

    The file's id is stored, so that it can be deleted with everything else, under a name derived from its
    content, so that the same words are sent once.
    """
    headline = context.draft.written_text(Question(DraftStep.HEADLINE))
    content = "\n\n".join(
        part for part in (headline, story_with_gap_hints(context.draft, context.material)) if part
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
    message = BotMessage(person.team_id, person.user_id, channel, file, key, True, now, context.draft.id)
    async with services.transaction() as connection:
        await bot_messages.upsert_bot_message(connection, message)
    return ""
