"""Folding: normal forms in which two spellings of a word become the same string."""

import re
import unicodedata
from dataclasses import dataclass

# Harakat, tanween, Quranic marks, superscript alef and tatweel: ornaments of writing, not letters.
_DIACRITICS = re.compile("[\u064b-\u065f\u0670\u0640]")
_LETTER_FORMS = str.maketrans("إأآٱىةؤئ’‘ʼ", "ااااي" + "هوي" + "'''")
_CONJUNCTIONS = ("و", "ف")
_ARTICLES = ("بال", "كال", "ال", "لل")

# A word is a run of letters and digits. Marks on a letter, an apostrophe or hyphen inside, and the point
# or comma of a number belong to it.
_COMBINING_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c"
)
_LETTER = rf"(?:[^\W_]|[{_COMBINING_MARKS}])"
WORD = re.compile(rf"[^\W_]{_LETTER}*(?:(?:['’ʼ\-‑]|(?<=\d)[.,٫٬](?=\d))[^\W_]{_LETTER}*)*")


@dataclass(frozen=True)
class Token:
    """A folded word and its place in the text as it was written."""

    word: str
    start: int
    end: int


def to_nfc(text: str) -> str:
    """Return the text in NFC, the form in which it is shown."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the text for matching: NFKC, lower case, Arabic letters without ornaments and in one form each."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return _DIACRITICS.sub("", plain).translate(_LETTER_FORMS)


def strip_arabic_prefixes(word: str) -> str:
    """Return a folded word without Arabic prefixes; for similarity only, never shown."""
    if len(word) >= 5 and word.startswith(_CONJUNCTIONS):
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) > len(article) + 1:
            return word[len(article) :]
    return word


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they were written."""
    return tuple(WORD.findall(text))


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in their folded form."""
    return tuple(WORD.findall(fold(text)))


def words_for_comparison(text: str) -> tuple[str, ...]:
    """Return the words of a text in the form in which texts are compared."""
    return tuple(strip_arabic_prefixes(word) for word in folded_words(text))


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the folded words of a text with their places."""
    return tuple(Token(fold(found.group()), found.start(), found.end()) for found in WORD.finditer(text))


def count_words(text: str) -> int:
    """Return the number of words in a text."""
    return sum(1 for _ in WORD.finditer(text))
