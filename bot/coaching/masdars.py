"""Masdars: Arabic nouns of action, recognised well enough to find three habits of office Arabic.

«قام بتطوير», «تم إطلاق» and «عملية التوظيف» put a verb's noun after a word that says only that something was
done. All forms here are folded ones, so an alef has no hamza and a taa marbuta is a haa.
"""

import re
from collections.abc import Sequence

from bot.text import Token

# Shapes of derived nouns: تفعيل وتفعلة، إفعال وإفالة، افتعال واستفعال، مفاعلة، فعالة، فعول.
_MASDAR_SHAPES = re.compile(
    r"(?:ت\w\wي\w|ت\w\wيه|تجربه|ا\w\wا\w|ا\wا\wه|ا\w{3,4}ا\w|م\wا\w\wه|\w\wا\wه|\w\wو\wه?)\Z"
)
# Shapes that a present-tense verb shares: a masdar only under an article.
_VERB_LIKE = re.compile(r"(?:ت\wا\w\w|ت\w{3})\Z")
_COMMON_MASDAR_LIST = """عمل شرح جمع نقل وضع حل رفع نشر بيع دفع فتح غلق بحث طرح ضم صرف حفظ ربط دعم عقد عرض
منح قطع فحص دمج حصر رصد خفض طلب كشف رفض حذف منع بناء شراء انشاء اداء تعاون تواصل تبادل تقدم تعلم توسع
تحول"""
_NOT_MASDAR_LIST = """الان امام انسان اسباب اشخاص اعوام ايام اماكن ارقام اقسام افكار اطفال اصحاب اعضاء
ابناء بداخله ثلاثه عباره نهايه بدايه سنوات ساعات فتره زياده العام عاديه هواده كثيره نجاح سلام هدوء سهوله
سرعه وضوح بسيطه"""
_COMMON_MASDARS = frozenset(_COMMON_MASDAR_LIST.split())
_NOT_MASDARS = frozenset(_NOT_MASDAR_LIST.split())

_PERFORM = re.compile(r"[وف]?(?:س?[يتن]قوم(?:ون|ان|ين)?|س?اقوم|قام(?:ت|وا|ا|تا)?|قم(?:ت|نا|تم|تن|ن))\Z")
_DONE = re.compile(r"[وف]?(?:تم|تمت|س?يتم|س?تتم)\Z")
_PROCESS = re.compile(r"(?:[وف]?(?:[بلك]|لل|ال|بال)?)(?:عمليه|عمليات)\Z")
# Words that start with the letter ب, or have it as a prefix to a noun that is no action.
_WITHOUT_ACTION = """به بها بهم بهما بهن بنا بي بك بعد بعض بعضهم بين بيننا بينهم بدون بدل بلد بيت باب
بلا بكل بهذا بهذه بذلك بتلك بما بمن بان بانه باني بنفسه بنفسها بنفسي بانفسهم بانفسنا بدور بدوره بدورها
بدوري بجانب بالفعل بسرعه بهدوء بنجاح بسهوله بمفرده بمفردها بمفردي بالكامل بواجبه بواجبها بواجبي بالواجب"""
_NOT_PERFORMED = frozenset(_WITHOUT_ACTION.split())
_PRONOUNS = re.compile(r"(?:ه|ها|هم|هما|نا|ي|كم)\Z")


def is_masdar(word: str) -> bool:
    """Return whether a folded word looks like a noun of action, with or without an article or a possessive."""
    definite = word.startswith("ال")
    bare = word[2:] if definite else word
    if len(bare) < 2 or bare in _NOT_MASDARS or word in _NOT_MASDARS:
        return False
    if definite and _VERB_LIKE.match(bare):
        return True
    return _has_masdar_shape(bare) or (
        len(bare) > 4 and not definite and _has_masdar_shape(_PRONOUNS.sub("", bare))
    )


def _has_masdar_shape(bare: str) -> bool:
    return bare in _COMMON_MASDARS or (len(bare) > 3 and bool(_MASDAR_SHAPES.match(bare)))


def match_habit_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Return the habit that starts at a word, and the number of its words: perform, done, process or none."""
    word, following = tokens[at].word, [token.word for token in tokens[at + 1 : at + 3]]
    if not following:
        return None
    if _PERFORM.match(word):
        if _is_performed_masdar(following[0]):
            return "perform", 2
        # The subject may come between: «قام الفريق بتطوير».
        if following[0].startswith("ال") and len(following) > 1 and _is_performed_masdar(following[1]):
            return "perform", 3
    if _DONE.match(word) and is_masdar(following[0]):
        return "done", 2
    if _PROCESS.match(word) and _is_process_noun(tokens, at):
        return "process", 2
    return None


def _is_performed_masdar(word: str) -> bool:
    """Return whether a word is «بـ» and a noun of action."""
    if not word.startswith("ب") or len(word) < 4 or word in _NOT_PERFORMED:
        return False
    return is_masdar(word[1:])


def _is_process_noun(tokens: Sequence[Token], at: int) -> bool:
    """Return whether «عملية» names a process, rather than calling the noun before it practical."""
    following = tokens[at + 1].word
    if not is_masdar(following):
        return False
    is_adjective = at > 0 and tokens[at - 1].word.endswith("ه") and not following.startswith("ال")
    return not is_adjective
