"""Balance (check 7): how much of the kept lines is about the company, and how much about the people."""

from collections.abc import Sequence

from bot.coaching.contexts import Context
from bot.coaching.types import Check, Line, Note
from bot.text import count_words

TARGET = 0.30
FINE = (0.15, 0.45)
MOST = 0.5


def company_share(lines: Sequence[Line]) -> float | None:
    """The share of the words of all kept lines that stand in company lines; None without words."""
    total = sum(count_words(line.text) for line in lines)
    if not total:
        return None
    return sum(count_words(line.text) for line in lines if line.kind == "company") / total


def balance(_text: str, context: Context) -> Note | None:
    """A note when the kept lines say nothing about the company, or more than half is about it."""
    if not any(line.kind for line in context.lines):
        # Nothing but lines of one's own: nobody knows what those are about.
        return None
    share = company_share(context.lines)
    if share == 0:
        return Note(Check.BALANCE, "culture")
    if share is not None and share > MOST:
        return Note(Check.BALANCE, "company")
    return None
