"""Corporate-speak (check 6): whether the text sounds like a memo, and what could be said instead."""

from bot.coaching.contexts import Context
from bot.coaching.jargon import hits
from bot.coaching.types import Check, Note
from bot.text import count_words

MANY = 2
WORDS_FOR_EACH = 60
MOST_SHOWN = 3


def corporate(text: str, context: Context) -> Note | None:
    """A note on two hits or more, or on one in sixty words; the first three are shown."""
    found = hits(text, context.jargon)
    if not found or (len(found) < MANY and len(found) * WORDS_FOR_EACH < count_words(text)):
        return None
    first = found[0]
    args: dict[str, str | int] = {"term": first.text, "instead": first.hint, "count": len(found)}
    return Note(Check.JARGON, "memo", (first.start, first.end), args, found[:MOST_SHOWN])
