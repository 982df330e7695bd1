"""Drafts made directly from answers, without a conversation."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.bank import Card
from db.models.drafts import (
    ChosenAnswer,
    Draft,
    DraftAnswer,
    DraftStep,
    PersonMessage,
    Question,
    SkippedAnswer,
    StoryLanguage,
    StoryLine,
    WrittenAnswer,
)
from tests.conversation.scripted_dialogue import BANK


def written_answer(*messages: str) -> WrittenAnswer:
    """Return one answer, of one message or several."""
    return WrittenAnswer(
        tuple(PersonMessage(text, text, "D1", f"{n}.0") for n, text in enumerate(messages, 1))
    )


def draft_with(
    *lines: StoryLine,
    language: StoryLanguage = "en",
    opening: str = "",
    answers: Mapping[str, DraftAnswer] | None = None,
    **words: str,
) -> Draft:
    """Return a draft with these kept lines and texts, as in `warm_up="…"`; `answers` takes anything but plain text."""
    given: dict[str, DraftAnswer] = {step: written_answer(text) for step, text in words.items()}
    if opening:
        given[DraftStep.FIRST_LINE] = ChosenAnswer((opening,))
    return Draft(id="d1", language=language, lines=lines, answers={**given, **(answers or {})})


def kept_card(card_id: str, language: StoryLanguage = "en") -> StoryLine:
    """Return a card of the bank, kept unchanged."""
    card: Card = BANK.card(card_id)
    return StoryLine(card.id, card.texts[language], (card.id,), card.kind)


def own_line(text: str, n: int = 1) -> StoryLine:
    """Return an author's own line."""
    return StoryLine(f"own-{n}", text)


def reworded_card(text: str, card_id: str = "gl-1") -> StoryLine:
    """Return a kept card with another wording that is easy to read."""
    return StoryLine(card_id, text, (card_id,), "culture")


def gap_answers(line_id: str, **openings: str) -> dict[str, DraftAnswer]:
    """Return answers to the placeholders of a line, as in `skill="…"`."""
    return {
        Question(DraftStep.FILL, f"{line_id}.{name}").key: written_answer(text)
        for name, text in openings.items()
    }


def detail_answer(line_id: str, text: str) -> dict[str, DraftAnswer]:
    """Return the answer that personalises a line."""
    return {Question(DraftStep.YOURS, line_id).key: written_answer(text)}


SKIPPED = SkippedAnswer()
