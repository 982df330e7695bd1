"""Remarks: the brackets behind a term of the jargon list, which say in what use the word is meant.

`champion (as a verb)` must not find a chess champion, nor `bandwidth (for people)` that of a network. A remark
that is not known here narrows nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

_SUBJECTS = frozenset(
    ["i", "we", "you", "they", "who", "to", "will", "would", "can", "could", "should", "must", "and", "also", "always", "really"]
)
_OF_MACHINES = frozenset(
    (
        "network",
        "memory",
        "internet",
        "gpu",
        "data",
        "disk",
        "bus",
        "high",
        "low",
        "wireless",
        "upload",
        "download",
    )
)
_OF_ONE_PERSON = frozenset(("a", "an", "my", "his", "her", "your", "no", "real", "hidden", "musical", "in"))
_NAMED_BY = frozenset(("to", "for", "of", "that", "which", "i", "we"))
_ABSTRACT = frozenset(
    ["potential", "value", "growth", "power", "possibilities", "opportunities", "insights", "creativity", "capacity", "efficiency", "new"]
)
_MARKET = frozenset(("the", "this", "our", "in"))
_PLAIN_ROOMS = frozenset(
    ["empty", "white", "open", "office", "green", "same", "first", "only", "safe", "quiet", "little", "own", "small", "shared"]
)

Words = Sequence[str]


def accepts(remark: str, words: Words, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are used in the sense of the remark."""
    rule = _RULES.get(remark)
    return rule is None or rule(words, start, end)


def _before(words: Words, start: int) -> str:
    return words[start - 1] if start else ""


def _after(words: Words, end: int) -> str:
    return words[end] if end < len(words) else ""


def _is_verb(words: Words, start: int, end: int) -> bool:
    return words[end - 1].endswith(("ed", "ing")) or _before(words, start) in _SUBJECTS


def _is_vague(words: Words, start: int, end: int) -> bool:
    """A solution to something is a thing with a name."""
    return _after(words, end) not in _NAMED_BY


def _is_market(words: Words, start: int, end: int) -> bool:
    """A space with an article and a field before it: the HR space."""
    return start >= 2 and words[start - 2] in _MARKET and words[start - 1] not in _PLAIN_ROOMS


def _is_of_people(words: Words, start: int, end: int) -> bool:
    if _before(words, start) in _OF_MACHINES or _after(words, end) in ("for", "show"):
        return False
    return _before(words, start) not in _OF_ONE_PERSON


def _is_of_potential(words: Words, start: int, end: int) -> bool:
    """A door is unlocked too; with potential and the like near by it is the figure of speech."""
    return not _ABSTRACT.isdisjoint(words[end : end + 4])


_RULES: Mapping[str, Callable[[Words, int, int], bool]] = MappingProxyType(
    {
        "as a verb": _is_verb,
        "as a vague noun": _is_vague,
        "as in the HR space": _is_market,
        "for people": _is_of_people,
        "potential": _is_of_potential,
    }
)
