"""Replies about a people list: that it arrived, the accepted lines, and the rejected ones by number."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Texts
from bot.rules.people_csv import RejectedLine
from bot.views.blocks import Message, section

MAX_PROBLEMS_SHOWN = 60
"""The most rejected lines shown one by one; further ones are only counted."""
LINES_PER_SECTION = 15


def list_received_message(texts: Texts) -> Message:
    """Return the reply that the list arrived and is being read."""
    return _sections_message([texts.say("list-accepted")])


def list_refused_message(texts: Texts) -> Message:
    """Return the reply that the file is no readable list, and that none of it was used."""
    return _sections_message([texts.say("list-refused")])


def list_report_message(taken_count: int, problems: Sequence[RejectedLine], texts: Texts) -> Message:
    """Return the report on a list."""
    sentences = [texts.say("list-taken", n=taken_count)]
    if problems:
        sentences.append(texts.say("list-left", n=len(problems)))
        named = [f"• {rejected_line_text(problem, texts)}" for problem in problems[:MAX_PROBLEMS_SHOWN]]
        sentences += [
            "\n".join(named[n : n + LINES_PER_SECTION]) for n in range(0, len(named), LINES_PER_SECTION)
        ]
        if len(problems) > MAX_PROBLEMS_SHOWN:
            sentences.append(texts.say("list-left-more", n=len(problems) - MAX_PROBLEMS_SHOWN))
    return _sections_message([*sentences, texts.say("list-forgotten")])


def rejected_line_text(problem: RejectedLine, texts: Texts) -> str:
    """Return a rejected line by its number, with the reason."""
    return texts.say("list-problem", line=str(problem.line), wrong=str(problem.reason))


def _sections_message(sentences: list[str]) -> Message:
    return Message("\n".join(sentences), tuple(section(part) for part in sentences))
