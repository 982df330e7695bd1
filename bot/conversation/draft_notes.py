"""The coaching notes of a draft: which checks are asked at which step, and what they are told of the draft."""

from __future__ import annotations

from dataclasses import replace

from bot.coaching import Context, Line, Moment, Note, notes
from bot.conversation.compose import filled, outside_work, text_of
from bot.conversation.turns import Material
from db.models.drafts import Draft, Question, Step

MOMENTS = {Step.DRAFT: Moment.DRAFT, Step.LAST_LOOK: Moment.LAST_LOOK, Step.TAKE: Moment.TAKE}
"""The steps at which notes are shown under the text; balance has a step of its own."""


def notes_at(draft: Draft, step: Step, material: Material) -> tuple[Note, ...]:
    """The notes shown at this step: at most three, none silenced."""
    moment = MOMENTS.get(step)
    text = text_of(draft)
    if step is Step.LAST_LOOK:  # strangers read the headline, too
        text = f"{text}\n{draft.written(Question(Step.HEADLINE))}"
    return notes(text, context_of(draft, material), moment) if moment else ()


def lopsided(draft: Draft, material: Material) -> str | None:
    """What the kept lines lack: "company" when all is about the place, "culture" when most is about the product."""
    if not any(line.cards for line in draft.lines):
        return None
    found = notes("", context_of(draft, material), Moment.BALANCE)
    if not found:
        return None
    return "company" if not any(line.kind == "company" for line in draft.lines) else "culture"


def context_of(draft: Draft, material: Material) -> Context:
    """What the checks know of the company, with what this draft adds."""
    outside = outside_work(draft)
    return replace(
        material.context,
        story_language=draft.language or "en",
        silenced=draft.notes_silenced,
        outside_answer=outside or None,
        lines=tuple(Line(filled(draft, line), line.kind or None) for line in draft.lines),
        headline=draft.written(Question(Step.HEADLINE)),
    )
