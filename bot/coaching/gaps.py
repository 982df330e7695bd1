"""Gaps (check 2): placeholders of a card that are still in the text."""

from bot.coaching.contexts import CoachingContext
from bot.coaching.types import CoachingCheck, CoachingFinding, CoachingNote, FindingKind
from bot.text import PLACEHOLDER


def check_gaps(text: str, _context: CoachingContext) -> CoachingNote | None:
    """Return a note with each place when a placeholder such as `{{a_detail}}` is left in the text."""
    found = tuple(
        CoachingFinding(FindingKind.GAP, hit.start(), hit.end(), hit.group())
        for hit in PLACEHOLDER.finditer(text)
    )
    if not found:
        return None
    where = (found[0].start, found[0].end)
    return CoachingNote(CoachingCheck.GAPS, "open", where, {"count": len(found)}, found)
