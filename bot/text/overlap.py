"""Overlap: how far a line was made one's own, measured on the words it shares with a card."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from rapidfuzz.distance import LCSseq

from bot.text.folding import similar_words
from bot.text.sentences import sentences

OPENING = re.compile(r"\{\{\w+\}\}")

ADAPTED_FROM = 0.40
FILLED_FROM = 0.90
KEPT_BELOW = 0.05


class Fate(StrEnum):
    """What became of a card in a story."""

    KEPT = "kept"
    FILLED = "filled"
    ADAPTED = "adapted"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Overlap:
    """The share of the card that is in the line, and the share of the line that is not from the card."""

    coverage: float
    own_share: float


@dataclass(frozen=True)
class Outcome:
    """What became of one card, with the figures behind it."""

    fate: Fate
    coverage: float
    own_share: float

    @property
    def is_choice(self) -> bool:
        """Whether the card counts as chosen; a replaced one was a spark."""
        return self.fate is not Fate.REPLACED


@dataclass(frozen=True)
class Stretch:
    """A run of sentences of a story, with its overlap with a card: `text == story[start:end]`."""

    text: str
    start: int
    end: int
    overlap: Overlap


def without_openings(card_text: str) -> str:
    """The frame of a card: its text without the openings that wait for an answer."""
    return OPENING.sub(" ", card_text)


def _compared(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared; an opening still unanswered is nobody's words."""
    return similar_words(without_openings(text))


def overlap(card_text: str, line: str) -> Overlap:
    """How much of a card is in a line, and how much of the line is the person's own."""
    return _measure(_compared(card_text), _compared(line))


def outcome(card_text: str, line: str) -> Outcome:
    """What became of a card in a line."""
    figures = overlap(card_text, line)
    return Outcome(_fate(figures), figures.coverage, figures.own_share)


def nearest(text: str, story: str) -> Stretch | None:
    """The run of sentences of a story that is most like a text; None when they share no word."""
    wanted = _compared(text)
    best: tuple[int, int, tuple[str, ...]] | None = None
    best_score = 0.0
    # A line that was changed may have become one sentence more.
    for start, end, line in _windows(story, len(sentences(text)) + 1):
        # What is shared, weighed against the length of both: a longer run is better only for what it adds.
        score = 2 * LCSseq.similarity(wanted, line) / max(len(wanted) + len(line), 1)
        if score > best_score:
            best, best_score = (start, end, line), score
    if best is None:
        return None
    start, end, line = best
    return Stretch(story[start:end], start, end, _measure(wanted, line))


def _windows(story: str, most: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The runs of at most so many sentences of a story: their places, and their words as they are compared."""
    found = sentences(story)
    compared = [_compared(sentence.text) for sentence in found]
    for first, opening in enumerate(found):
        line: tuple[str, ...] = ()
        for last in range(first, min(first + most, len(found))):
            line += compared[last]
            yield opening.start, found[last].end, line


def outcome_in_story(card_text: str, story: str) -> Outcome:
    """What became of a card in a whole story, judged by the stretch that is most like it."""
    stretch = nearest(card_text, story)
    figures = stretch.overlap if stretch else Overlap(0.0, 1.0)
    return Outcome(_fate(figures), figures.coverage, figures.own_share)


def coverage_in_story(text: str, story: str) -> float:
    """The best share of a text's words that stand, in order, in one stretch of a story."""
    wanted = _compared(text)
    compared = [_compared(sentence.text) for sentence in sentences(story)]
    # A longer run covers no less than a shorter one inside it, so only the longest are looked at. They begin at
    # every sentence; for a text of many sentences at every tenth of its length, which time would not allow else.
    length = min(len(sentences(text)), len(compared))
    starts = {*range(0, len(compared) - length + 1, max(1, length // 10)), len(compared) - length}
    runs = (tuple(chain.from_iterable(compared[start : start + length])) for start in starts)
    return max((_measure(wanted, run).coverage for run in runs), default=0.0)


def own_words_share(story: str, card_texts: Iterable[str]) -> float:
    """The share of a story's words that come from none of the cards; 1.0 for a story without words.

    A card of which less than an adapted part is left was a spark, and takes nothing away.
    """
    total = len(_compared(story))
    if not total:
        return 1.0
    borrowed: set[int] = set()
    for card_text in card_texts:
        stretch = nearest(card_text, story)
        if stretch is None or stretch.overlap.coverage < ADAPTED_FROM:
            continue
        before = len(_compared(story[: stretch.start]))
        card, line = _compared(card_text), _compared(stretch.text)
        for block in LCSseq.opcodes(card, line):
            if block.tag == "equal":
                borrowed.update(range(before + block.dest_start, before + block.dest_end))
    return max(0.0, 1.0 - len(borrowed) / total)


def _fate(figures: Overlap) -> Fate:
    if figures.coverage < ADAPTED_FROM:
        return Fate.REPLACED
    if figures.coverage < FILLED_FROM:
        return Fate.ADAPTED
    return Fate.KEPT if figures.own_share < KEPT_BELOW else Fate.FILLED


def _measure(card: tuple[str, ...], line: tuple[str, ...]) -> Overlap:
    shared = LCSseq.similarity(card, line)
    return Overlap(
        coverage=shared / len(card) if card else 0.0,
        own_share=1.0 - shared / len(line) if line else 1.0,
    )
