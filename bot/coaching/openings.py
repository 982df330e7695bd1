"""Openings: which of a person's own sentences could stand first."""

from collections.abc import Sequence
from itertools import zip_longest

from bot.coaching.hook import LONG_FROM, SEEN, is_stock
from bot.text import OPENING, count_words, fold, length, sentences, tokens

MOST = 3

_SHORTEST = 4
_COMFORTABLE = 30
_FIRST_PERSON = frozenset(("i", "i'm", "i've", "i'd", "my", "me", "انا", "عندي", "لي"))
# Sentences that lean on the one before them make poor first ones.
_LEANING = frozenset(
    (
        "and",
        "but",
        "so",
        "then",
        "it",
        "that",
        "this",
        "these",
        "those",
        "he",
        "she",
        "they",
        "because",
        "also",
        "which",
    )
)
_LEANING_ARABIC = frozenset(
    ("ثم", "لكن", "ولكن", "لذلك", "هذا", "هذه", "ذلك", "وهذا", "وذلك", "فهو", "وهو", "وهي")
)


def openings(answers: Sequence[str], limit: int = SEEN) -> tuple[str, ...]:
    """Up to three sentences that could stand first, from different answers where there are several.

    Each is a whole thought within the limit, as it stands in its answer; early ones weigh more.
    """
    ranked = [_candidates(answer, limit) for answer in answers]
    chosen: dict[str, str] = {}
    for tier in zip_longest(*ranked):
        for sentence in tier:
            if sentence is not None:
                chosen.setdefault(fold(sentence), sentence)
    return tuple(chosen.values())[:MOST]


def _candidates(answer: str, limit: int) -> list[str]:
    """The sentences of one answer that could stand first, the likeliest before the others."""
    found = [
        sentence.text
        for sentence in sentences(answer)
        if length(sentence.text) <= limit
        and count_words(sentence.text) >= _SHORTEST
        and not OPENING.search(sentence.text)
        and not is_stock(sentence.text)
    ]
    return sorted(found, key=_unlikeliness)


def _unlikeliness(sentence: str) -> int:
    words = [token.word for token in tokens(sentence)]
    return (
        2 * (words[0] in _LEANING or words[0] in _LEANING_ARABIC)
        + 2 * (length(sentence) > LONG_FROM)
        + (len(words) > _COMFORTABLE)
        + _FIRST_PERSON.isdisjoint(words)
    )
