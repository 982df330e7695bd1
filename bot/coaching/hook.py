"""Hook (check 4): a first sentence that fits into the preview and doesn't start like everybody else's."""

import re

from bot.coaching.contexts import CoachingContext
from bot.coaching.types import CoachingCheck, CoachingNote
from bot.text import fold, split_sentences, truncate_at_word

MAX_FIRST_SENTENCE_LENGTH = 200
VISIBLE_LENGTH = 260

_STOCK_ENGLISH = re.compile(
    r"(?:i am|i'm) an? (?:[\w&/,+-]+ ){1,8}?at\b|with (?:over|more than) [\w+-]+\+? years?\b|results-",
    re.IGNORECASE,
)
# «أعمل كـ» glued to a title; «كل» and its like begin with the same letter and are something else.
_STOCK_ARABIC = re.compile(
    r"اعمل ك ?(?!ل |ل$|ما |ثير|ذلك|ي |انني|اني)\w{3,}"
    r"|(?:لدي |امتلك |املك )?ب?خبره (?:\w+ )?تزيد (?:علي|عن)\b"
)


def is_stock_opener(sentence: str) -> bool:
    """Return whether a sentence starts with an opener that a thousand profiles share."""
    plain = fold(sentence).lstrip(" \"'«“*_~")
    return bool(_STOCK_ENGLISH.match(plain) or _STOCK_ARABIC.match(plain))


def check_hook(text: str, _context: CoachingContext) -> CoachingNote | None:
    """Return a note when the first sentence is cut off in the preview, or starts with a stock opener."""
    found = split_sentences(text)
    if not found:
        return None
    first = found[0]
    where = (first.start, first.end)
    if len(first.text) > MAX_FIRST_SENTENCE_LENGTH or first.end > VISIBLE_LENGTH:
        return CoachingNote(
            CoachingCheck.HOOK, "long", where, {"shown": truncate_at_word(text, VISIBLE_LENGTH)}
        )
    if is_stock_opener(first.text):
        return CoachingNote(
            CoachingCheck.HOOK, "stock", where, {"shown": truncate_at_word(text, VISIBLE_LENGTH)}
        )
    return None
