"""What is said unasked: the question, why it comes, and how one makes it stop."""

from __future__ import annotations

from bot import ids
from bot.i18n import Texts
from bot.ids import ButtonPayload
from bot.views.blocks import Element, Message, actions, button, context, label_of, section
from bot.views.dates import format_local_date
from bot.views.delivery.snooze import quiet_until_picker, snooze_elements
from bot.views.home import LANDING_ANSWERS
from db.models import StoredDraft


def landed_notice_message(
    story: StoredDraft, tz: str | None, texts: Texts, *, again: bool = False
) -> Message:
    """Did it land? Any answer ends it."""
    row = [
        button(texts.label(f"choice-landed-{name}"), ids.LANDED, ButtonPayload(story.draft.id, choice=name))
        for name in LANDING_ANSWERS
    ]
    why = texts.say(
        "notice-landed-why", date=format_local_date(story.finished_at or story.updated_at, texts, tz)
    )
    about = ButtonPayload(story.draft.id, subject="landed")
    return notice_message(
        texts.say("landed-ask"),
        _reason_text(why, texts, again=again),
        [row, _snooze_elements(about, texts)],
        texts,
    )


def paused_notice_message(
    stored: StoredDraft, tz: str | None, texts: Texts, *, again: bool = False
) -> Message:
    """Shall we go on?"""
    draft = stored.draft.id
    row = [
        button(texts.label("choice-resume"), ids.STORY_RESUME, ButtonPayload(draft), "primary"),
        button(texts.label("choice-not-now"), ids.NOTICE_NOT_NOW, ButtonPayload(draft)),
    ]
    why = texts.say("notice-paused-why", date=format_local_date(stored.updated_at, texts, tz))
    about = ButtonPayload(draft, subject="paused")
    said = texts.say("notice-paused-ask")
    return notice_message(
        said, _reason_text(why, texts, again=again), [row, _snooze_elements(about, texts)], texts
    )


def _snooze_elements(about: ButtonPayload, texts: Texts) -> list[Element]:
    return snooze_elements(ids.NOTICE_SNOOZE, about, texts)


def _reason_text(first: str, texts: Texts, *, again: bool) -> str:
    """Why it came: for the fact that it follows from, or because it was put off."""
    return texts.say("notice-again-why") if again else first


def reminder_set_message(draft_id: str, texts: Texts) -> Message:
    """What a pause is answered with: one reminder is going to come, unless it is not wanted."""
    said = texts.say("paused-reminded")
    cancel = button(texts.label("choice-no-reminder"), ids.NOTICE_CANCEL, ButtonPayload(draft_id))
    return Message(f"{said}\n• {cancel['text']['text']}", (section(said), *actions([cancel])))


def notice_message(text: str, reason: str, rows: list[list[Element]], texts: Texts) -> Message:
    """What is said, with its buttons and those that end all of it, for a while or for good; in small why it came."""
    ends = [
        quiet_until_picker(texts),
        button(texts.label("home-first-stop"), ids.NOTICE_STOP, ButtonPayload()),
    ]
    rows = [*rows, ends]
    words = [text, *(f"• {label_of(element)}" for row in rows for element in row), reason]
    blocks = [block for row in rows for block in actions(row)]
    return Message("\n".join(words), (section(text), *blocks, context(reason)))
