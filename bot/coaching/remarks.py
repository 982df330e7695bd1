"""Remarks: the brackets after a term of the jargon list, which narrow the sense in which the word is a hit.

`champion (as a verb)` must not find a chess champion, nor `bandwidth (for people)` that of a network. A
remark that is not known here narrows nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

_SUBJECT_WORDS = "i we you they who to will would can could should must and also always really"
_MACHINE_WORDS = "network memory internet gpu data disk bus high low wireless upload download"
_ONE_PERSON_WORDS = "a an my his her your no real hidden musical in"
_ABSTRACT_WORDS = (
    "potential value growth power possibilities opportunities insights creativity capacity efficiency"
)
_ROOM_WORDS = "empty white open office green same first only safe quiet little own small shared outer"

_SUBJECTS = frozenset(_SUBJECT_WORDS.split())
_MACHINE_QUALIFIERS = frozenset(_MACHINE_WORDS.split())
_ONE_PERSON_QUALIFIERS = frozenset(_ONE_PERSON_WORDS.split())
_WORDS_AFTER_NAMED_SOLUTION = frozenset(("to", "for", "of", "that", "which", "i", "we"))
_ABSTRACT_NOUNS = frozenset(_ABSTRACT_WORDS.split())
_MARKET_QUALIFIERS = frozenset(("the", "this", "our", "in"))
_PLAIN_ROOMS = frozenset(_ROOM_WORDS.split())

WordSequence = Sequence[str]


def has_remarked_sense(remark: str, words: WordSequence, start: int, end: int) -> bool:
    """Return whether the words from `start` to `end` are used in the sense of the remark."""
    rule = _RULES_BY_REMARK.get(remark)
    return rule is None or rule(words, start, end)


def _word_before(words: WordSequence, start: int) -> str:
    return words[start - 1] if start else ""


def _word_after(words: WordSequence, end: int) -> str:
    return words[end] if end < len(words) else ""


def _is_verb(words: WordSequence, start: int, end: int) -> bool:
    return words[end - 1].endswith(("ed", "ing")) or _word_before(words, start) in _SUBJECTS


def _is_vague(words: WordSequence, start: int, end: int) -> bool:
    """Return whether a solution is vague: one to a named problem isn't."""
    return _word_after(words, end) not in _WORDS_AFTER_NAMED_SOLUTION


def _is_market(words: WordSequence, start: int, end: int) -> bool:
    """Return whether a space is a market, with an article and a field before it: the HR space."""
    return start >= 2 and words[start - 2] in _MARKET_QUALIFIERS and words[start - 1] not in _PLAIN_ROOMS


def _is_about_people(words: WordSequence, start: int, end: int) -> bool:
    """Return whether the word stands for people: a network's bandwidth and one person's talent don't."""
    if words[start].startswith("talent"):
        return _word_before(words, start) not in _ONE_PERSON_QUALIFIERS and _word_after(words, end) not in (
            "for",
            "show",
        )
    return _word_before(words, start) not in _MACHINE_QUALIFIERS


def _is_about_potential(words: WordSequence, start: int, end: int) -> bool:
    """Return whether unlocking is figurative, with potential or the like nearby: a door is unlocked too."""
    return not _ABSTRACT_NOUNS.isdisjoint(words[end : end + 4])


_RULES_BY_REMARK: Mapping[str, Callable[[WordSequence, int, int], bool]] = MappingProxyType(
    {
        "as a verb": _is_verb,
        "as a vague noun": _is_vague,
        "as in the HR space": _is_market,
        "for people": _is_about_people,
        "potential": _is_about_potential,
    }
)
