"""The questions of a draft in order; the current one is the first unanswered one, or one that was gone back to."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.bank import placeholder_names
from bot.conversation.compose import HAS_TEXT_CHOICE, first_line_candidates
from bot.conversation.draft_notes import card_kind_for_balance, notes_for_step
from bot.conversation.turns import Material
from bot.text import detect_language, split_words
from db.models.drafts import Draft, DraftStep, Question, StoryLine, WrittenAnswer

PAGE_SIZE = 5
"""Cards on one page: the ten anchor cards fill two."""

TEXT_STEPS = frozenset(
    {
        DraftStep.WARM_UP,
        DraftStep.PASTE,
        DraftStep.TURN,
        DraftStep.FILL,
        DraftStep.YOURS,
        DraftStep.BALANCE,
        DraftStep.OUTSIDE,
        DraftStep.ASK_ME,
        DraftStep.HEADLINE,
    }
)
"""The steps that are answered by writing."""

OPTIONAL_STEPS = frozenset(
    {
        DraftStep.SEGMENT,
        DraftStep.LINES,
        DraftStep.FIRST_LINE,
        DraftStep.LAST_LOOK,
        DraftStep.HAND,
        DraftStep.HIGHLIGHT,
        DraftStep.OTHER_LANGUAGE,
    }
) | (TEXT_STEPS - {DraftStep.PASTE})
"""The steps that can be skipped; the others need a choice, or offer another way out."""


def accepts_text(question: Question) -> bool:
    """Return whether words answer this question, perhaps as an alternative to a choice."""
    if question.step is DraftStep.LINES:
        return bool(question.about)
    return question.step in TEXT_STEPS | {DraftStep.FIRST_LINE, DraftStep.OTHER_LANGUAGE}


def plan_questions(draft: Draft, material: Material) -> Iterator[Question]:
    """Yield every question of this draft, lazily, for the last ones read the text."""
    yield Question(DraftStep.INVITATION)
    yield Question(DraftStep.RULES)
    yield Question(DraftStep.SEGMENT)
    yield Question(DraftStep.LANGUAGE)
    yield Question(DraftStep.WARM_UP)
    pasted = draft.first_choice(Question(DraftStep.WARM_UP)) == HAS_TEXT_CHOICE
    yield from _language_check(draft, Question(DraftStep.WARM_UP))
    if pasted:
        yield from _with_language_check(draft, Question(DraftStep.PASTE))
    else:
        yield from _with_language_check(draft, Question(DraftStep.TURN))
    yield from line_questions(draft, material)
    if not pasted:
        yield from _questions_after_lines(draft, material)
    yield from _closing_questions(draft, material)


def line_questions(draft: Draft, material: Material) -> Iterator[Question]:
    """Yield the opened pages of cards, and then each kept line's placeholders and its detail."""
    yield Question(DraftStep.LINES)
    for page in draft.opened:
        yield Question(DraftStep.LINES, page)
    for line in draft.lines:
        for name in known_placeholders(line, material):
            yield from _with_language_check(draft, Question(DraftStep.FILL, f"{line.id}.{name}"))
        if line_theme(line, material):
            yield from _with_language_check(draft, Question(DraftStep.YOURS, line.id))


def _questions_after_lines(draft: Draft, material: Material) -> Iterator[Question]:
    missing = card_kind_for_balance(draft, material)
    for about in ("company", "culture"):
        if about == missing or draft.answer_to(Question(DraftStep.BALANCE, about)):
            yield from _with_language_check(draft, Question(DraftStep.BALANCE, about))
    yield from _with_language_check(draft, outside_work_question(draft, material))
    yield from _with_language_check(draft, Question(DraftStep.ASK_ME))
    if draft.edited is None and (
        draft.answer_to(Question(DraftStep.FIRST_LINE)) or first_line_candidates(draft)
    ):
        yield Question(DraftStep.FIRST_LINE)


def _closing_questions(draft: Draft, material: Material) -> Iterator[Question]:
    yield Question(DraftStep.DRAFT)
    yield Question(DraftStep.HEADLINE)
    if draft.answer_to(Question(DraftStep.LAST_LOOK)) or notes_for_step(draft, DraftStep.LAST_LOOK, material):
        yield Question(DraftStep.LAST_LOOK)
    yield Question(DraftStep.TAKE)
    yield Question(DraftStep.HAND)
    if draft.first_choice(Question(DraftStep.TAKE)) != "keep_private":
        yield Question(DraftStep.HIGHLIGHT)
    yield Question(DraftStep.DONE)


def _with_language_check(draft: Draft, question: Question) -> Iterator[Question]:
    yield question
    yield from _language_check(draft, question)


def _language_check(draft: Draft, question: Question) -> Iterator[Question]:
    """Yield the question about an answer in the other language: it is kept and asked about, never dropped."""
    answer = draft.answer_to(question)
    check = Question(DraftStep.OTHER_LANGUAGE, question.key)
    if isinstance(answer, WrittenAnswer) and draft.language and len(split_words(answer.text)) > 2:
        found = detect_language(answer.text)
        if found is not None and found != draft.language:
            yield check


def first_unanswered(draft: Draft, material: Material) -> Question:
    """Return the first question of the plan that has no answer."""
    for question in plan_questions(draft, material):
        if draft.answer_to(question) is None:
            return question
    return Question(DraftStep.DONE)


def previous_question(draft: Draft, material: Material) -> Question | None:
    """Return the question before the current one, or None at the beginning."""
    previous = None
    current = draft.at if is_planned(draft, draft.at, material) else first_unanswered(draft, material)
    for question in plan_questions(draft, material):
        if question == current:
            return previous
        if question.step is not DraftStep.OTHER_LANGUAGE:
            previous = question
    return previous


def is_planned(draft: Draft, question: Question, material: Material) -> bool:
    """Return whether the draft's plan has this question at all (an old button may name one that it no longer has)."""
    return any(q == question for q in plan_questions(draft, material))


def outside_work_question(draft: Draft, material: Material) -> Question:
    """Return the prompt about life outside work: the one shown, the last one answered, or one chosen by the draft."""
    if draft.at.step is DraftStep.OUTSIDE:
        return draft.at
    for key in reversed(tuple(draft.answers)):
        if Question.from_key(key).step is DraftStep.OUTSIDE:
            return Question.from_key(key)
    prompts = material.bank.prompts
    return Question(DraftStep.OUTSIDE, prompts[sum(draft.id.encode()) % len(prompts)].id)


def known_placeholders(line: StoryLine, material: Material) -> tuple[str, ...]:
    """Return the placeholders of a line that its cards explain; braces that a person typed are left alone."""
    hints = {name for card in line.cards for name in material.bank.card(card).hints}
    return tuple(name for name in placeholder_names(line.text) if name in hints)


def line_theme(line: StoryLine, material: Material) -> str | None:
    """Return the theme whose question personalises this line: its first card's."""
    return material.bank.card(line.cards[0]).theme if line.cards else None


def page_card_ids(draft: Draft, page: str, material: Material) -> tuple[str, ...]:
    """Return the ids of the cards on a page: "1" and "2" are the deal's halves, "more1" and up the segment's."""
    if page.isdigit():
        dealt = draft.deal.cards if draft.deal else ()
        start = (int(page) - 1) * PAGE_SIZE
        return dealt[start : start + PAGE_SIZE]
    cards = [card.id for card in material.bank.segment_cards(draft.segment)]
    start = (int(page.removeprefix("more")) - 1) * PAGE_SIZE
    return tuple(cards[start : start + PAGE_SIZE])


def next_page(draft: Draft, page: str, material: Material) -> str | None:
    """Return the next page that has cards, or None."""
    following = {"1": "2", "2": "more1"}.get(page) or f"more{int(page.removeprefix('more')) + 1}"
    return following if page_card_ids(draft, following, material) else None
