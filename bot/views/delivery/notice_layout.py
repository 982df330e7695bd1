"""What is said unasked: the question, why it comes, and how one makes it stop."""

from __future__ import annotations

from bot import ids
from bot.i18n import Texts
from bot.ids import Carried
from bot.views.blocks import Element, Message, actions, button, context, label, section
from bot.views.dates import day
from bot.views.delivery.snooze import later, quiet_picker
from bot.views.home import LANDINGS
from db.models import StoredDraft


def landed(story: StoredDraft, tz: str | None, texts: Texts, *, again: bool = False) -> Message:
    """Did it land? Any answer ends it."""
    row = [
        button(texts.label(f"choice-landed-{name}"), ids.LANDED, Carried(story.draft.id, choice=name))
        for name in LANDINGS
    ]
    why = texts.say("notice-landed-why", date=day(story.finished_at or story.updated_at, texts, tz))
    about = Carried(story.draft.id, about="landed")
    return notice(texts.say("landed-ask"), _why(why, texts, again=again), [row, _later(about, texts)], texts)


def paused(stored: StoredDraft, tz: str | None, texts: Texts, *, again: bool = False) -> Message:
    """Shall we go on?"""
    draft = stored.draft.id
    row = [
        button(texts.label("choice-resume"), ids.STORY_RESUME, Carried(draft), "primary"),
        button(texts.label("choice-not-now"), ids.NOTICE_LATER, Carried(draft)),
    ]
    why = texts.say("notice-paused-why", date=day(stored.updated_at, texts, tz))
    about = Carried(draft, about="paused")
    said = texts.say("notice-paused-ask")
    return notice(said, _why(why, texts, again=again), [row, _later(about, texts)], texts)


def _later(about: Carried, texts: Texts) -> list[Element]:
    return later(ids.NOTICE_AGAIN, about, texts)


def _why(first: str, texts: Texts, *, again: bool) -> str:
    """Why it came: for the fact that it follows from, or because it was put off."""
    return texts.say("notice-again-why") if again else first


def reminded(draft_id: str, texts: Texts) -> Message:
    """What a pause is answered with: one reminder is going to come, unless it is not wanted."""
    said = texts.say("paused-reminded")
    cancel = button(texts.label("choice-no-reminder"), ids.NOTICE_CANCEL, Carried(draft_id))
    return Message(f"{said}\n• {cancel['text']['text']}", (section(said), *actions([cancel])))


def notice(said: str, why: str, rows: list[list[Element]], texts: Texts) -> Message:
    """What is said, with its buttons and those that end all of it, for a while or for good; in small why it came."""
    ends = [quiet_picker(texts), button(texts.label("home-first-stop"), ids.NOTICE_STOP, Carried())]
    rows = [*rows, ends]
    words = [said, *(f"• {label(element)}" for row in rows for element in row), why]
    blocks = [block for row in rows for block in actions(row)]
    return Message("\n".join(words), (section(said), *blocks, context(why)))
