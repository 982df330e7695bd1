"""A bare greeting is recognised; a longer message isn't."""

from __future__ import annotations

import pytest

from bot.text import is_greeting

GREETINGS = """hi | Hello | HEY!! | hellooo 👋 | hi there | hi hakawati :wave: | Good morning
Hello, good morning! | salam | As-salamu alaykum | what's up? | How’s it going?
hi, how are you? | good evening everyone | hello again | مرحباً | مرحبااا | أهلاً
اهلا وسهلا | السلام عليكم | السلام عليكم ورحمة الله وبركاته | سلام | السَّلامُ عليكم
صباح الخير | صباح الخير يا حكواتي | مساء النور 🌙 | هلا والله | السلام عليكم، كيف الحال؟
تحية طيبة"""

OTHERS = """👋 | Hi, I build things | Hello world is what I write | Good morning shifts are mine
history | yoga | morning shifts | I say hello to everybody | hakawati | supper
hi-fi repairs | everyone | Hi Maya, thanks for asking | صباح الخير أقولها للجميع
سلامة المرضى | أهلاً، أعمل في الدعم | كيف أشرح عملي | حكواتي | هلال"""


def split_samples(texts: str) -> list[str]:
    return [text.strip() for line in texts.splitlines() for text in line.split("|")]


@pytest.mark.parametrize("text", split_samples(GREETINGS))
def test_a_message_is_a_greeting_when_it_says_nothing_else(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize("text", ["", "   ", *split_samples(OTHERS)])
def test_a_message_is_no_greeting_when_it_says_more_or_nothing(text: str) -> None:
    assert not is_greeting(text)
