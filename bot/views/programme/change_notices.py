"""Notices to a person about changes made by others: each change, its author, and the way to correct it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.lists import format_list

from bot.i18n import Texts
from bot.views.blocks import LABEL_LIMIT, Message, context, escape_name, section, truncate_label
from bot.views.programme.segments import segment_label
from db.models.notices import PersonChange

LINES_PER_SECTION = 10
"""The lines in one section."""


@dataclass(frozen=True)
class ChangeNoticeModel:
    """The changes to report, and the facts needed to word them."""

    changes: tuple[PersonChange, ...]
    company: str
    segments: Mapping[str, str] = field(default_factory=dict)
    """The segments' own names, by segment and language."""
    contacts: tuple[str, ...] = ()
    """The ids of the people who can correct them."""


def change_notice_message(model: ChangeNoticeModel, texts: Texts) -> Message:
    """Return one message about all changes. No button ends such messages, and it says why."""
    lines = [f"• {_change_line(change, model, texts)}" for change in model.changes]
    sentences = [
        texts.say("change-intro", n=len(lines), company=escape_name(model.company)),
        *("\n".join(lines[n : n + LINES_PER_SECTION]) for n in range(0, len(lines), LINES_PER_SECTION)),
        _correction_text(model, texts),
    ]
    why = texts.say("change-why")
    return Message("\n".join([*sentences, why]), (*map(section, sentences), context(why)))


def _change_line(change: PersonChange, model: ChangeNoticeModel, texts: Texts) -> str:
    known, who = ("yes", f"<@{change.changed_by}>") if change.changed_by else ("no", "")
    return f"{_change_text(change, model, texts)} {texts.say('change-by', known=known, who=who)}"


def _change_text(change: PersonChange, model: ChangeNoticeModel, texts: Texts) -> str:
    match change.kind:
        case "role":
            key = "change-role-given" if change.after else "change-role-taken"
            return texts.say(key, role=change.after or change.before)
        case "segment":
            name = segment_label(change.after, model.segments, texts) if change.after else ""
            return texts.say("change-segment", to="some" if name else "none", name=escape_name(name))
        case "team":
            return texts.say("change-team", name=escape_name(truncate_label(change.after, LABEL_LIMIT)))
        case "wave":
            return texts.say("change-wave")


def _correction_text(model: ChangeNoticeModel, texts: Texts) -> str:
    """Return the way to correct the changes: by asking the people who make them."""
    names = format_list([f"<@{user}>" for user in model.contacts], locale=texts.locale)
    return texts.say("change-right", whom=names or texts.say("change-runners"))
