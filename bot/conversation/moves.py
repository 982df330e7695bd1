"""Moving on and moving back: the next question, and what is recorded when it is reached."""

from __future__ import annotations

from dataclasses import replace

from bot.coaching import CoachingCheck
from bot.conversation.draft_notes import STAGE_BY_STEP, notes_for_step
from bot.conversation.plan import TEXT_STEPS, first_unanswered
from bot.conversation.turns import AskQuestion, Material, Remark, StoryFinished, Turn
from db.models.drafts import Draft, DraftStatus, DraftStep, Question, SkippedAnswer


def move_to_first_unanswered(draft: Draft, material: Material, remark: Remark | None = None) -> Turn:
    """Move to the first unanswered question, or to the end."""
    question = first_unanswered(draft, material)
    if question.step is DraftStep.DONE:
        return StoryFinished(replace(draft, at=question, status=DraftStatus.FINISHED, pending=None))
    return AskQuestion(enter_question(draft, question, material), remark)


def jump_to(draft: Draft, question: Question) -> Turn:
    """Move to a question; its answer is kept until another replaces it."""
    return AskQuestion(replace(draft, at=question, pending=None))


def resume(draft: Draft) -> Draft:
    """Return the draft, open again if it was paused."""
    return replace(draft, status=DraftStatus.OPEN) if draft.status is DraftStatus.PAUSED else draft


def retire_early_messages(draft: Draft) -> Draft:
    """Return the draft after its question was dealt with: early messages were offered there, and are offered once."""
    if draft.at.step not in TEXT_STEPS or draft.written_text(draft.at):
        return draft
    return replace(draft, superseded=(*draft.superseded, *draft.unplaced), unplaced=())


def skip_question(draft: Draft, material: Material) -> Turn:
    """Move on without an answer.

    Skipping life outside work again, after the note about it, silences that note.
    """
    if draft.at.step is DraftStep.OUTSIDE and int(CoachingCheck.PERSONAL) in draft.notes_shown:
        draft = replace(draft, notes_silenced=draft.notes_silenced | {int(CoachingCheck.PERSONAL)})
    return move_to_first_unanswered(
        retire_early_messages(draft).with_answer(draft.at, SkippedAnswer()), material
    )


def enter_question(draft: Draft, question: Question, material: Material) -> Draft:
    """Return the draft at this question, with the checks that it shows recorded."""
    return record_shown_notes(replace(draft, at=question, pending=None), material)


def record_shown_notes(draft: Draft, material: Material) -> Draft:
    """Return the draft with the numbers of the checks shown at its question."""
    if draft.at.step not in STAGE_BY_STEP:
        return draft
    shown = {int(note.check) for note in notes_for_step(draft, draft.at.step, material)}
    return replace(draft, notes_shown=draft.notes_shown | shown)
