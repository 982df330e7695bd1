"""Drafts made straight from answers, for what needs no conversation before it."""

from __future__ import annotations

from bot.conversation.bank import Card
from db.models.drafts import (
    ChosenAnswer,
    Draft,
    DraftAnswer,
    DraftStep,
    Language,
    PersonMessage,
    Question,
    SkippedAnswer,
    StoryLine,
    WrittenAnswer,
)
from tests.conversation.scripted_dialogue import BANK


def written_answer(*messages: str) -> WrittenAnswer:
    """One answer, of one message or of several."""
    return WrittenAnswer(
        tuple(PersonMessage(text, text, "D1", f"{n}.0") for n, text in enumerate(messages, 1))
    )


def draft_with(
    *lines: StoryLine,
    language: Language = "en",
    opening: str = "",
    answers: dict[str, DraftAnswer] | None = None,
    **words: str,
) -> Draft:
    """A draft with these kept lines and these words: `warm_up="…"`; `answers` for what is no plain text."""
    given: dict[str, DraftAnswer] = {step: written_answer(text) for step, text in words.items()}
    if opening:
        given[DraftStep.FIRST_LINE] = ChosenAnswer((opening,))
    return Draft(id="d1", language=language, lines=lines, answers={**given, **(answers or {})})


def kept_card(card_id: str, language: Language = "en") -> StoryLine:
    """A card of the bank, kept as it is."""
    card: Card = BANK.card(card_id)
    return StoryLine(card.id, card.texts[language], (card.id,), card.kind)


def own_line(text: str, n: int = 1) -> StoryLine:
    """A line of one's own."""
    return StoryLine(f"own-{n}", text)


def reworded_card(text: str, card_id: str = "gl-1") -> StoryLine:
    """A kept card with another wording, to be read easily."""
    return StoryLine(card_id, text, (card_id,), "culture")


def gap_answers(line_id: str, **openings: str) -> dict[str, DraftAnswer]:
    """Answers to the openings of a line: `skill="…"`."""
    return {
        Question(DraftStep.FILL, f"{line_id}.{name}").key: written_answer(text)
        for name, text in openings.items()
    }


def detail_answer(line_id: str, text: str) -> dict[str, DraftAnswer]:
    """What makes a line one's own."""
    return {Question(DraftStep.YOURS, line_id).key: written_answer(text)}


SKIPPED = SkippedAnswer()
