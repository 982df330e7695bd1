"""Not now: the choices by which something is put off, and quiet until a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot import ids
from bot.conversation.preference_phrases import Wish
from bot.i18n import Texts
from bot.ids import Carried
from bot.views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    datepicker,
    label,
    modal,
    section,
)
from bot.views.dates import moment, on

LATER = ("later_today", "tomorrow", "next_week")
A_DATE = "date"
"""What the date picker among the choices carries as its choice."""


def later(action_id: str, about: Carried, texts: Texts) -> list[Element]:
    """The choices in a row: three buttons, and a date."""
    row = [
        button(texts.label(f"invitation-{when}"), action_id, replace(about, choice=when)) for when in LATER
    ]
    return [*row, datepicker(texts.label("later-date"), action_id, replace(about, choice=A_DATE))]


def quiet_picker(texts: Texts, until: date | None = None) -> Element:
    """Quiet until this date: picked, it holds."""
    return datepicker(texts.label("quiet-until"), ids.QUIET_SET, Carried(), until)


def quiet(until: date, texts: Texts) -> Message:
    """That nothing comes before this date, and how to end that."""
    end = button(texts.label("quiet-end"), ids.QUIET_END, Carried())
    return _with(texts.say("quiet-said", date=on(until, texts)), end)


def unread_date(example: date, texts: Texts) -> Message:
    """No date could be read: how one may be written, and one to pick."""
    said = texts.say("quiet-unread", example=on(example, texts))
    return _with(said, quiet_picker(texts))


def comes_again(at: datetime, tz: str | None, texts: Texts) -> Message:
    """That it was put off, and until when."""
    said = texts.say("invitation-later-said", at=moment(at, texts, tz))
    return Message(said, (section(said),))


def not_choosable(texts: Texts) -> Block:
    """The same as a modal, for whoever picked it where no message of ours is seen."""
    return modal(
        texts.label("modal-sorry-title"), [section(texts.say("problem-date"))], texts.label("modal-close")
    )


def offer(wish: Wish, about: Carried, texts: Texts) -> Message:
    """Words that went into the story might have been a wish: then one button grants it, and takes them out."""
    wished = replace(about, choice=wish)
    return _with(texts.say("wish-offer"), button(_wish_label(wish, texts), ids.WISH_MEANT, wished))


def offer_taken(wish: Wish, texts: Texts) -> Message:
    """The same once it was pressed."""
    ask, said = texts.say("wish-offer"), f"› {_wish_label(wish, texts)}"
    return Message(f"{ask}\n{said}", (context(ask), section(said)))


def _wish_label(wish: Wish, texts: Texts) -> str:
    return texts.label("home-fewer-usual" if wish is Wish.USUAL else f"invitation-{wish}")


def _with(said: str, element: Element) -> Message:
    return Message(f"{said}\n• {label(element)}", (section(said), *actions([element])))
