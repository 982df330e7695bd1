"""Colleagues, a part of check 1: names of the company's people in somebody's story."""

from collections.abc import Iterator

from bot.coaching.contexts import CoachingContext
from bot.coaching.names import NameMatch, match_names
from bot.coaching.types import CoachingFinding, FindingKind
from bot.text import fold, split_words

# First names that are also ordinary words: they name a person for certain only with the family name.
_AMBIGUOUS_ENGLISH_NAMES = """will may mark grace hope joy art rose faith bill summer april june august sunny
page chase drew frank grant jack max miles pat ray rich rob sky skip sue wade victor dean guy iris ivy
lane norm penny robin major young king"""
_AMBIGUOUS_ARABIC_NAMES = """امل سعيد كريم جميل نور حسن وفاء ايمان هدي سلام فرح امير ناصر عادل صالح مني رجاء نجاح
شريف احسان عمر علي كامل عالي ربيع ضياء سناء هناء شروق نبيل حكيم امين بدر جهاد كفاح نضال رضا صباح مساء
حياه روح زينه سحر شهد عزيز فاضل ماهر مجد مختار نصر نعيم هاني وسام يسر جابر باسم ايمن امال ابرار احلام
اسرار الهام انوار ايات بشاير جود حنان دلال دعاء رائد رايد رحمه زاهر سالم صابر عابد عامر غالي قاسم كمال
لطيف وجدان يقين حامد حازم"""
_AMBIGUOUS_NAMES = frozenset((*_AMBIGUOUS_ENGLISH_NAMES.split(), *_AMBIGUOUS_ARABIC_NAMES.split()))
_MIN_FIRST_NAME_LENGTH = 3


def detect_colleagues(text: str, context: CoachingContext) -> Iterator[CoachingFinding]:
    """Return the people of the directory named in a text, by full name or by an unmistakable first name."""
    last = -1
    named = [*match_names(text, context.colleagues), *_match_first_names(text, context)]
    for place in sorted(named, key=lambda place: (place.start, -place.end)):
        if place.start >= last:
            last = place.end
            written = text[place.start : place.end]
            yield CoachingFinding(FindingKind.COLLEAGUE, place.start, place.end, written, place.name)


def _match_first_names(text: str, context: CoachingContext) -> Iterator[NameMatch]:
    own = {fold(name) for name in context.own_first_names}
    known: dict[str, str] = {}
    for name in context.colleagues:
        parts = split_words(name)
        if (
            len(parts) > 1
            and len(parts[0]) >= _MIN_FIRST_NAME_LENGTH
            and fold(parts[0]) not in own | _AMBIGUOUS_NAMES
        ):
            # The first name of two people doesn't say which of them it names.
            known[parts[0]] = parts[0] if parts[0] in known else name
    for place in match_names(text, known):
        # A capital tells a name from a word, where there are capitals.
        if not text[place.start].islower():
            yield NameMatch(known[place.name], place.start, place.end)
