"""What an owner reads about a people list: that it came, what was taken, and which lines were not, by number."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Texts
from bot.rules.people_csv import RejectedLine
from bot.views.blocks import Message, section

MAX_PROBLEMS_SHOWN = 60
"""Lines named one by one; with more, the rest is a number."""
LINES_PER_SECTION = 15


def list_accepted_message(texts: Texts) -> Message:
    """The list came, and is being read."""
    return _sections_message([texts.say("list-accepted")])


def list_refused_message(texts: Texts) -> Message:
    """It is no list, or cannot be read, and nothing of it was taken."""
    return _sections_message([texts.say("list-refused")])


def list_report_message(taken_count: int, problems: Sequence[RejectedLine], texts: Texts) -> Message:
    """What came of it."""
    said = [texts.say("list-taken", n=taken_count)]
    if problems:
        said.append(texts.say("list-left", n=len(problems)))
        named = [f"• {problem_text(problem, texts)}" for problem in problems[:MAX_PROBLEMS_SHOWN]]
        said += ["\n".join(named[n : n + LINES_PER_SECTION]) for n in range(0, len(named), LINES_PER_SECTION)]
        if len(problems) > MAX_PROBLEMS_SHOWN:
            said.append(texts.say("list-left-more", n=len(problems) - MAX_PROBLEMS_SHOWN))
    return _sections_message([*said, texts.say("list-forgotten")])


def problem_text(problem: RejectedLine, texts: Texts) -> str:
    """One line that was left out, by its number, and why."""
    return texts.say("list-problem", line=str(problem.line), wrong=str(problem.reason))


def _sections_message(said: list[str]) -> Message:
    return Message("\n".join(said), tuple(section(part) for part in said))
