"""Drafts made straight from answers, for what needs no conversation before it."""

from __future__ import annotations

from bot.conversation.bank import Card
from db.models.drafts import Answer, Chosen, Draft, Language, Line, Question, Said, Skipped, Step, Written
from tests.conversation.dialogues import BANK


def said(*messages: str) -> Written:
    """One answer, of one message or of several."""
    return Written(tuple(Said(text, text, "D1", f"{n}.0") for n, text in enumerate(messages, 1)))


def draft(
    *lines: Line,
    language: Language = "en",
    opening: str = "",
    answers: dict[str, Answer] | None = None,
    **words: str,
) -> Draft:
    """A draft with these kept lines and these words: `warm_up="…"`; `answers` for what is no plain text."""
    given: dict[str, Answer] = {step: said(text) for step, text in words.items()}
    if opening:
        given[Step.FIRST_LINE] = Chosen((opening,))
    return Draft(id="d1", language=language, lines=lines, answers={**given, **(answers or {})})


def line(card_id: str, language: Language = "en") -> Line:
    """A card of the bank, kept as it is."""
    card: Card = BANK.card(card_id)
    return Line(card.id, card.texts[language], (card.id,), card.kind)


def own(text: str, n: int = 1) -> Line:
    """A line of one's own."""
    return Line(f"own-{n}", text)


def carded(text: str, card_id: str = "gl-1") -> Line:
    """A kept card with another wording, to be read easily."""
    return Line(card_id, text, (card_id,), "culture")


def fill(line_id: str, **openings: str) -> dict[str, Answer]:
    """Answers to the openings of a line: `skill="…"`."""
    return {Question(Step.FILL, f"{line_id}.{name}").key: said(text) for name, text in openings.items()}


def detail(line_id: str, text: str) -> dict[str, Answer]:
    """What makes a line one's own."""
    return {Question(Step.YOURS, line_id).key: said(text)}


SKIPPED = Skipped()
