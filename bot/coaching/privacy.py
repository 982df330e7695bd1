"""Privacy, a part of check 1: pay, candidates and health; the writer's own pay has its own wording.

Pay and conditions are protected topics. About the writer's own, the note asks whether it was meant, never that it
should go; about somebody else's it asks the same, "theirs, not yours".
"""

import re
from collections.abc import Iterator

from bot.coaching.types import CoachingFinding, FindingKind

_APPROXIMATION = r"(?:about |around |over |only |just )?"
_MONEY = rf"{_APPROXIMATION}[$€£] ?\d[\d.,]*"
_SALARY = (
    rf"{_APPROXIMATION}\d[\d.,]* ?(?:k\b|(?:a|per|an) (?:year|month|week|hour)\b|(?:usd|eur|gbp|sar|aed)\b"
    r"|(?:dollars|euros|pounds|riyals|dirhams)\b)"
)
_PAY = (
    r"(?:(?:base |monthly |starting |first )?salar(?:y|ies)|pay ?checks?|pay|wages?|bonus(?:es)?"
    r"|compensation)"
)
_ILLNESS = (
    r"(?:illness|cancer|depression|surgery|pregnancy|diagnosis|burn-?out|disability|therapy|miscarriage"
    r"|sick leave|maternity leave|mental health)"
)
_ILL_STATE = (
    r"(?:sick|ill|pregnant|diagnosed|hospitali[sz]ed|in hospital|depressed|burn(?:ed|t) out|signed off"
    r"|on sick leave)"
)
_PERSON = r"(?:he|she|(?:my|our|a|the|his|her) (?:colleague|teammate|co-?worker|manager|boss|lead|intern))"
_ARABIC_PREFIX = r"(?<!\w)[وفبلك]{0,2}"

_PATTERNS: tuple[tuple[FindingKind, tuple[str, ...]], ...] = (
    (
        FindingKind.OWN_PAY,
        (
            rf"\bmy {_PAY}\b(?! off)",
            rf"\bI(?:['’]m| am| was| got| get)? (?:earn(?:ed)?|paid|make|made) (?:{_MONEY}|{_SALARY})",
            rf"\bpa(?:ys?|id) me (?:{_MONEY}|{_SALARY})",
            rf"{_ARABIC_PREFIX}(?:راتبي|مرتبي|أتقاضى|اتقاضى|تقاضيت)(?!\w)",
        ),
    ),
    (
        FindingKind.THEIR_PAY,
        (
            rf"\b(?:his|her|their|\w+['’]s) {_PAY}\b(?! off)",
            r"\b(?:he|she|they) (?:is|are|was|were|gets?|got) paid\b(?! off| attention)",
            rf"\b(?:he|she|they) (?:earns?|earned|makes?|made) (?:{_MONEY}|{_SALARY})",
            rf"{_ARABIC_PREFIX}(?:راتبه|راتبها|راتبهم|رواتبهم|مرتبه|مرتبها|رواتب\s+\w+|يتقاضى|تتقاضى|يتقاضون)(?!\w)",
        ),
    ),
    (
        FindingKind.CANDIDATE,
        (
            r"\b(?:an?|the|one|this|that|last|our|another) (?:(?!release|good|great|perfect|ideal)\w+ )?"
            r"(?:candidate|applicant|interviewee)\b(?! for (?:refactoring|automation|removal))",
            rf"{_ARABIC_PREFIX}(?:ال)?(?:مرشحة?|متقدمة?)\s+(?:لوظيفة|للوظيفة|إلى الوظيفة|للعمل|اسمه|اسمها)(?!\w)",
        ),
    ),
    (
        FindingKind.HEALTH,
        (
            rf"\b(?:his|her|their|\w+['’]s) {_ILLNESS}\b",
            rf"\b{_PERSON} (?:was|is|has been|had been|got|fell|became|had) (?:very |so |badly )?"
            rf"(?:{_ILL_STATE}|{_ILLNESS})\b",
            rf"{_ARABIC_PREFIX}(?:مرضه|مرضها|مرضهم|حملها|اكتئابه|اكتئابها|سرطانه|علاجه|علاجها|إعاقته|إعاقتها)(?!\w)",
            rf"{_ARABIC_PREFIX}(?:حالته|حالتها)\s+(?:الصحية|النفسية)(?!\w)",
            rf"{_ARABIC_PREFIX}(?:زميلي|زميلتي|مديري|مديرتي)\s+(?:المريضة?|مرضت?|أصيبت?)(?!\w)",
        ),
    ),
)
_COMPILED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE)) for kind, patterns in _PATTERNS for pattern in patterns
)


def detect_private_matters(text: str) -> Iterator[CoachingFinding]:
    """Return the passages about pay, about a candidate, or about somebody else's health."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _COMPILED:
        for found in pattern.finditer(text):
            if not any(found.start() < last and first < found.end() for first, last in taken):
                taken.append(found.span())
                hit = found.group().rstrip(" .,")
                yield CoachingFinding(kind, found.start(), found.start() + len(hit), hit)
