"""Personal touch (check 3): something from outside work in the text."""

from bot.coaching.contexts import CoachingContext
from bot.coaching.types import CoachingCheck, CoachingNote
from bot.text import best_passage_coverage, count_words

MIN_COVERAGE = 0.30


def check_personal_touch(text: str, context: CoachingContext) -> CoachingNote | None:
    """Return a note when little of the answer about life outside work is left, or there is no answer."""
    answer = context.outside_answer or ""
    if not count_words(answer):
        return None if context.outside_offered_again else CoachingNote(CoachingCheck.PERSONAL, "skipped")
    if best_passage_coverage(answer, text) < MIN_COVERAGE:
        return CoachingNote(CoachingCheck.PERSONAL, "faded")
    return None
