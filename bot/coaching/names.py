"""Names: finding a name as whole words in a text, in either script."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz import fuzz, process

from bot.text import folded_words, strip_arabic_prefixes, tokenize

_CLITICS = ("و", "ف", "ب", "ل", "ك")
_MIN_HASHTAG_LENGTH = 5


@dataclass(frozen=True)
class NameMatch:
    """A name from a list, and the place of its words in a text."""

    name: str
    start: int
    end: int


def match_names(text: str, names: Iterable[str]) -> Iterator[NameMatch]:
    """Return the places where a text has names from a list as whole words, with or without Arabic prefixes."""
    index = _index_by_first_word(tuple(names))
    words = tokenize(text)
    for at, token in enumerate(words):
        for form in _forms_without_affixes(token.word):
            for name, wanted in index.get(form, ()):
                there = [later.word.removesuffix("'s") for later in words[at + 1 : at + len(wanted)]]
                if there == list(wanted[1:]):
                    yield NameMatch(name, token.start, words[at + len(wanted) - 1].end)


@lru_cache(maxsize=64)
def _index_by_first_word(names: tuple[str, ...]) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the names with their folded words, by the first word; a directory is folded once."""
    index: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name in names:
        wanted = folded_words(name)
        if wanted:
            index.setdefault(wanted[0], []).append((name, wanted))
    return index


def has_any_name(text: str, names: Iterable[str]) -> bool:
    """Return whether one of the names is in a text, also as a single word as in a hashtag."""
    known = tuple(names)
    if next(match_names(text, known), None) is not None:
        return True
    glued = [
        name for name in ("".join(folded_words(name)) for name in known) if len(name) >= _MIN_HASHTAG_LENGTH
    ]
    return any(name in word for word in folded_words(text) for name in glued)


def fuzzy_name_spans(text: str, names: Sequence[str], min_score: float) -> Iterator[tuple[int, int]]:
    """Return the places whose words are, or nearly are, a name from a list, to allow for spelling mistakes."""
    folded = [" ".join(folded_words(name)) for name in names]
    folded = [name for name in folded if name]
    words = tokenize(text)
    end_of_last = -1
    sizes = sorted({len(name.split()) for name in folded}, reverse=True)
    for at, size in product(range(len(words)), sizes):
        if at + size > len(words) or words[at].start < end_of_last:
            continue
        rest = [token.word.removesuffix("'s") for token in words[at + 1 : at + size]]
        for first in _forms_without_affixes(words[at].word):
            if process.extractOne(
                " ".join((first, *rest)), folded, scorer=fuzz.ratio, score_cutoff=min_score
            ):
                end_of_last = words[at + size - 1].end
                yield words[at].start, end_of_last
                break


def _forms_without_affixes(word: str) -> set[str]:
    """Return a word and its forms without a possessive or an Arabic prefix."""
    forms = {word, word.removesuffix("'s")}
    if word.startswith(_CLITICS):
        forms |= {word[1:], strip_arabic_prefixes(word)}
        if word[1:].startswith(_CLITICS):
            forms.add(word[2:])
    return {form for form in forms if form}
