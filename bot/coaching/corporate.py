"""Corporate-speak (check 6): a text that sounds like a memo, and plainer words for it."""

from bot.coaching.contexts import CoachingContext
from bot.coaching.jargon import detect_jargon
from bot.coaching.types import CoachingCheck, CoachingNote
from bot.text import count_words

MIN_HITS = 2
WORDS_PER_HIT = 60
MAX_SHOWN_HITS = 3


def check_corporate_speak(text: str, context: CoachingContext) -> CoachingNote | None:
    """Return a note on two hits or more, or on one in sixty words; it shows the first three."""
    found = detect_jargon(text, context.jargon)
    if not found or (len(found) < MIN_HITS and len(found) * WORDS_PER_HIT < count_words(text)):
        return None
    first = found[0]
    args: dict[str, str | int] = {"term": first.text, "instead": first.hint, "count": len(found)}
    return CoachingNote(CoachingCheck.JARGON, "memo", (first.start, first.end), args, found[:MAX_SHOWN_HITS])
