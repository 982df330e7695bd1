"""Colleagues, a part of check 1: names of the company's people in somebody's story."""

from collections.abc import Iterator

from bot.coaching.contexts import Context
from bot.coaching.names import spans
from bot.coaching.nouns import Found, Kind
from bot.words import fold, words

# First names that are ordinary words too: only together with the family name they are a person for certain.
_ENGLISH_WORDS = """will may mark grace hope joy art rose faith bill summer april june august sunny
page chase drew frank grant jack max miles pat ray rich rob sky skip sue wade victor dean guy iris ivy
lane norm penny robin major young king"""
_ARABIC_WORDS = """امل سعيد كريم جميل نور حسن وفاء ايمان هدي سلام فرح امير ناصر عادل صالح مني رجاء نجاح
شريف احسان عمر علي كامل عالي ربيع ضياء سناء هناء شروق نبيل حكيم امين بدر جهاد كفاح نضال رضا صباح مساء
حياه روح زينه سحر شهد عزيز فاضل ماهر مجد مختار نصر نعيم هاني وسام يسر جابر باسم ايمن امال ابرار احلام
اسرار الهام انوار ايات بشاير جود حنان دلال دعاء رائد رايد رحمه زاهر سالم صابر عابد عامر غالي قاسم كمال
لطيف وجدان يقين حامد حازم"""
_WORDS = frozenset((*_ENGLISH_WORDS.split(), *_ARABIC_WORDS.split()))
_SHORTEST = 3


def colleagues(text: str, context: Context) -> Iterator[Found]:
    """The people of the directory whom a text names, by whole name or by an unmistakable first name."""
    own = {fold(name) for name in context.own_first_names}
    taken: list[tuple[int, int]] = []
    for name in sorted(context.colleagues, key=len, reverse=True):
        for start, end in (*spans(text, name), *_by_first_name(text, name, own)):
            if not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                yield Found(Kind.COLLEAGUE, start, end, text[start:end], name)


def _by_first_name(text: str, name: str, own: set[str]) -> Iterator[tuple[int, int]]:
    parts = words(name)
    if len(parts) < 2:
        return
    first = parts[0]
    if len(first) < _SHORTEST or fold(first) in _WORDS or fold(first) in own:
        return
    for start, end in spans(text, first):
        # A capital tells a name from a word, where there are capitals.
        if not text[start].islower():
            yield start, end
