"""Gaps in the story: unfilled placeholders of kept lines, and how people see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from re import Match

from bot.conversation.bank import PLACEHOLDER_PATTERN, placeholder_names
from bot.conversation.compose import fit_answer_and_rest, story_text
from bot.conversation.plan import known_placeholders
from bot.conversation.turns import Material
from db.models.drafts import Draft, DraftStep, Question, StoryLanguage

BLANK = "____"
CONTEXT_LENGTH = 80
"""Characters on either side by which two gaps of the same name are distinguished."""
_FILLED_MARK_PATTERN = re.compile(rf"\[{BLANK} ([^\[\]\n]+)]")


@dataclass(frozen=True)
class Gap:
    """One gap: its place in the text, the question that fills it, and the mark that people see."""

    start: int
    end: int
    question: Question
    mark: str


def list_open_gaps(draft: Draft, material: Material, text: str | None = None) -> tuple[Gap, ...]:
    """Return the open gaps in the story, or in this version of it, in order; a person's own braces don't count."""
    text = story_text(draft) if text is None else text
    places = [
        (line, placeholder)
        for line in draft.lines
        for placeholder in PLACEHOLDER_PATTERN.finditer(line.text)
        if placeholder[1] in known_placeholders(line, material)
    ]
    found: list[Gap] = []
    for hit in PLACEHOLDER_PATTERN.finditer(text):
        if candidates := [place for place in places if place[1][1] == hit[1]]:
            line, placeholder = max(candidates, key=lambda place: _context_similarity(hit, place[1]))
            question = Question(DraftStep.FILL, f"{line.id}.{placeholder[1]}")
            hint = _hints_by_placeholder(line.cards, draft.language or "en", material)[placeholder[1]]
            found.append(Gap(hit.start(), hit.end(), question, _gap_mark(hint)))
    return tuple(found)


def story_with_gap_hints(draft: Draft, material: Material) -> str:
    """Return the story as people see it: every gap is a blank with its hint, so that no line looks finished."""
    return mark_gaps(story_text(draft), list_open_gaps(draft, material))


def mark_gaps(text: str, gaps: tuple[Gap, ...]) -> str:
    """Return a text with the marks of its gaps."""
    whole, at = "", 0
    for gap in gaps:
        whole += text[at : gap.start] + gap.mark
        at = gap.end
    return whole + text[at:]


def unmark_gaps(text: str, cards: tuple[str, ...], language: StoryLanguage, material: Material) -> str:
    """Return a text from an editor with the marks left in it turned back into gaps of these cards.

    If only the hint was overwritten, the new words fill the gap, and the mark around them is removed.
    """
    for card in cards:
        for name, hint in _hints_by_placeholder((card,), language, material).items():
            text = text.replace(_gap_mark(hint), "{{" + name + "}}")
    return _FILLED_MARK_PATTERN.sub(lambda mark: mark[1].strip(), text)


def story_with_blanks(draft: Draft) -> str:
    """Return the story for a preview without hints: its gaps are bare blanks."""
    names = {name for line in draft.lines if line.cards for name in placeholder_names(line.text)}
    return PLACEHOLDER_PATTERN.sub(lambda found: BLANK if found[1] in names else found[0], story_text(draft))


def position_after_marking(position: int, gaps: tuple[Gap, ...]) -> int:
    """Return the position that a place in the text has once its gaps are marked."""
    return position + sum(len(gap.mark) - (gap.end - gap.start) for gap in gaps if gap.end <= position)


def fill_gap_in_edited_text(draft: Draft, question: Question, answer: str, material: Material) -> str | None:
    """Return the hand-edited text with the answer in the gap of this question; None if that gap is not open."""
    text = draft.edited or ""
    for gap in list_open_gaps(draft, material, text):
        if gap.question == question:
            words, rest = fit_answer_and_rest(answer, text[gap.end :])
            return text[: gap.start] + words + rest
    return None


def _hints_by_placeholder(
    cards: tuple[str, ...], language: StoryLanguage, material: Material
) -> dict[str, str]:
    """Return the hints for the placeholders of these cards; of two with one name, the first card's."""
    known = [material.bank.card(card) for card in cards if material.bank.has_card(card)]
    return {name: hint[language] for card in reversed(known) for name, hint in card.hints.items()}


def _gap_mark(hint: str) -> str:
    return f"[{BLANK} {hint}]"


def _context_similarity(one: Match[str], other: Match[str]) -> int:
    """Return how many characters around two placeholders are the same."""
    before = [m.string[max(0, m.start() - CONTEXT_LENGTH) : m.start()][::-1] for m in (one, other)]
    after = [m.string[m.end() : m.end() + CONTEXT_LENGTH] for m in (one, other)]
    return sum(
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*side, strict=False)))
        for side in (before, after)
    )
