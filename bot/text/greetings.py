"""Greetings: messages that only say hello."""

import re

from bot.text.folding import fold

_EMOJI_NAME = re.compile(r":[a-z0-9_+'-]+:")
_NOT_WORD = re.compile(r"[^\w']+|_")
_REPEATED_LETTERS = re.compile(r"(\w)\1{2,}")

_GREETING_WORDS = """hi hello hey hiya heya hullo hallo howdy yo sup greetings salam salaam salamu marhaba ahlan
morning afternoon evening wassup
مرحبا مرحبتين مراحب أهلا أهلين هلا هلو هاي هالو سلام السلام تحية كيفك شلونك إزيك"""
_GREETING_PHRASES = """hi there, hello there, hey there, hi again, hello again, hey again, good morning, good afternoon
good evening, good day, good to see you, what's up, whats up, how are you, how are you doing
how are you today, how's it going
hows it going, how is it going, nice to meet you, salam alaikum, salam aleikum, salaam alaikum
assalamu alaikum, assalam alaikum, as salamu alaykum, assalamu alaykum, salam alaykum, sabah alkhair
sabah al khair, sabah el kheir, masa alkhair, masa al khair, masa el kheir, ahlan wa sahlan
السلام عليكم, السلام عليكم ورحمة الله, السلام عليكم ورحمة الله وبركاته, سلام عليكم, عليكم السلام
وعليكم السلام, وعليكم السلام ورحمة الله, وعليكم السلام ورحمة الله وبركاته, صباح الخير, صباح النور
صباح الورد, صباح الفل, مساء الخير, مساء النور, مساء الورد, أهلا وسهلا, أهلا بك, أهلا بكم, هلا وغلا
هلا والله, حياك الله, حياكم الله, كيف الحال, كيف حالك, كيف حالكم, كيف الأحوال, تحية طيبة, مرحبا بك
مرحبا بكم, يا هلا, يا مرحبا, طاب يومك, نهارك سعيد, مساؤك سعيد, صباحك سعيد, يعطيك العافية"""
_ADDRESSEE_WORDS = frozenset(
    fold("hakawati bot there everyone all team again يا حكواتي الحكواتي جميعا").split()
)
_GREETINGS = frozenset(
    fold(phrase).strip() for phrase in (*_GREETING_WORDS.split(), *re.split(r"[,\n]", _GREETING_PHRASES))
)
_GREETINGS_LONGEST_FIRST = sorted(_GREETINGS, key=len, reverse=True)


def is_greeting(text: str) -> bool:
    """Return whether a message is only a greeting, in English or Arabic, at most with the bot's name or an emoji."""
    bare = _NOT_WORD.sub(" ", _EMOJI_NAME.sub(" ", fold(text))).strip()
    return bool(bare) and (
        _has_only_greetings(bare) or _has_only_greetings(_REPEATED_LETTERS.sub(r"\1", bare))
    )


def _has_only_greetings(bare: str) -> bool:
    """Return whether nothing is left after removing greetings and the bot's names from the start."""
    rest, greeted = bare, False
    while rest:
        for phrase in _GREETINGS_LONGEST_FIRST:
            if rest == phrase or rest.startswith(phrase + " "):
                rest, greeted = rest[len(phrase) :].strip(), True
                break
        else:
            return greeted and _ADDRESSEE_WORDS.issuperset(rest.split())
    return greeted
