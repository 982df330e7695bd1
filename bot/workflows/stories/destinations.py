"""Taking a story along: which places it went to, the file, and the one counter that knows nobody."""

from __future__ import annotations

import hashlib

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.conversation.gaps import shown_text
from bot.services import Services, Who
from bot.workflows.delivery.follow_ups import plan_landing
from bot.workflows.people.members import dm_channel
from bot.workflows.stories.turn import Scene
from db.models import SaidByBot, Taking
from db.models.drafts import Question, Step
from db.queries import bot_messages, counters, drafts, story_destinations

log = structlog.get_logger(__name__)

PLACES = frozenset({"linkedin", "medium", "file"})


async def record(services: Services, who: Who, draft_id: str, place: str) -> None:
    """That this story was taken to this place, once."""
    if place not in PLACES:
        return
    async with services.turn(who) as connection:
        situation = await drafts.lock_situation(connection, who.team, who.user)
        if situation is None or await drafts.find_draft(connection, who.team, who.user, draft_id) is None:
            return
        now = services.clock.now()
        await story_destinations.add_taking(connection, Taking(who.team, who.user, draft_id, place, now))
        if not situation.person.is_stopped:
            await plan_landing(connection, situation.person, draft_id, at=now)


async def count_glassdoor(services: Services) -> None:
    """One more opening of the Glassdoor link. No user is named here, on purpose: it would undo the anonymity."""
    async with services.transaction() as connection:
        await counters.count(connection, services.team, "glassdoor")


async def send_file(services: Services, scene: Scene) -> str:
    """The story as a text file in the DM, with the headline above it if there is one.

    When none is sent, the key of the sentence why: it lies there already, or Slack did not take it.

    Where the file lies is kept, so that it can be taken away when everything is deleted, and under a name
    made of what is in it, so that the same words come once.
    """
    headline = scene.draft.written(Question(Step.HEADLINE))
    content = "\n\n".join(
        part for part in (headline, shown_text(scene.draft, scene.material)) if part
    ).encode("utf-8")
    key = f"file.{hashlib.sha256(content).hexdigest()[:16]}"
    person = scene.person
    async with services.database.reading() as connection:
        if await bot_messages.find_said(connection, person.team_id, scene.draft.id, key) is not None:
            return "file-sent-already"
    channel = await dm_channel(services, person)
    name, title = scene.texts.label("file-name"), scene.texts.label("file-title")
    try:
        file = await services.messenger.upload(channel, name, title, content)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
        log.warning("file.failed", user=person.user_id, error=type(problem).__name__)
        return "export-failed"
    now = services.clock.now()
    one = SaidByBot(person.team_id, person.user_id, channel, file, key, True, now, scene.draft.id)
    async with services.transaction() as connection:
        await bot_messages.add_said(connection, one)
    return ""
