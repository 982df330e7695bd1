"""Personal touch (check 3): whether something from outside work is in the text."""

from bot.coaching.contexts import Context
from bot.coaching.types import Check, Note
from bot.text import count_words, coverage_in_story

ENOUGH = 0.30


def personal(text: str, context: Context) -> Note | None:
    """A note when little of the answer about life outside work is left, or there is none at all."""
    answer = context.outside_answer or ""
    if not count_words(answer):
        return None if context.outside_offered_again else Note(Check.PERSONAL, "skipped")
    if coverage_in_story(answer, text) < ENOUGH:
        return Note(Check.PERSONAL, "faded")
    return None
