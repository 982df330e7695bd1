"""Colleagues, a part of check 1: names of the company's people in somebody's story."""

from collections.abc import Iterator

from bot.coaching.contexts import Context
from bot.coaching.names import Place, places
from bot.coaching.types import Found, Kind
from bot.text import fold, words

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
    last = -1
    named = [*places(text, context.colleagues), *_by_first_names(text, context)]
    for place in sorted(named, key=lambda place: (place.start, -place.end)):
        if place.start >= last:
            last = place.end
            written = text[place.start : place.end]
            yield Found(Kind.COLLEAGUE, place.start, place.end, written, place.name)


def _by_first_names(text: str, context: Context) -> Iterator[Place]:
    own = {fold(name) for name in context.own_first_names}
    known: dict[str, str] = {}
    for name in context.colleagues:
        parts = words(name)
        if len(parts) > 1 and len(parts[0]) >= _SHORTEST and fold(parts[0]) not in own | _WORDS:
            # Of two people with one first name nobody can tell which is meant.
            known[parts[0]] = parts[0] if parts[0] in known else name
    for place in places(text, known):
        # A capital tells a name from a word, where there are capitals.
        if not text[place.start].islower():
            yield Place(known[place.name], place.start, place.end)
