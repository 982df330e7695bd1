"""Hook (check 4): whether the first sentence fits into what is seen, and does not begin like everybody's."""

import re

from bot.coaching.contexts import Context
from bot.coaching.types import Check, Note
from bot.text import cut, fold, sentences

LONG_FROM = 200
SEEN = 260

_STOCK_ENGLISH = re.compile(
    r"(?:i am|i'm) an? (?:[\w&/,+-]+ ){1,8}?at\b|with (?:over|more than) [\w+-]+\+? years?\b|results-",
    re.IGNORECASE,
)
# «أعمل كـ» glued to a title; «كل» and its like begin with the same letter and are something else.
_STOCK_ARABIC = re.compile(
    r"اعمل ك ?(?!ل |ل$|ما |ثير|ذلك|ي |انني|اني)\w{3,}"
    r"|(?:لدي |امتلك |املك )?ب?خبره (?:\w+ )?تزيد (?:علي|عن)\b"
)


def is_stock(sentence: str) -> bool:
    """Whether a sentence begins with an opener that a thousand profiles share."""
    plain = fold(sentence).lstrip(" \"'«“*_~")
    return bool(_STOCK_ENGLISH.match(plain) or _STOCK_ARABIC.match(plain))


def hook(text: str, _context: Context) -> Note | None:
    """A note when the first sentence is cut off before its end, or begins with a stock opener."""
    found = sentences(text)
    if not found:
        return None
    first = found[0]
    where = (first.start, first.end)
    if len(first.text) > LONG_FROM or first.end > SEEN:
        return Note(Check.HOOK, "long", where, {"shown": cut(text, SEEN)})
    if is_stock(first.text):
        return Note(Check.HOOK, "stock", where, {"shown": cut(text, SEEN)})
    return None
