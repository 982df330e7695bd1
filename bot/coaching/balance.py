"""Balance (check 7): the shares of the kept lines about the company and about its people."""

from collections.abc import Sequence

from bot.coaching.contexts import CoachingContext
from bot.coaching.types import CoachingCheck, CoachingNote, KeptLine
from bot.text import count_words

MAX_COMPANY_SHARE = 0.5


def company_word_share(lines: Sequence[KeptLine]) -> float | None:
    """Return the share of the words of all kept lines that are in company lines; None without words."""
    total = sum(count_words(line.text) for line in lines)
    if not total:
        return None
    return sum(count_words(line.text) for line in lines if line.theme_kind == "company") / total


def check_balance(_text: str, context: CoachingContext) -> CoachingNote | None:
    """Return a note when the kept lines don't mention the company, or more than half is about it."""
    if not any(line.theme_kind for line in context.kept_lines):
        # Only the person's own lines, whose topics are unknown.
        return None
    share = company_word_share(context.kept_lines)
    if share == 0:
        return CoachingNote(CoachingCheck.BALANCE, "culture")
    if share is not None and share > MAX_COMPANY_SHARE:
        return CoachingNote(CoachingCheck.BALANCE, "company")
    return None
