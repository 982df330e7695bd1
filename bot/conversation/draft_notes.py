"""The coaching notes on a draft: the checks of each step, and their context from the draft."""

from __future__ import annotations

from dataclasses import replace

from bot.coaching import CoachingContext, CoachingNote, CoachingStage, KeptLine, notes_for_stage
from bot.conversation.compose import fill_placeholders, outside_work_answer, story_text
from bot.conversation.turns import Material
from db.models.drafts import Draft, DraftStep, Question

STAGE_BY_STEP = {
    DraftStep.DRAFT: CoachingStage.DRAFT,
    DraftStep.LAST_LOOK: CoachingStage.LAST_LOOK,
    DraftStep.TAKE: CoachingStage.TAKE,
}
"""The steps at which notes are shown under the text; balance has a separate step."""


def notes_for_step(draft: Draft, step: DraftStep, material: Material) -> tuple[CoachingNote, ...]:
    """Return the notes shown at this step: at most three, none silenced."""
    stage = STAGE_BY_STEP.get(step)
    text = story_text(draft)
    if step is DraftStep.LAST_LOOK:  # strangers read the headline as well
        text = f"{text}\n{draft.written_text(Question(DraftStep.HEADLINE))}"
    return notes_for_stage(text, coaching_context(draft, material), stage) if stage else ()


def card_kind_for_balance(draft: Draft, material: Material) -> str | None:
    """Return the kind of card that the kept lines lack, or None.

    That's "company" if all of them are about culture, and "culture" if most are about the company.
    """
    if not any(line.cards for line in draft.lines):
        return None
    found = notes_for_stage("", coaching_context(draft, material), CoachingStage.BALANCE)
    if not found:
        return None
    return "company" if not any(line.kind == "company" for line in draft.lines) else "culture"


def coaching_context(draft: Draft, material: Material) -> CoachingContext:
    """Return what the checks know of the company and of this draft."""
    outside = outside_work_answer(draft)
    return replace(
        material.context,
        story_language=draft.language or "en",
        silenced_checks=draft.notes_silenced,
        outside_answer=outside or None,
        kept_lines=tuple(KeptLine(fill_placeholders(draft, line), line.kind or None) for line in draft.lines),
        headline=draft.written_text(Question(DraftStep.HEADLINE)),
    )
