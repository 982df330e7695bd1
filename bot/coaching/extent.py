"""Length (check 11): whether a text fits the place it is meant for."""

from bot.coaching.contexts import Context
from bot.coaching.types import Check, Note
from bot.text import length

ABOUT_SHORT = 300
ABOUT_LONG = 1_300
ABOUT_LIMIT = 2_600
HEADLINE_LIMIT = 220


def extent(text: str, context: Context) -> Note | None:
    """A note on an About text that is over the limit, long or short, else on a headline over its limit."""
    size = length(text)
    if size > ABOUT_LIMIT:
        return Note(Check.LENGTH, "over", None, _args(size, ABOUT_LIMIT))
    if size > ABOUT_LONG:
        return Note(Check.LENGTH, "long", None, _args(size, ABOUT_LONG))
    if size < ABOUT_SHORT:
        return Note(
            Check.LENGTH, "short", None, {"length": size, "limit": ABOUT_SHORT, "under": ABOUT_SHORT - size}
        )
    return headline_extent(context.headline)


def headline_extent(headline: str) -> Note | None:
    """A note on a headline over its limit."""
    size = length(headline)
    if size <= HEADLINE_LIMIT:
        return None
    return Note(Check.LENGTH, "headline", None, _args(size, HEADLINE_LIMIT))


def _args(size: int, limit: int) -> dict[str, str | int]:
    return {"length": size, "limit": limit, "over": size - limit}
