"""Readability: LIX for English and OSMAN for Arabic, from their published formulas."""

import re

from bot.text import count_words, split_sentences, split_words

_HARAKAT = re.compile("[\u064b-\u0653\u0657\u0658]")
_STRESSED = re.compile("[\u064b-\u064d\u0651]")
_VOWELLED = re.compile("[\u064b-\u0651]")
_LETTER = re.compile(r"[^\W_]")
# Alef and alef maqsura lengthen the syllable before them and start none.
_LONG_VOWELS = frozenset("اى")
# Hamza on its seats, dhal and dhaa, and the plural endings waw-alef and waw-noon.
_FASEEH = re.compile("[ئءؤذظ]|وا|ون")

_LONG_ENGLISH = 6
_LONG_ARABIC = 5
_MANY_SYLLABLES = 5


def lix_score(text: str) -> float:
    """Return LIX (Björnsson 1968): words per sentence, plus the percentage of words over six letters."""
    found = split_words(text)
    if not found:
        return 0.0
    long_words = sum(len(word) > _LONG_ENGLISH for word in found)
    return len(found) / _count_sentences(text) + 100 * long_words / len(found)


def osman_score(text: str) -> float:
    """Return OSMAN (El-Haj and Rayson, LREC 2016): higher is easier; 0.0 for a text without words.

    200.791 - 1.015 A/B - 24.181 (C + D + G + H)/A, with A words, B sentences, C long words, D syllables, G
    words with more than five vowel signs and H "faseeh" words. People write few vowel signs, so that short
    syllables are estimated from the letters, which is what the formula's authors do for texts without them.
    """
    found = split_words(text)
    if not found:
        return 0.0
    long_words = sum(len(_HARAKAT.sub("", word)) > _LONG_ARABIC for word in found)
    vowelled = sum(len(_VOWELLED.findall(word)) > _MANY_SYLLABLES for word in found)
    faseeh = sum(
        count_arabic_syllables(word) > _MANY_SYLLABLES and bool(_FASEEH.search(word)) for word in found
    )
    weight = (long_words + count_arabic_syllables(text) + vowelled + faseeh) / len(found)
    return 200.791 - 1.015 * len(found) / _count_sentences(text) - 24.181 * weight


def count_arabic_syllables(text: str) -> int:
    """Return the estimated syllables of an Arabic text: letters but long vowels, less two; stressed ones twice."""
    letters = sum(letter not in _LONG_VOWELS for letter in _LETTER.findall(text))
    return max(letters - 2, 0) + 2 * len(_STRESSED.findall(text))


def _count_sentences(text: str) -> int:
    return max(sum(1 for sentence in split_sentences(text) if count_words(sentence.text)), 1)
