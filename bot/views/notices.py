"""What is said unasked: the question, why it comes, and how one makes it stop."""

from __future__ import annotations

from bot import ids
from bot.ids import Carried
from bot.texts import Texts
from bot.views.blocks import Element, Message, actions, button, context, section
from bot.views.dates import day
from bot.views.home import LANDINGS
from db.models import StoredDraft


def landed(story: StoredDraft, tz: str | None, texts: Texts) -> Message:
    """Did it land? Any answer ends it."""
    row = [
        button(texts.label(f"choice-landed-{name}"), ids.LANDED, Carried(story.draft.id, choice=name))
        for name in LANDINGS
    ]
    why = texts.say("notice-landed-why", date=day(story.finished_at or story.updated_at, texts, tz))
    return notice(texts.say("landed-ask"), why, row, texts)


def paused(stored: StoredDraft, tz: str | None, texts: Texts) -> Message:
    """Shall we go on?"""
    draft = stored.draft.id
    row = [
        button(texts.label("choice-resume"), ids.STORY_RESUME, Carried(draft), "primary"),
        button(texts.label("choice-not-now"), ids.NOTICE_LATER, Carried(draft)),
    ]
    why = texts.say("notice-paused-why", date=day(stored.updated_at, texts, tz))
    return notice(texts.say("notice-paused-ask"), why, row, texts)


def reminded(draft_id: str, texts: Texts) -> Message:
    """What a pause is answered with: one reminder is going to come, unless it is not wanted."""
    said = texts.say("paused-reminded")
    cancel = button(texts.label("choice-no-reminder"), ids.NOTICE_CANCEL, Carried(draft_id))
    return Message(f"{said}\n• {cancel['text']['text']}", (section(said), *actions([cancel])))


def notice(said: str, why: str, row: list[Element], texts: Texts) -> Message:
    """What is said, with its buttons and the one that ends all of it, and below in small why it came."""
    row = [*row, button(texts.label("home-first-stop"), ids.NOTICE_STOP, Carried())]
    words = [said, *(f"• {element['text']['text']}" for element in row), why]
    return Message("\n".join(words), (section(said), *actions(row), context(why)))
