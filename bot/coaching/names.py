"""Names: finding a name as whole words in a text, in either script."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from rapidfuzz import fuzz, process

from bot.words import Token, folded_words, stem, tokens

_CLITICS = ("و", "ف", "ب", "ل", "ك")
_SHORTEST_GLUED = 5


def spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    """The places of a name's words in a text; Arabic ones also with what is glued to the first."""
    wanted = folded_words(name)
    if not wanted:
        return
    words = tokens(text)
    for at in range(len(words) - len(wanted) + 1):
        if matches(words, at, wanted):
            yield words[at].start, words[at + len(wanted) - 1].end


def matches(words: Sequence[Token], at: int, wanted: Sequence[str]) -> bool:
    """Whether the words of a name stand at a place."""
    if at + len(wanted) > len(words) or wanted[0] not in _bare_forms(words[at].word):
        return False
    rest = zip(wanted[1:], words[at + 1 :], strict=False)
    return all(name == token.word.removesuffix("'s") for name, token in rest)


def is_named(text: str, names: Iterable[str]) -> bool:
    """Whether one of the names is in a text, also written as one word as in a hashtag."""
    for name in names:
        if any(True for _ in spans(text, name)):
            return True
        glued = "".join(folded_words(name))
        if len(glued) >= _SHORTEST_GLUED and any(glued in word for word in folded_words(text)):
            return True
    return False


def nearly(text: str, names: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """The places whose words are a name of a list, or very nearly so, spelling mistakes and all."""
    folded = [" ".join(folded_words(name)) for name in names]
    folded = [name for name in folded if name]
    words = tokens(text)
    end_of_last = -1
    sizes = sorted({len(name.split()) for name in folded}, reverse=True)
    for at, size in product(range(len(words)), sizes):
        if at + size > len(words) or words[at].start < end_of_last:
            continue
        rest = [token.word.removesuffix("'s") for token in words[at + 1 : at + size]]
        for first in _bare_forms(words[at].word):
            if process.extractOne(" ".join((first, *rest)), folded, scorer=fuzz.ratio, score_cutoff=least):
                end_of_last = words[at + size - 1].end
                yield words[at].start, end_of_last
                break


def _bare_forms(word: str) -> set[str]:
    """A word and what is left of it without a possessive or what Arabic glues to its front."""
    forms = {word, word.removesuffix("'s")}
    if word.startswith(_CLITICS):
        forms |= {word[1:], stem(word)}
        if word[1:].startswith(_CLITICS):
            forms.add(word[2:])
    return {form for form in forms if form}
