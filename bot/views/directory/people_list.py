"""What an owner reads about a people list: that it came, what was taken, and which lines were not, by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.i18n import Texts
from bot.views.blocks import Message, section

NAMED = 60
"""Lines named one by one; with more, the rest is a number."""
TOGETHER = 15


class Left(Protocol):
    """A line that was left out."""

    @property
    def line(self) -> int:
        """Its number in the file."""

    @property
    def wrong(self) -> str:
        """What is wrong with it."""


def accepted(texts: Texts) -> Message:
    """The list came, and is being read."""
    return _message([texts.say("list-accepted")])


def refused(texts: Texts) -> Message:
    """It is no list, or cannot be read, and nothing of it was taken."""
    return _message([texts.say("list-refused")])


def report(taken: int, problems: Sequence[Left], texts: Texts) -> Message:
    """What came of it."""
    said = [texts.say("list-taken", n=taken)]
    if problems:
        said.append(texts.say("list-left", n=len(problems)))
        named = [f"• {named_line(problem, texts)}" for problem in problems[:NAMED]]
        said += ["\n".join(named[n : n + TOGETHER]) for n in range(0, len(named), TOGETHER)]
        if len(problems) > NAMED:
            said.append(texts.say("list-left-more", n=len(problems) - NAMED))
    return _message([*said, texts.say("list-forgotten")])


def named_line(problem: Left, texts: Texts) -> str:
    """One line that was left out, by its number, and why."""
    return texts.say("list-problem", line=str(problem.line), wrong=str(problem.wrong))


def _message(said: list[str]) -> Message:
    return Message("\n".join(said), tuple(section(part) for part in said))
