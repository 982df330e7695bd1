"""Splitting a long text into parts that fit, between sentences if possible, without losing a character."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from bot.text.length import utf16_length
from bot.text.sentences import split_sentences
from bot.text.slack import escape_mrkdwn

LINKEDIN_PREVIEW_LENGTH = 260

_ZERO_WIDTH_JOINER = "\u200d"
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class SplitText:
    """The parts of a text: `separators[n]` is between `parts[n]` and `parts[n + 1]`."""

    parts: tuple[str, ...]
    separators: tuple[str, ...]


def split_for_slack(text: str, limit: int) -> tuple[str, ...]:
    """Return the text in parts within `limit` UTF-16 units each, counted after escaping; joined, they are the text."""
    return tuple(
        text[start:end] for start, end in _split_spans(text, limit, lambda c: utf16_length(escape_mrkdwn(c)))
    )


def truncate_at_word(text: str, limit: int = LINKEDIN_PREVIEW_LENGTH) -> str:
    """Return the text cut to at most `limit` units, between words where there are any."""
    if utf16_length(text) <= limit:
        return text
    sums = tuple(accumulate(map(utf16_length, text), initial=0))
    end = _last_index_within(sums, 0, limit)
    spaces = [found.start() for found in _SPACE.finditer(text, 0, end + 1) if 0 < found.start() <= end]
    if spaces:
        return text[: spaces[-1]]
    return text[: _last_safe_break(text, 0, end)]


def split_into_editor_fields(text: str, limit: int, max_parts: int = 40) -> SplitText:
    """Return the text in paragraphs of at most `limit` UTF-16 units for an editor, and their separators.

    A paragraph too long for one field is split between sentences. When there are more than `max_parts`
    paragraphs, neighbours share a field while they fit.
    """
    spans = _trim_spans(
        text, [part for span in _paragraph_spans(text) for part in _spans_within_limit(text, span, limit)]
    )
    if len(spans) > max_parts:
        spans = _merge_spans(text, spans, limit)
    if not spans:
        return SplitText((text,), ())
    # White space before the first and after the last paragraph stays with them if it fits.
    return SplitText(
        tuple(text[start:end] for start, end in spans),
        tuple(text[end:start] for (_, end), (start, _) in pairwise(spans)),
    )


def join_parts(parts: Sequence[str], separators: Sequence[str]) -> str:
    """Return the joined parts; an emptied part is dropped together with the separator before it."""
    text = ""
    for number, part in enumerate(parts):
        if not part:
            continue
        if text and number:
            text += separators[number - 1]
        text += part
    return text


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Return the spans of the paragraphs; blank lines at either end belong to the first and the last."""
    start, first, last = 0, len(text) - len(text.lstrip()), len(text.rstrip())
    for found in _BLANK_LINES.finditer(text):
        if first < found.start() and found.end() < last:
            yield start, found.start()
            start = found.end()
    if start < len(text):
        yield start, len(text)


def _spans_within_limit(text: str, span: tuple[int, int], limit: int) -> Iterator[tuple[int, int]]:
    start, end = span
    for first, last in _split_spans(text[start:end], limit, utf16_length):
        yield start + first, start + last


def _trim_spans(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans without the white space between them, except at the ends of the text."""
    moved = []
    for number, (start, end) in enumerate(spans):
        body = text[start:end]
        if body.strip():
            end -= 0 if number == len(spans) - 1 else len(body) - len(body.rstrip())
            start += 0 if number == 0 else len(body) - len(body.lstrip())
        moved.append((start, end))
    return moved


def _merge_spans(text: str, spans: list[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    merged = [spans[0]]
    for start, end in spans[1:]:
        if utf16_length(text[merged[-1][0] : end]) <= limit:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _split_spans(text: str, limit: int, cost: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    """Return spans that cover the text without a gap, each within the limit and ending at the best break."""
    if limit < max(map(cost, "&\U0001f600")):
        raise ValueError(f"a limit of {limit} cannot hold a character")
    if text and cost(text) <= limit:
        # Nearly every text is short: going through it letter by letter took a tenth of the time of a click.
        yield 0, len(text)
        return
    sums = tuple(accumulate(map(cost, text), initial=0))
    kind_places = _preferred_breaks(text)
    start = 0
    while start < len(text):
        end = _last_index_within(sums, start, limit)
        if end < len(text):
            end = _last_preferred_break(kind_places, start, end) or _last_safe_break(text, start, end)
        yield start, end
        start = end


def _last_index_within(sums: Sequence[int], start: int, limit: int) -> int:
    """Return the last index up to which the text from `start` costs no more than the limit."""
    low, high = start, len(sums) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if sums[middle] - sums[start] <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _preferred_breaks(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the indexes at which a sentence starts, and those at which a word starts."""
    return (
        tuple(sentence.start for sentence in split_sentences(text)),
        tuple(found.end() for found in _SPACE.finditer(text)),
    )


def _last_preferred_break(places: tuple[tuple[int, ...], ...], start: int, end: int) -> int | None:
    """Return the last start of a sentence within reach, or else of a word; None in one endless word."""
    for kind in places:
        inside = [place for place in kind if start < place <= end]
        if inside:
            return inside[-1]
    return None


def _last_safe_break(text: str, start: int, end: int) -> int:
    """Return the last index up to `end` that splits no joined emoji, marked letter or flag, if there is one."""
    place = end
    while place > start and not _can_split_at(text, place):
        place -= 1
    return place if place > start else end


def _can_split_at(text: str, place: int) -> bool:
    if place >= len(text):
        return True
    before, after = text[place - 1], text[place]
    if (
        before == _ZERO_WIDTH_JOINER
        or after == _ZERO_WIDTH_JOINER
        or unicodedata.category(after) in ("Mn", "Me", "Mc")
    ):
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False
    if before == "\r" and after == "\n":
        return False
    return not (_is_flag_half(before) and _is_flag_half(after) and _count_flag_halves_before(text, place) % 2)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _count_flag_halves_before(text: str, place: int) -> int:
    count = 0
    while place > count and _is_flag_half(text[place - count - 1]):
        count += 1
    return count
