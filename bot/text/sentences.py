"""Sentences: a splitter for English and Arabic that keeps the place of each sentence in the text."""

import re
from dataclasses import dataclass

# A run of ending marks, and the closing quotes and brackets after it.
_END_MARKS = re.compile(r"(?P<marks>[.!?؟…؛]+)(?P<closers>[\"'”’»)\]}]*)")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_WORD_BEFORE = re.compile(r"[^\s(\[{«“\"]+\Z")
_ARABIC = "\u0620-\u064a"
_ARABIC_FULL_STOP = re.compile(rf"[{_ARABIC}\u064b-\u065f]{{3,}}\Z")

# Abbreviations after which a sentence continues, and those after which it continues unless a capital follows.
_ABBREVIATION_WORDS = """mr mrs ms mx dr prof sr st rev gen col capt lt mt vs viz cf fig figs no nos vol pp approx dept
est e.g i.e eg ie د أ م ا أ.د م.م"""
_WEAK_ABBREVIATION_WORDS = """etc inc ltd co corp bros jr a.m p.m al
jan feb mar apr jun jul aug sep sept oct nov dec"""
_STARTER_WORDS = """the i i'm i've i'd we it it's in this that these those then my our but and so he she they you
your after when now what there here at on for as every today one some since"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_WORDS.split())
_WEAK_ABBREVIATIONS = frozenset(_WEAK_ABBREVIATION_WORDS.split())
_SENTENCE_STARTERS = frozenset(_STARTER_WORDS.split())
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")


# The part of a line that decides whether a full stop ends a sentence; a whole line may be a whole book.
_LOOK_BEHIND_LENGTH = 80
_NEXT_WORD = re.compile(r"\S{1,40}")


@dataclass(frozen=True)
class Sentence:
    """One sentence and its place: `text == whole[start:end]`."""

    text: str
    start: int
    end: int


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; only white space is between them."""
    found: list[Sentence] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in (*_sentence_ends(line.group(), line.start()), line.end()):
            found += _trimmed_sentence(text, start, end)
            start = end
    return tuple(found)


def _trimmed_sentence(text: str, start: int, end: int) -> list[Sentence]:
    """Return the sentence between two places without the white space around it; none for white space alone."""
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return []
    start += len(piece) - len(piece.lstrip())
    return [Sentence(body, start, start + len(body))]


def _sentence_ends(line: str, offset: int) -> list[int]:
    """Return the places inside a line after which a new sentence starts."""
    return [found.end() + offset for found in _END_MARKS.finditer(line) if _is_sentence_end(line, found)]


def _is_sentence_end(line: str, found: re.Match[str]) -> bool:
    """Return whether marks end a sentence rather than belong to a number, address, abbreviation or pause."""
    marks, before = found["marks"], _text_before(line, found.start())
    next_word = _NEXT_WORD.search(line, found.end())
    if next_word is None:
        return True
    following = next_word.group()
    if next_word.start() == found.end():
        return _is_unspaced_end(marks, before, following)
    if marks == ".":
        return not _is_abbreviation(before, following)
    if set(marks) <= {".", "…"}:
        return not following[0].islower()
    if found["closers"] and set(marks) <= {"!", "?"}:
        # «"Why?" she asked»: the sentence continues.
        return not following[0].islower()
    return True


def _text_before(line: str, end: int) -> str:
    """Return the last part of the text before a mark; it may start in the middle of the line."""
    start = max(0, end - _LOOK_BEHIND_LENGTH)
    return line[start:end] if not start else "…" + line[start:end]


def _is_unspaced_end(marks: str, before: str, after: str) -> bool:
    """Return whether marks end a sentence without a space after them, as is common in Arabic only."""
    if not re.match(rf"[{_ARABIC}]", after):
        return False
    return bool(set(marks) - {"."}) or bool(_ARABIC_FULL_STOP.search(before))


def _is_abbreviation(before: str, following: str) -> bool:
    """Return whether the full stop after `before` belongs to an abbreviation, an initial or a list's number."""
    found = _WORD_BEFORE.search(before)
    if found is None:
        return False
    word, earlier = found.group().lower(), before[: found.start()].rstrip()
    if not earlier and (word.isdigit() or (len(word) == 1 and word.isalpha())):
        return True
    if word in _ABBREVIATIONS:
        return word != "no" or following[0].isdigit()
    if word in _WEAK_ABBREVIATIONS:
        return not following[0].isupper()
    if _INITIALS.match(word):
        first = re.match(r"[\w'’]+", following)
        return first is not None and first.group().lower().replace("’", "'") not in _SENTENCE_STARTERS
    return _is_initial(found.group(), earlier) and following[0].isupper()


def _is_initial(word: str, earlier: str) -> bool:
    """Return whether a single capital is a name's initial: it follows another name or starts a sentence."""
    if len(word) != 1 or not word.isascii() or not word.isupper() or word == "I":
        return False
    previous = _WORD_BEFORE.search(earlier)
    return previous is None or previous.group()[0].isupper() or previous.group()[-1] in ".!?…"
