"""Rhythm (checks 8 and 9, one topic): sentences that are too long, and a text that is hard to read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.coaching.contexts import CoachingContext
from bot.coaching.readability import lix_score, osman_score
from bot.coaching.types import CoachingCheck, CoachingNote
from bot.text import Language, Sentence, Token, count_words, split_sentences, tokenize

MAX_LIX = 45
MIN_OSMAN = 40
MIN_WORDS_FOR_READABILITY = 60


@dataclass(frozen=True)
class SentenceLimits:
    """The mean and the longest length of sentences, in words, above which a language gets hard to read."""

    mean: int
    single: int


SENTENCE_LIMITS: dict[Language, SentenceLimits] = {"en": SentenceLimits(22, 35), "ar": SentenceLimits(25, 40)}

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


def check_sentences_and_readability(text: str, context: CoachingContext) -> CoachingNote | None:
    """Return a note when the sentences are long on average or in one place, or else when the text is hard to read."""
    found = [sentence for sentence in split_sentences(text) if count_words(sentence.text)]
    if not found:
        return None
    language = context.language_of(text)
    limits = SENTENCE_LIMITS[language]
    counts = [count_words(sentence.text) for sentence in found]
    longest = found[counts.index(max(counts))]
    where = (longest.start, longest.end)
    args: dict[str, str | int] = {"words": max(counts), "after": words_before_suggested_break(longest)}
    if max(counts) > limits.single:
        return CoachingNote(CoachingCheck.SENTENCES, "long", where, args)
    if fmean(counts) > limits.mean:
        return CoachingNote(CoachingCheck.SENTENCES, "mean", where, args)
    if sum(counts) >= MIN_WORDS_FOR_READABILITY and _is_hard_to_read(text, language):
        return CoachingNote(CoachingCheck.READING, "dense", where, args)
    return None


def _is_hard_to_read(text: str, language: Language) -> bool:
    return osman_score(text) < MIN_OSMAN if language == "ar" else lix_score(text) > MAX_LIX


def words_before_suggested_break(sentence: Sentence) -> str:
    """Return the few words after which a long sentence is best split: at a pause near its middle."""
    words = tokenize(sentence.text)
    if len(words) < 2:
        return sentence.text
    middle = len(words) / 2
    last = min(
        range(len(words) - 1), key=lambda at: (_break_cost(sentence.text, words, at), abs(at + 1 - middle))
    )
    return sentence.text[words[max(0, last - _SHOWN_WORDS + 1)].start : words[last].end]


def _break_cost(text: str, words: Sequence[Token], at: int) -> int:
    """Return the cost of a break after a word: far from the middle, then without a pause or a connective."""
    far = not len(words) // 4 <= at + 1 <= len(words) - len(words) // 4
    if _PAUSE.search(text, words[at].end, words[at + 1].start):
        return 3 * far
    following = words[at + 1].word
    if following in _CONNECTIVES or following.removeprefix("و") in _CONNECTIVES:
        return 1 + 3 * far
    return 2 + 3 * far
