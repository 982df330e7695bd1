"""The layout of notices: the question, the reason why it comes, and the buttons that stop it."""

from __future__ import annotations

from bot import ids
from bot.i18n import Texts
from bot.payloads import (
    LANDING_ANSWERS,
    DraftPayload,
    EmptyPayload,
    LandingPayload,
    SnoozableKind,
    SnoozePayload,
)
from bot.views.blocks import Element, Message, actions, button, context, label_of, section
from bot.views.dates import format_local_date
from bot.views.delivery.snooze import quiet_until_picker, snooze_elements
from db.models import StoredDraft


def landing_question_notice_message(
    story: StoredDraft, tz: str | None, texts: Texts, *, again: bool = False
) -> Message:
    """Return the notice that asks whether a story landed; any answer ends it."""
    row = [
        button(texts.label(f"choice-landed-{name}"), ids.LANDED, LandingPayload(story.draft.id, name))
        for name in LANDING_ANSWERS
    ]
    why = texts.say(
        "notice-landed-why", date=format_local_date(story.finished_at or story.updated_at, texts, tz)
    )
    return notice_message(
        texts.say("landed-ask"),
        _reason_text(why, texts, again=again),
        [row, _snooze_elements(story.draft.id, "landed", texts)],
        texts,
    )


def paused_story_notice_message(
    stored: StoredDraft, tz: str | None, texts: Texts, *, again: bool = False
) -> Message:
    """Return the notice that asks whether to resume a paused story."""
    draft = stored.draft.id
    row = [
        button(texts.label("choice-resume"), ids.STORY_RESUME, DraftPayload(draft), "primary"),
        button(texts.label("choice-not-now"), ids.NOTICE_NOT_NOW, DraftPayload(draft)),
    ]
    why = texts.say("notice-paused-why", date=format_local_date(stored.updated_at, texts, tz))
    sentence = texts.say("notice-paused-ask")
    return notice_message(
        sentence,
        _reason_text(why, texts, again=again),
        [row, _snooze_elements(draft, "paused", texts)],
        texts,
    )


def _snooze_elements(draft_id: str, kind: SnoozableKind, texts: Texts) -> list[Element]:
    return snooze_elements(ids.NOTICE_SNOOZE, lambda choice: SnoozePayload(draft_id, kind, choice), texts)


def _reason_text(first: str, texts: Texts, *, again: bool) -> str:
    """Return the reason for the notice: the fact it follows from, or that it was put off."""
    return texts.say("notice-again-why") if again else first


def reminder_set_message(draft_id: str, texts: Texts) -> Message:
    """Return the reply to a pause: one reminder will come, unless it's cancelled."""
    sentence = texts.say("paused-reminded")
    cancel = button(texts.label("choice-no-reminder"), ids.NOTICE_CANCEL, DraftPayload(draft_id))
    return Message(f"{sentence}\n• {cancel['text']['text']}", (section(sentence), *actions([cancel])))


def notice_message(text: str, reason: str, rows: list[list[Element]], texts: Texts) -> Message:
    """Return a notice with its buttons, those that stop all notices for a while or for good, and its reason."""
    ends = [
        quiet_until_picker(texts),
        button(texts.label("home-first-stop"), ids.NOTICE_STOP, EmptyPayload()),
    ]
    rows = [*rows, ends]
    words = [text, *(f"• {label_of(element)}" for row in rows for element in row), reason]
    blocks = [block for row in rows for block in actions(row)]
    return Message("\n".join(words), (section(text), *blocks, context(reason)))
