"""Length (check 11): a text that doesn't fit the place it is meant for."""

from bot.coaching.contexts import CoachingContext
from bot.coaching.types import CoachingCheck, CoachingNote
from bot.text import largest_counted_length

ABOUT_SHORT = 300
ABOUT_LONG = 1_300
ABOUT_LIMIT = 2_600
HEADLINE_LIMIT = 220


def check_text_and_headline_length(text: str, context: CoachingContext) -> CoachingNote | None:
    """Return a note on an About text that is over the limit, long or short, or else on a headline over its limit."""
    size = largest_counted_length(text)
    if size > ABOUT_LIMIT:
        return CoachingNote(CoachingCheck.LENGTH, "over", None, _length_args(size, ABOUT_LIMIT))
    if size > ABOUT_LONG:
        return CoachingNote(CoachingCheck.LENGTH, "long", None, _length_args(size, ABOUT_LONG))
    if size < ABOUT_SHORT:
        return CoachingNote(
            CoachingCheck.LENGTH,
            "short",
            None,
            {"length": size, "limit": ABOUT_SHORT, "under": ABOUT_SHORT - size},
        )
    return check_headline_length(context.headline)


def check_headline_length(headline: str) -> CoachingNote | None:
    """Return a note on a headline over its limit."""
    size = largest_counted_length(headline)
    if size <= HEADLINE_LIMIT:
        return None
    return CoachingNote(CoachingCheck.LENGTH, "headline", None, _length_args(size, HEADLINE_LIMIT))


def _length_args(size: int, limit: int) -> dict[str, str | int]:
    return {"length": size, "limit": limit, "over": size - limit}
