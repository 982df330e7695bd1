"""Which questions a draft has, in order. The present one is the first not yet answered, or the one gone back to."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.bank import openings
from bot.conversation.compose import HAVE_ONE, first_lines
from bot.conversation.draft_notes import lopsided, notes_at
from bot.conversation.turns import Material
from bot.text import language, words
from db.models.drafts import Draft, Line, Question, Step, Written

PAGE = 5
"""Cards on one page: ten anchor cards stand on two."""

TEXT_STEPS = frozenset(
    {
        Step.WARM_UP,
        Step.PASTE,
        Step.TURN,
        Step.FILL,
        Step.YOURS,
        Step.BALANCE,
        Step.OUTSIDE,
        Step.ASK_ME,
        Step.HEADLINE,
    }
)
"""The steps that are answered by writing."""

OPTIONAL_STEPS = frozenset(
    {
        Step.SEGMENT,
        Step.LINES,
        Step.FIRST_LINE,
        Step.LAST_LOOK,
        Step.HAND,
        Step.HIGHLIGHT,
        Step.OTHER_LANGUAGE,
    }
) | (TEXT_STEPS - {Step.PASTE})
"""The steps that may be skipped; the others are a choice that has to be made, or a way out of their own."""


def takes_words(question: Question) -> bool:
    """Whether words are an answer to this question, beside a choice perhaps."""
    if question.step is Step.LINES:
        return bool(question.about)
    return question.step in TEXT_STEPS | {Step.FIRST_LINE, Step.OTHER_LANGUAGE}


def plan(draft: Draft, material: Material) -> Iterator[Question]:
    """Every question of this draft, from the invitation to the end, lazily: the last ones look at the text."""
    yield Question(Step.INVITATION)
    yield Question(Step.RULES)
    yield Question(Step.SEGMENT)
    yield Question(Step.LANGUAGE)
    yield Question(Step.WARM_UP)
    pasted = draft.chosen(Question(Step.WARM_UP)) == HAVE_ONE
    yield from _asked_about(draft, Question(Step.WARM_UP))
    if pasted:
        yield from _with_language(draft, Question(Step.PASTE))
    else:
        yield from _with_language(draft, Question(Step.TURN))
    yield from line_questions(draft, material)
    if not pasted:
        yield from _after_the_lines(draft, material)
    yield from _with_the_text(draft, material)


def line_questions(draft: Draft, material: Material) -> Iterator[Question]:
    """The cards, page by page as far as they were opened; then each kept line's openings and its detail."""
    yield Question(Step.LINES)
    for page in draft.opened:
        yield Question(Step.LINES, page)
    for line in draft.lines:
        for name in known_openings(line, material):
            yield from _with_language(draft, Question(Step.FILL, f"{line.id}.{name}"))
        if theme_of(line, material):
            yield from _with_language(draft, Question(Step.YOURS, line.id))


def _after_the_lines(draft: Draft, material: Material) -> Iterator[Question]:
    missing = lopsided(draft, material)
    for about in ("company", "culture"):
        if about == missing or draft.answer(Question(Step.BALANCE, about)):
            yield from _with_language(draft, Question(Step.BALANCE, about))
    yield from _with_language(draft, outside_question(draft, material))
    yield from _with_language(draft, Question(Step.ASK_ME))
    if draft.edited is None and (draft.answer(Question(Step.FIRST_LINE)) or first_lines(draft)):
        yield Question(Step.FIRST_LINE)


def _with_the_text(draft: Draft, material: Material) -> Iterator[Question]:
    yield Question(Step.DRAFT)
    yield Question(Step.HEADLINE)
    if draft.answer(Question(Step.LAST_LOOK)) or notes_at(draft, Step.LAST_LOOK, material):
        yield Question(Step.LAST_LOOK)
    yield Question(Step.TAKE)
    yield Question(Step.HAND)
    if draft.chosen(Question(Step.TAKE)) != "keep_private":
        yield Question(Step.HIGHLIGHT)
    yield Question(Step.DONE)


def _with_language(draft: Draft, question: Question) -> Iterator[Question]:
    yield question
    yield from _asked_about(draft, question)


def _asked_about(draft: Draft, question: Question) -> Iterator[Question]:
    """An answer in the other language is kept and asked about, never dropped."""
    answer = draft.answer(question)
    asked = Question(Step.OTHER_LANGUAGE, question.key)
    if isinstance(answer, Written) and draft.language and len(words(answer.text)) > 2:
        found = language(answer.text)
        if found is not None and found != draft.language:
            yield asked


def present(draft: Draft, material: Material) -> Question:
    """The first question of the plan that has no answer."""
    for question in plan(draft, material):
        if draft.answer(question) is None:
            return question
    return Question(Step.DONE)


def before(draft: Draft, material: Material) -> Question | None:
    """The question before the present one, or None at the beginning."""
    previous = None
    here = draft.at if belongs(draft, draft.at, material) else present(draft, material)
    for question in plan(draft, material):
        if question == here:
            return previous
        if question.step is not Step.OTHER_LANGUAGE:
            previous = question
    return previous


def belongs(draft: Draft, question: Question, material: Material) -> bool:
    """Whether this question is in the draft's plan at all (an old button may name one that no longer is)."""
    return any(q == question for q in plan(draft, material))


def outside_question(draft: Draft, material: Material) -> Question:
    """The prompt from outside work: the one shown, the last one answered, or one that differs by draft."""
    if draft.at.step is Step.OUTSIDE:
        return draft.at
    for key in reversed(tuple(draft.answers)):
        if Question.named(key).step is Step.OUTSIDE:
            return Question.named(key)
    prompts = material.bank.prompts
    return Question(Step.OUTSIDE, prompts[sum(draft.id.encode()) % len(prompts)].id)


def known_openings(line: Line, material: Material) -> tuple[str, ...]:
    """The openings of a line that its cards explain; braces that a person typed are left alone."""
    hints = {name for card in line.cards for name in material.bank.card(card).hints}
    return tuple(name for name in openings(line.text) if name in hints)


def theme_of(line: Line, material: Material) -> str | None:
    """The theme whose question makes this line one's own: its first card's."""
    return material.bank.card(line.cards[0]).theme if line.cards else None


def page_cards(draft: Draft, page: str, material: Material) -> tuple[str, ...]:
    """The ids of the cards on a page: "1" and "2" are the deal's halves, "more1" and on the segment's own."""
    if page.isdigit():
        dealt = draft.deal.cards if draft.deal else ()
        start = (int(page) - 1) * PAGE
        return dealt[start : start + PAGE]
    cards = [card.id for card in material.bank.of_segment(draft.segment)]
    start = (int(page.removeprefix("more")) - 1) * PAGE
    return tuple(cards[start : start + PAGE])


def next_page(draft: Draft, page: str, material: Material) -> str | None:
    """The page after this one that has cards, or None."""
    following = {"1": "2", "2": "more1"}.get(page) or f"more{int(page.removeprefix('more')) + 1}"
    return following if page_cards(draft, following, material) else None
