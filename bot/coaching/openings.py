"""Openings: the person's own sentences that could come first."""

from collections.abc import Sequence
from itertools import zip_longest

from bot.coaching.hook import MAX_FIRST_SENTENCE_LENGTH, VISIBLE_LENGTH, is_stock_opener
from bot.text import PLACEHOLDER, count_words, fold, largest_counted_length, split_sentences, tokenize

MAX_SUGGESTIONS = 3

_MIN_WORDS = 4
_MAX_COMFORTABLE_WORDS = 30
_FIRST_PERSON = frozenset(("i", "i'm", "i've", "i'd", "my", "me", "انا", "عندي", "لي"))
# Sentences that lean on the one before them make poor first ones.
_DEPENDENT_WORDS = frozenset(
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
_DEPENDENT_ARABIC_WORDS = frozenset(
    ("ثم", "لكن", "ولكن", "لذلك", "هذا", "هذه", "ذلك", "وهذا", "وذلك", "فهو", "وهو", "وهي")
)


def suggest_first_sentences(answers: Sequence[str], limit: int = VISIBLE_LENGTH) -> tuple[str, ...]:
    """Return up to three sentences that could come first, from different answers where there are several.

    Each is a complete sentence within the limit, unchanged from its answer; early ones weigh more.
    """
    ranked = [_ranked_candidates(answer, limit) for answer in answers]
    chosen: dict[str, str] = {}
    for tier in zip_longest(*ranked):
        for sentence in tier:
            if sentence is not None:
                chosen.setdefault(fold(sentence), sentence)
    return tuple(chosen.values())[:MAX_SUGGESTIONS]


def _ranked_candidates(answer: str, limit: int) -> list[str]:
    """Return the sentences of one answer that could come first, the likeliest first."""
    found = [
        sentence.text
        for sentence in split_sentences(answer)
        if largest_counted_length(sentence.text) <= limit
        and count_words(sentence.text) >= _MIN_WORDS
        and not PLACEHOLDER.search(sentence.text)
        and not is_stock_opener(sentence.text)
    ]
    return sorted(found, key=_rank_penalty)


def _rank_penalty(sentence: str) -> int:
    words = [token.word for token in tokenize(sentence)]
    return (
        2 * (words[0] in _DEPENDENT_WORDS or words[0] in _DEPENDENT_ARABIC_WORDS)
        + 2 * (largest_counted_length(sentence) > MAX_FIRST_SENTENCE_LENGTH)
        + (len(words) > _MAX_COMFORTABLE_WORDS)
        + _FIRST_PERSON.isdisjoint(words)
    )
