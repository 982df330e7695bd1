"""Rhythm (checks 8 and 9, one topic): sentences that run out of breath, and a text that is hard going."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.coaching.contexts import Context
from bot.coaching.readability import lix, osman
from bot.coaching.types import Check, Note
from bot.text import Language, Sentence, Token, count_words, sentences, tokens

LIX_ABOVE = 45
OSMAN_BELOW = 40
READ_FROM = 60


@dataclass(frozen=True)
class Limits:
    """The mean and the single sentence, in words, from which a language runs out of breath."""

    mean: int
    single: int


LIMITS: dict[Language, Limits] = {"en": Limits(22, 35), "ar": Limits(25, 40)}

_PAUSE = re.compile(r"[,،;:–—]|\s-\s")
_CONNECTIVES = frozenset(
    (
        "and",
        "but",
        "which",
        "because",
        "so",
        "while",
        "where",
        "who",
        "when",
        "لان",
        "لكن",
        "ولكن",
        "حيث",
        "التي",
        "الذي",
    )
)
_SHOWN_WORDS = 3


def rhythm(text: str, context: Context) -> Note | None:
    """A note when the sentences are long on the whole or in one place, else when the text reads hard."""
    found = [sentence for sentence in sentences(text) if count_words(sentence.text)]
    if not found:
        return None
    language = context.language_of(text)
    limits = LIMITS[language]
    counts = [count_words(sentence.text) for sentence in found]
    longest = found[counts.index(max(counts))]
    where = (longest.start, longest.end)
    args: dict[str, str | int] = {"words": max(counts), "after": breath(longest)}
    if max(counts) > limits.single:
        return Note(Check.SENTENCES, "long", where, args)
    if fmean(counts) > limits.mean:
        return Note(Check.SENTENCES, "mean", where, args)
    if sum(counts) >= READ_FROM and _reads_hard(text, language):
        return Note(Check.READING, "dense", where, args)
    return None


def _reads_hard(text: str, language: Language) -> bool:
    return osman(text) < OSMAN_BELOW if language == "ar" else lix(text) > LIX_ABOVE


def breath(sentence: Sentence) -> str:
    """The few words after which a long sentence is best broken: at a pause near its middle."""
    words = tokens(sentence.text)
    if len(words) < 2:
        return sentence.text
    middle = len(words) / 2
    last = min(range(len(words) - 1), key=lambda at: (_cost(sentence.text, words, at), abs(at + 1 - middle)))
    return sentence.text[words[max(0, last - _SHOWN_WORDS + 1)].start : words[last].end]


def _cost(text: str, words: Sequence[Token], at: int) -> int:
    """How unkind a break after a word is: far from the middle, then without a pause or a connective."""
    far = not len(words) // 4 <= at + 1 <= len(words) - len(words) // 4
    if _PAUSE.search(text, words[at].end, words[at + 1].start):
        return 3 * far
    following = words[at + 1].word
    if following in _CONNECTIVES or following.removeprefix("و") in _CONNECTIVES:
        return 1 + 3 * far
    return 2 + 3 * far
