"""The coaching notes of a draft: which checks are asked at which step, and what they are told of the draft."""

from __future__ import annotations

from dataclasses import replace

from bot.coaching import CoachingContext, CoachingNote, CoachingStage, KeptLine, coaching_notes
from bot.conversation.compose import fill_placeholders, outside_work_answer, story_text
from bot.conversation.turns import Material
from db.models.drafts import Draft, DraftStep, Question

MOMENT_BY_STEP = {
    DraftStep.DRAFT: CoachingStage.DRAFT,
    DraftStep.LAST_LOOK: CoachingStage.LAST_LOOK,
    DraftStep.TAKE: CoachingStage.TAKE,
}
"""The steps at which notes are shown under the text; balance has a step of its own."""


def notes_for_step(draft: Draft, step: DraftStep, material: Material) -> tuple[CoachingNote, ...]:
    """The notes shown at this step: at most three, none silenced."""
    moment = MOMENT_BY_STEP.get(step)
    text = story_text(draft)
    if step is DraftStep.LAST_LOOK:  # strangers read the headline, too
        text = f"{text}\n{draft.written_text(Question(DraftStep.HEADLINE))}"
    return coaching_notes(text, coaching_context(draft, material), moment) if moment else ()


def missing_card_kind(draft: Draft, material: Material) -> str | None:
    """What the kept lines lack: "company" when all is about the place, "culture" when most is about the product."""
    if not any(line.cards for line in draft.lines):
        return None
    found = coaching_notes("", coaching_context(draft, material), CoachingStage.BALANCE)
    if not found:
        return None
    return "company" if not any(line.kind == "company" for line in draft.lines) else "culture"


def coaching_context(draft: Draft, material: Material) -> CoachingContext:
    """What the checks know of the company, with what this draft adds."""
    outside = outside_work_answer(draft)
    return replace(
        material.context,
        story_language=draft.language or "en",
        silenced_checks=draft.notes_silenced,
        outside_answer=outside or None,
        kept_lines=tuple(KeptLine(fill_placeholders(draft, line), line.kind or None) for line in draft.lines),
        headline=draft.written_text(Question(DraftStep.HEADLINE)),
    )
