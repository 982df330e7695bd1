"""Figures, a part of check 1: money or a percentage near a business term."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from bot.coaching.types import CoachingFinding, FindingKind
from bot.text import tokenize

MAX_WORDS_APART = 6

_NUMBER = r"[\d٠-٩][\d٠-٩.,٫٬]*"
_SCALE = r"k|m|mn|bn|b|million|billion|thousand|ألف|آلاف|مليون|ملايين|مليار|مليارات"
_CURRENCY = (
    r"usd|eur|gbp|sar|aed|egp|jod|kwd|qar|dollars?|euros?|pounds?|riyals?|dirhams?|dinars?"
    r"|دولار(?:ات?|ا)?|يورو|ريال(?:ات?|ا)?|درهم(?:ا)?|دراهم|دينار(?:ا)?|دنانير|جنيه(?:ات?|ا)?"
)
_MONEY = re.compile(
    rf"[$€£¥₹﷼]\s?{_NUMBER}(?:\s?(?:{_SCALE})\b)?"
    rf"|(?<!\w){_NUMBER}\s?(?:(?:{_SCALE})\s+)?(?:{_CURRENCY}|[$€£¥₹﷼])(?!\w)"
    rf"|(?<!\w){_NUMBER}\s?(?:million|billion|مليون|ملايين|مليار|مليارات)(?!\w)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<!\w)(?:{_NUMBER}\s?(?:%|٪|per ?cent\b|(?:في |ب)ال(?:مئة|مائة))|[%٪]\s?{_NUMBER})",
    re.IGNORECASE,
)
_BUSINESS_WORD = re.compile(
    r"revenues?|arr|mrr|profits?|growth|headcount|users?|churn"
    r"|[وفبلك]{0,2}(?:ال|لل|ل)?(?:ايراد(?:ات)?|ارباح|ربح|نمو|عملاء|حصه)(?:نا|ها|ه|هم)?"
    r"|[وفبلك]{0,2}(?:ايراداتنا|ارباحنا|نمونا|عملائنا|عملاينا|حصتنا|حصتها|ايراداتها|ارباحها)"
)


def detect_business_figures(text: str) -> Iterator[CoachingFinding]:
    """Return the sums and percentages within six words of revenue, users and the like."""
    words = tokenize(text)
    business = [
        at for at, token in enumerate(words) if _BUSINESS_WORD.fullmatch(token.word.removesuffix("'s"))
    ]
    if not business:
        return
    starts, ends = [token.start for token in words], [token.end for token in words]
    last = -1
    for start, end in sorted(
        found.span() for pattern in (_MONEY, _PERCENT) for found in pattern.finditer(text)
    ):
        if start < last:
            continue
        first = bisect_right(ends, start)
        after = bisect_left(starts, end)
        nearest = bisect_left(business, first - MAX_WORDS_APART)
        if nearest < len(business) and business[nearest] < after + MAX_WORDS_APART:
            last = end
            figure = text[start:end].rstrip(" .,")
            yield CoachingFinding(FindingKind.FIGURE, start, start + len(figure), figure)
