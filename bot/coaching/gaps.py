"""Gaps (check 2): openings of a card that are still open in the text."""

from bot.coaching.contexts import Context
from bot.coaching.types import Check, Found, Kind, Note
from bot.text import OPENING


def gaps(text: str, _context: Context) -> Note | None:
    """A note when an opening such as `{{a_detail}}` is left in the text, with each place."""
    found = tuple(Found(Kind.GAP, hit.start(), hit.end(), hit.group()) for hit in OPENING.finditer(text))
    if not found:
        return None
    where = (found[0].start, found[0].end)
    return Note(Check.GAPS, "open", where, {"count": len(found)}, found)
