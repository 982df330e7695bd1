"""Gaps (check 2): openings of a card that are still open in the text."""

from bot.coaching.contexts import CoachingContext
from bot.coaching.types import CoachingCheck, CoachingFinding, CoachingNote, FindingKind
from bot.text import PLACEHOLDER


def check_gaps(text: str, _context: CoachingContext) -> CoachingNote | None:
    """A note when an opening such as `{{a_detail}}` is left in the text, with each place."""
    found = tuple(
        CoachingFinding(FindingKind.GAP, hit.start(), hit.end(), hit.group())
        for hit in PLACEHOLDER.finditer(text)
    )
    if not found:
        return None
    where = (found[0].start, found[0].end)
    return CoachingNote(CoachingCheck.GAPS, "open", where, {"count": len(found)}, found)
