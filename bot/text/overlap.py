"""Overlap: the words that a line shares with its card, as a measure of how far it became the person's own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from rapidfuzz.distance import LCSseq

from bot.text.folding import words_for_comparison
from bot.text.sentences import split_sentences

PLACEHOLDER = re.compile(r"\{\{\w+\}\}")

ADAPTED_MIN_COVERAGE = 0.40
FILLED_MIN_COVERAGE = 0.90
KEPT_MAX_OWN_SHARE = 0.05


class CardFate(StrEnum):
    """The fate of a card in a story."""

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
class OverlapOutcome:
    """The fate of one card, with the figures behind it."""

    fate: CardFate
    coverage: float
    own_share: float

    @property
    def is_chosen(self) -> bool:
        """Whether the card counts as chosen; a replaced one was only a spark."""
        return self.fate is not CardFate.REPLACED


@dataclass(frozen=True)
class StoryPassage:
    """A run of sentences of a story, with its overlap with a card: `text == story[start:end]`."""

    text: str
    start: int
    end: int
    overlap: Overlap


def without_placeholders(card_text: str) -> str:
    """Return the frame of a card: its text without the placeholders for answers."""
    return PLACEHOLDER.sub(" ", card_text)


def _comparable_words(text: str) -> tuple[str, ...]:
    """Return the words of a text for comparison; a placeholder without an answer has none."""
    return words_for_comparison(without_placeholders(text))


def measure_overlap(card_text: str, line: str) -> Overlap:
    """Return the share of a card that is in a line, and the share of the line that is the person's own."""
    return _word_overlap(_comparable_words(card_text), _comparable_words(line))


def card_outcome_in_line(card_text: str, line: str) -> OverlapOutcome:
    """Return the fate of a card in a line."""
    figures = measure_overlap(card_text, line)
    return OverlapOutcome(_fate_for(figures), figures.coverage, figures.own_share)


def find_closest_passage(text: str, story: str) -> StoryPassage | None:
    """Return the run of sentences in a story that is most like a text; None when they share no word."""
    wanted = _comparable_words(text)
    best: tuple[int, int, tuple[str, ...]] | None = None
    best_score = 0.0
    # A changed line may have become one sentence longer.
    for start, end, line in _sentence_runs(story, len(split_sentences(text)) + 1):
        # The shared words, weighed against the length of both: a longer run is better only by the words it adds.
        score = 2 * LCSseq.similarity(wanted, line) / max(len(wanted) + len(line), 1)
        if score > best_score:
            best, best_score = (start, end, line), score
    if best is None:
        return None
    start, end, line = best
    return StoryPassage(story[start:end], start, end, _word_overlap(wanted, line))


def _sentence_runs(story: str, max_sentences: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Return the runs of at most `max_sentences` sentences: their places, and their words for comparison."""
    found = split_sentences(story)
    compared = [_comparable_words(sentence.text) for sentence in found]
    for first, opening in enumerate(found):
        line: tuple[str, ...] = ()
        for last in range(first, min(first + max_sentences, len(found))):
            line += compared[last]
            yield opening.start, found[last].end, line


def card_outcome_in_story(card_text: str, story: str) -> OverlapOutcome:
    """Return the fate of a card in a whole story, judged by the passage that is most like it."""
    stretch = find_closest_passage(card_text, story)
    figures = stretch.overlap if stretch else Overlap(0.0, 1.0)
    return OverlapOutcome(_fate_for(figures), figures.coverage, figures.own_share)


def best_passage_coverage(text: str, story: str) -> float:
    """Return the largest share of a text's words that occur, in order, in one passage of a story."""
    wanted = _comparable_words(text)
    compared = [_comparable_words(sentence.text) for sentence in split_sentences(story)]
    # A longer run covers no less than a shorter one inside it, so only the longest are compared. They start at
    # every sentence; for a text of many sentences at every tenth of its length, since all would take too long.
    length = min(len(split_sentences(text)), len(compared))
    starts = {*range(0, len(compared) - length + 1, max(1, length // 10)), len(compared) - length}
    runs = (tuple(chain.from_iterable(compared[start : start + length])) for start in starts)
    return max((_word_overlap(wanted, run).coverage for run in runs), default=0.0)


def own_words_share(story: str, card_texts: Iterable[str]) -> float:
    """Return the share of a story's words that come from none of the cards; 1.0 for a story without words.

    A card of which less than an adapted part is left was only a spark, and reduces nothing.
    """
    total = len(_comparable_words(story))
    if not total:
        return 1.0
    borrowed: set[int] = set()
    for card_text in card_texts:
        stretch = find_closest_passage(card_text, story)
        if stretch is None or stretch.overlap.coverage < ADAPTED_MIN_COVERAGE:
            continue
        before = len(_comparable_words(story[: stretch.start]))
        card, line = _comparable_words(card_text), _comparable_words(stretch.text)
        for block in LCSseq.opcodes(card, line):
            if block.tag == "equal":
                borrowed.update(range(before + block.dest_start, before + block.dest_end))
    return max(0.0, 1.0 - len(borrowed) / total)


def _fate_for(figures: Overlap) -> CardFate:
    if figures.coverage < ADAPTED_MIN_COVERAGE:
        return CardFate.REPLACED
    if figures.coverage < FILLED_MIN_COVERAGE:
        return CardFate.ADAPTED
    return CardFate.KEPT if figures.own_share < KEPT_MAX_OWN_SHARE else CardFate.FILLED


def _word_overlap(card: tuple[str, ...], line: tuple[str, ...]) -> Overlap:
    shared = LCSseq.similarity(card, line)
    return Overlap(
        coverage=shared / len(card) if card else 0.0,
        own_share=1.0 - shared / len(line) if line else 1.0,
    )
