"""Jargon: the list of corporate-speak, prepared for matching, and its hits in a text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.coaching.masdars import match_habit_at
from bot.coaching.remarks import has_remarked_sense
from bot.coaching.types import CoachingFinding, FindingKind
from bot.text import Token, fold, tokenize

_REMARK = re.compile(r"\s*\(([^)]*)\)")
_HABIT_KEYS = MappingProxyType({"قام": "perform", "تم": "done", "عملية": "process"})
_HABIT_ENTRY = re.compile(r"(\S+).*\+ مصدر")
_HYPHENS = re.compile(r"[-‑]")
_ARTICLES = ("", "ال")
_ARABIC = re.compile("[\u0620-\u064a]")


@dataclass(frozen=True)
class JargonTerm:
    """One spelling of an entry: its words, the remark that narrows it, and the plain alternative."""

    words: tuple[str, ...]
    replacement: str
    remark: str = ""


@dataclass(frozen=True)
class JargonList:
    """The list, by the forms with which a hit can start, and the Arabic habits that need more than a list."""

    terms_by_form: Mapping[str, tuple[JargonTerm, ...]] = field(default_factory=dict)
    habit_replacements: Mapping[str, str] = field(default_factory=dict)


def parse_jargon(entries: Mapping[str, Sequence[Mapping[str, str]]]) -> JargonList:
    """Return the list from its entries by language, each with a `term` and plain words `instead`."""
    habits: dict[str, str] = {}
    by_first: dict[str, list[JargonTerm]] = {}
    for entry in (entry for language in entries.values() for entry in language):
        habit = _HABIT_ENTRY.match(entry["term"])
        if habit:
            habits[_HABIT_KEYS[habit.group(1)]] = entry["instead"]
            continue
        for term in _terms_for(entry["term"], entry["instead"]):
            for form in _inflected_forms(term.words[0]):
                by_first.setdefault(form, []).append(term)
    # The longest first, so that a phrase is found before one of its words.
    ordered = {first: tuple(sorted(terms, key=_longest_first_key)) for first, terms in by_first.items()}
    return JargonList(ordered, habits)


def _longest_first_key(term: JargonTerm) -> int:
    return -len(term.words)


def entry_alternatives(term: str) -> tuple[tuple[str, str], ...]:
    """Return the spellings of an entry, each with its remark.

    A slash separates alternatives. A single word shares the last word of the phrase after it
    (`seasoned / dedicated professional`), and single words between two phrases share the beginning of the
    first and the end of the last (`I am excited / thrilled / humbled to`). A remark in brackets narrows every
    alternative of one word.
    """
    parts = [_split_remark(part) for part in term.split(" / ")]
    texts = [text.split() for text, _ in parts]
    if len(texts) > 2 and len(texts[0]) > 1 and len(texts[-1]) > 1:
        head, tail = texts[0][:-1], texts[-1][1:]
        middles = [texts[0][-1:], *texts[1:-1], texts[-1][:1]]
        texts = [[*head, *middle, *tail] for middle in middles]
    elif len(texts) == 2 and len(texts[0]) == 1 and len(texts[1]) == 2 and "-" not in texts[0][0]:
        texts[0] = [*texts[0], texts[1][-1]]
    remark = next((remark for _, remark in parts if remark), "")
    return tuple((" ".join(words), remark if len(words) == 1 else "") for words in texts)


def _split_remark(part: str) -> tuple[str, str]:
    found = _REMARK.search(part)
    return _REMARK.sub("", part).strip(), found.group(1) if found else ""


def _terms_for(term: str, instead: str) -> Iterator[JargonTerm]:
    for text, remark in entry_alternatives(term):
        for spelling in _contraction_spellings(text):
            words = tuple(part.word for part in _hyphen_split_tokens(spelling))
            if words:
                yield JargonTerm(words, instead, remark)


def _contraction_spellings(text: str) -> tuple[str, ...]:
    """Return a phrase in full and with contractions."""
    contracted = re.sub(r"\bwe are\b", "we're", re.sub(r"\bI am\b", "I'm", text))
    return (text,) if contracted == text else (text, contracted)


def _hyphen_split_tokens(text: str) -> list[Token]:
    """Return the folded words of a text, split at hyphens, so that cutting-edge and cutting edge are equal."""
    parts = []
    for token in tokenize(text):
        start = token.start
        for piece in _HYPHENS.split(text[token.start : token.end]):
            if piece:
                parts.append(Token(fold(piece).removesuffix("'s"), start, start + len(piece)))
            start += len(piece) + 1
    return parts


def _inflected_forms(word: str) -> set[str]:
    """Return the forms of a term's word: English suffixes, or Arabic with and without prefixes."""
    if _ARABIC.match(word):
        bare = word.removeprefix("ال") if len(word) > 4 else word
        glued = {clitic + article + bare for clitic in ("", *"بلك") for article in _ARTICLES} | {"لل" + bare}
        return {conjunction + form for conjunction in ("", "و", "ف") for form in glued} | {word}
    if not word.isalpha() or len(word) < 3:
        return {word}
    if word.endswith("e"):
        return {word, word + "s", word + "d", word[:-1] + "ing"}
    if word.endswith("y") and word[-2] not in "aeiou":
        return {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    return {word, word + "s", word + "d", word + "ed", word + "ing"}


def _is_term_at(term: JargonTerm, words: Sequence[Token], at: int) -> bool:
    """Return whether the rest of a term is at a place; its first word is known to match."""
    if at + len(term.words) > len(words):
        return False
    for number, word in enumerate(term.words[1:], start=1):
        there = words[at + number].word
        if len(word) == 1 and _ARABIC.match(word) and number == len(term.words) - 1:
            # «الارتقاء بـ»: the letter is attached to the next word.
            if not there.startswith(word):
                return False
        elif there != word and not (_can_inflect(term, number) and there in _inflected_forms(word)):
            return False
    return has_remarked_sense(term.remark, [token.word for token in words], at, at + len(term.words))


def _can_inflect(term: JargonTerm, number: int) -> bool:
    return number == len(term.words) - 1 or bool(_ARABIC.match(term.words[number]))


def detect_jargon(text: str, jargon: JargonList) -> tuple[CoachingFinding, ...]:
    """Return the hits in a text, in order and without overlap."""
    words = _hyphen_split_tokens(text)
    found = []
    at = 0
    while at < len(words):
        length, instead = _match_at(words, at, jargon)
        if length:
            start, end = words[at].start, words[at + length - 1].end
            found.append(CoachingFinding(FindingKind.JARGON, start, end, text[start:end], instead))
        at += max(length, 1)
    return tuple(found)


def _match_at(words: Sequence[Token], at: int, jargon: JargonList) -> tuple[int, str]:
    """Return the number of words of the hit at a place, and the plain alternative; 0 words without a hit."""
    for term in jargon.terms_by_form.get(words[at].word, ()):
        if _is_term_at(term, words, at):
            return len(term.words), term.replacement
    habit = match_habit_at(words, at)
    if habit is not None and habit[0] in jargon.habit_replacements:
        return habit[1], jargon.habit_replacements[habit[0]]
    return 0, ""
