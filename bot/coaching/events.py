"""Events, a part of check 1: future funding, listings, acquisitions and launches."""

import re
from collections.abc import Iterator

from bot.coaching.types import CoachingFinding, FindingKind
from bot.text import fold, split_sentences

_EVENT_WORD = re.compile(
    r"\b(?:funding|fundrais\w+|series [a-f]|seed round|ipo|go(?:ing)? public|listing|listed on"
    r"|(?:get|be) listed|acqui(?:re|res|red|ring|sition)|merger|merge with|launch(?:es|ed|ing)?)\b"
    r"|\b[وفبلك]{0,2}(?:ال|ل)?(?:تمويل|تمويليه|استثماريه|ادراج|استحواذ|اندماج|اطلاق|تدشين)\b"
    r"|طرح عام|الطرح العام|طرح اولي|\b[وف]?س?(?:ن|ي|ت)(?:طلق|ستحوذ|درج|ندمج)\b"
)
_FUTURE_WORD = re.compile(
    r"\b(?:will|won't|we'll|i'll|they'll|it'll|going to|about to|plan(?:s|ning)? to|expect(?:s|ing)? to|soon"
    r"|(?:is|are) launching|upcoming|next (?:week|month|quarter|year|spring|summer|autumn|fall|winter))\b"
    r"|\b[وف]?(?:سوف|س[نيتا](?:طلق|ستحوذ|درج|ندمج|تم|كون|حصل|علن|غلق|بدا|دشن)|قريبا|نعتزم|نخطط|ننوي|بصدد|سيجري)\b"
    r"|\b(?:ال)?(?:مقبل|قادم)(?:ه|ين)?\b|علي وشك"
)
_MONTHS = (
    r"january|february|march|april|may|june|july|august|september|october|november|december"
    r"|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر"
    r"|كانون|شباط|اذار|نيسان|ايار|حزيران|تموز|ايلول|تشرين"
)
_DATE = re.compile(
    rf"\b(?:{_MONTHS}|q[1-4]|h[12]|[2٢][0٠][0-9٠-٩]{{2}}|\d{{1,2}}(?:st|nd|rd|th)|tomorrow|soon|next \w+"
    r"|(?:mon|tues|wednes|thurs|fri)day|this (?:week|month|quarter|year|spring|summer|autumn|fall|winter)"
    r"|in (?:a|two|three|\d+) (?:days?|weeks?|months?)"
    r"|الربع|النصف|(?:ال)?(?:مقبل|قادم)ه?|قريبا|غدا|بعد (?:شهر|شهرين|اسبوع|اسبوعين|ايام|اشهر|سنه))\b"
)


def detect_future_company_events(text: str) -> Iterator[CoachingFinding]:
    """Return the sentences that announce such an event; one in the past is no hit."""
    for sentence in split_sentences(text):
        plain = fold(sentence.text)
        if _EVENT_WORD.search(plain) and _FUTURE_WORD.search(plain) and _DATE.search(plain):
            yield CoachingFinding(FindingKind.DATE, sentence.start, sentence.end, sentence.text)
