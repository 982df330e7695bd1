"""Postponing: the snooze choices, and quiet until a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bot import ids
from bot.conversation.preference_phrases import PreferenceRequest
from bot.i18n import Texts
from bot.payloads import ButtonPayload, EmptyPayload, PreferencePayload
from bot.rules.reminder_schedule import SnoozeChoice
from bot.views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    instant_datepicker,
    label_of,
    modal,
    section,
)
from bot.views.dates import format_date, format_local_datetime

DATE_CHOICE = "date"
"""The choice in the date picker's payload."""


def snooze_elements(
    action_id: str, payload_for: Callable[[str], ButtonPayload], texts: Texts
) -> list[Element]:
    """Return the choices in a row: three buttons, and a date picker."""
    row = [
        button(texts.label(f"invitation-{choice}"), action_id, payload_for(choice)) for choice in SnoozeChoice
    ]
    return [*row, instant_datepicker(texts.label("later-date"), action_id, payload_for(DATE_CHOICE))]


def quiet_until_picker(texts: Texts, until: date | None = None) -> Element:
    """Return the date picker for a quiet period, which starts as soon as a date is picked."""
    return instant_datepicker(texts.label("quiet-until"), ids.QUIET_SET, EmptyPayload(), until)


def quiet_set_message(until: date, texts: Texts) -> Message:
    """Return the confirmation of a quiet period, and a button to end it."""
    end = button(texts.label("quiet-end"), ids.QUIET_END, EmptyPayload())
    return _message_with_element(texts.say("quiet-said", date=format_date(until, texts)), end)


def unreadable_date_message(example: date, texts: Texts) -> Message:
    """Return the reply to an unreadable date: an example, and a date picker."""
    sentence = texts.say("quiet-unread", example=format_date(example, texts))
    return _message_with_element(sentence, quiet_until_picker(texts))


def snoozed_message(at: datetime, tz: str | None, texts: Texts) -> Message:
    """Return the confirmation that something was put off, and until when."""
    sentence = texts.say("invitation-later-said", at=format_local_datetime(at, texts, tz))
    return Message(sentence, (section(sentence),))


def invalid_date_modal(texts: Texts) -> Block:
    """Return the refusal of a date as a modal, for the Home tab, where no message would be seen."""
    return modal(
        texts.label("modal-sorry-title"), [section(texts.say("problem-date"))], texts.label("modal-close")
    )


def misread_preference_offer_message(payload: PreferencePayload, texts: Texts) -> Message:
    """Offer to grant a preference that went into the story as an answer, and to take its words out again."""
    label = _preference_label(payload.preference, texts)
    return _message_with_element(texts.say("wish-offer"), button(label, ids.PREFERENCE_CONFIRM, payload))


def preference_granted_message(preference: PreferenceRequest, texts: Texts) -> Message:
    """Return the offer after its button was pressed."""
    ask, sentence = texts.say("wish-offer"), f"› {_preference_label(preference, texts)}"
    return Message(f"{ask}\n{sentence}", (context(ask), section(sentence)))


def _preference_label(preference: PreferenceRequest, texts: Texts) -> str:
    return texts.label(
        "home-fewer-usual" if preference is PreferenceRequest.USUAL else f"invitation-{preference}"
    )


def _message_with_element(sentence: str, element: Element) -> Message:
    return Message(f"{sentence}\n• {label_of(element)}", (section(sentence), *actions([element])))
