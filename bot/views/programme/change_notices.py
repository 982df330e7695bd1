"""What somebody else changed about a person, as they are told: each change, who did it, and how it is put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.lists import format_list

from bot.i18n import Texts
from bot.views.blocks import LABEL, Message, context, named, section, shortened
from bot.views.programme.segments import segment_label
from db.models.notices import Change

TOGETHER = 10
"""Lines of one section."""


@dataclass(frozen=True)
class Changed:
    """What there is to tell, and what is needed to put it into words."""

    changes: tuple[Change, ...]
    company: str
    segments: Mapping[str, str] = field(default_factory=dict)
    """The segments' own names, under segment and language."""
    contacts: tuple[str, ...] = ()
    """The ids of those who can put it right."""


def changed(told: Changed, texts: Texts) -> Message:
    """One message for all of it. It has no button that ends such messages, and says why there is none."""
    lines = [f"• {_line(change, told, texts)}" for change in told.changes]
    said = [
        texts.say("change-intro", n=len(lines), company=named(told.company)),
        *("\n".join(lines[n : n + TOGETHER]) for n in range(0, len(lines), TOGETHER)),
        _right(told, texts),
    ]
    why = texts.say("change-why")
    return Message("\n".join([*said, why]), (*map(section, said), context(why)))


def _line(change: Change, told: Changed, texts: Texts) -> str:
    known, who = ("yes", f"<@{change.who}>") if change.who else ("no", "")
    return f"{_what(change, told, texts)} {texts.say('change-by', known=known, who=who)}"


def _what(change: Change, told: Changed, texts: Texts) -> str:
    match change.deed:
        case "role":
            key = "change-role-given" if change.after else "change-role-taken"
            return texts.say(key, role=change.after or change.before)
        case "segment":
            name = segment_label(change.after, told.segments, texts) if change.after else ""
            return texts.say("change-segment", to="some" if name else "none", name=named(name))
        case "team":
            return texts.say("change-team", name=named(shortened(change.after, LABEL)))
        case "wave":
            return texts.say("change-wave")


def _right(told: Changed, texts: Texts) -> str:
    """How it is put right: by the people who did it."""
    names = format_list([f"<@{user}>" for user in told.contacts], locale=texts.locale)
    return texts.say("change-right", whom=names or texts.say("change-runners"))
