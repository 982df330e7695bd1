"""Not now: the choices by which something is put off, and quiet until a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot import ids
from bot.conversation.preference_phrases import PreferenceRequest
from bot.i18n import Texts
from bot.ids import ButtonPayload
from bot.views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    datepicker,
    label_of,
    modal,
    section,
)
from bot.views.dates import format_date, format_local_datetime

SNOOZE_CHOICES = ("later_today", "tomorrow", "next_week")
DATE_CHOICE = "date"
"""What the date picker among the choices carries as its choice."""


def snooze_elements(action_id: str, about: ButtonPayload, texts: Texts) -> list[Element]:
    """The choices in a row: three buttons, and a date."""
    row = [
        button(texts.label(f"invitation-{when}"), action_id, replace(about, choice=when))
        for when in SNOOZE_CHOICES
    ]
    return [*row, datepicker(texts.label("later-date"), action_id, replace(about, choice=DATE_CHOICE))]


def quiet_until_picker(texts: Texts, until: date | None = None) -> Element:
    """Quiet until this date: picked, it holds."""
    return datepicker(texts.label("quiet-until"), ids.QUIET_SET, ButtonPayload(), until)


def quiet_set_message(until: date, texts: Texts) -> Message:
    """That nothing comes before this date, and how to end that."""
    end = button(texts.label("quiet-end"), ids.QUIET_END, ButtonPayload())
    return _message_with_element(texts.say("quiet-said", date=format_date(until, texts)), end)


def unreadable_date_message(example: date, texts: Texts) -> Message:
    """No date could be read: how one may be written, and one to pick."""
    said = texts.say("quiet-unread", example=format_date(example, texts))
    return _message_with_element(said, quiet_until_picker(texts))


def snoozed_message(at: datetime, tz: str | None, texts: Texts) -> Message:
    """That it was put off, and until when."""
    said = texts.say("invitation-later-said", at=format_local_datetime(at, texts, tz))
    return Message(said, (section(said),))


def invalid_date_modal(texts: Texts) -> Block:
    """The same as a modal, for whoever picked it where no message of ours is seen."""
    return modal(
        texts.label("modal-sorry-title"), [section(texts.say("problem-date"))], texts.label("modal-close")
    )


def preference_offer_message(wish: PreferenceRequest, about: ButtonPayload, texts: Texts) -> Message:
    """Words that went into the story might have been a wish: then one button grants it, and takes them out."""
    wished = replace(about, choice=wish)
    return _message_with_element(
        texts.say("wish-offer"), button(_preference_label(wish, texts), ids.PREFERENCE_CONFIRM, wished)
    )


def preference_granted_message(wish: PreferenceRequest, texts: Texts) -> Message:
    """The same once it was pressed."""
    ask, said = texts.say("wish-offer"), f"› {_preference_label(wish, texts)}"
    return Message(f"{ask}\n{said}", (context(ask), section(said)))


def _preference_label(wish: PreferenceRequest, texts: Texts) -> str:
    return texts.label("home-fewer-usual" if wish is PreferenceRequest.USUAL else f"invitation-{wish}")


def _message_with_element(said: str, element: Element) -> Message:
    return Message(f"{said}\n• {label_of(element)}", (section(said), *actions([element])))
