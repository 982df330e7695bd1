"""Sameness (check 10): an opening, or a good part of a text, that a published story already has.

Only stories whose owners published them are compared, and nothing says whose one it was. A shared sentence as
such is no hit: most writers share a card with somebody.
"""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from bot.coaching.contexts import Context
from bot.coaching.types import Check, Note
from bot.text import OPENING, sentences, similar_words

SAME_OPENING = 85
COPIED = 0.25
SHINGLE = 5

Shingle = tuple[str, ...]


def sameness(text: str, context: Context) -> Note | None:
    """A note when another published story opens with nearly this line, or holds a quarter of this text."""
    found = sentences(text)
    if not found:
        return None
    opening = _comparable(found[0].text)
    if opening and any(
        fuzz.token_sort_ratio(opening, other) >= SAME_OPENING for other in _openings(context.published)
    ):
        return Note(Check.SAMENESS, "opening", (found[0].start, found[0].end))
    bank = _of_all(context.bank_lines)
    if any(containment(text, other, bank) >= COPIED for other in context.published):
        return Note(Check.SAMENESS, "text")
    return None


def shingles(text: str) -> frozenset[Shingle]:
    """The runs of five words inside the sentences of a text, in the form in which texts are compared."""
    runs: set[Shingle] = set()
    for part in OPENING.split(text):
        for sentence in sentences(part):
            words = similar_words(sentence.text)
            runs.update(words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1))
    return frozenset(runs)


@lru_cache(maxsize=8)
def _of_all(lines: tuple[str, ...]) -> frozenset[Shingle]:
    """The runs of a bank's lines, kept, for a bank is the same for everybody; nobody's own words are."""
    return frozenset[Shingle]().union(*map(shingles, lines))


def containment(text: str, other: str, bank: frozenset[Shingle] = frozenset()) -> float:
    """The share of a text's runs of words, those of the bank left out, that another text has too."""
    own = shingles(text) - bank
    return len(own & shingles(other)) / len(own) if own else 0.0


def _openings(stories: Iterable[str]) -> Iterable[str]:
    for story in stories:
        for sentence in sentences(story)[:1]:
            yield _comparable(sentence.text)


def _comparable(sentence: str) -> str:
    return " ".join(similar_words(sentence))
