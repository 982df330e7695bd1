"""Sameness (check 10): an opening, or a good part of a text, that a published story already has.

Only stories published by their authors are compared, and the note doesn't name the author. A shared sentence as
such is no hit: most writers share a card with somebody.
"""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from bot.coaching.contexts import CoachingContext
from bot.coaching.types import CoachingCheck, CoachingNote
from bot.text import PLACEHOLDER, split_sentences, words_for_comparison

MIN_OPENING_SIMILARITY = 85
MIN_COPIED_SHARE = 0.25
SHINGLE_LENGTH = 5

Shingle = tuple[str, ...]


def check_sameness(text: str, context: CoachingContext) -> CoachingNote | None:
    """Return a note when another published story opens with nearly this line, or holds a quarter of this text."""
    found = split_sentences(text)
    if not found:
        return None
    opening = _comparable_text(found[0].text)
    if opening and any(
        fuzz.token_sort_ratio(opening, other) >= MIN_OPENING_SIMILARITY
        for other in _first_sentences(context.published_stories)
    ):
        return CoachingNote(CoachingCheck.SAMENESS, "opening", (found[0].start, found[0].end))
    bank = _bank_shingles(context.bank_lines)
    if any(containment(text, other, bank) >= MIN_COPIED_SHARE for other in context.published_stories):
        return CoachingNote(CoachingCheck.SAMENESS, "text")
    return None


def shingles(text: str) -> frozenset[Shingle]:
    """Return the runs of five words inside the sentences of a text, in their form for comparison."""
    runs: set[Shingle] = set()
    for part in PLACEHOLDER.split(text):
        for sentence in split_sentences(part):
            words = words_for_comparison(sentence.text)
            runs.update(words[at : at + SHINGLE_LENGTH] for at in range(len(words) - SHINGLE_LENGTH + 1))
    return frozenset(runs)


@lru_cache(maxsize=8)
def _bank_shingles(lines: tuple[str, ...]) -> frozenset[Shingle]:
    """Return the runs of a bank's lines, cached since everybody has the same bank; people's own words aren't."""
    return frozenset[Shingle]().union(*map(shingles, lines))


def containment(text: str, other: str, bank: frozenset[Shingle] = frozenset()) -> float:
    """Return the share of a text's runs of words, without those of the bank, that another text also has."""
    own = shingles(text) - bank
    return len(own & shingles(other)) / len(own) if own else 0.0


def _first_sentences(stories: Iterable[str]) -> Iterable[str]:
    for story in stories:
        for sentence in split_sentences(story)[:1]:
            yield _comparable_text(sentence.text)


def _comparable_text(sentence: str) -> str:
    return " ".join(words_for_comparison(sentence))
