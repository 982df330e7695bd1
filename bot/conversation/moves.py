"""Moving on and moving back: which question stands next, and what is noted when it is reached."""

from __future__ import annotations

from dataclasses import replace

from bot.coaching import CoachingCheck
from bot.conversation.draft_notes import MOMENT_BY_STEP, notes_for_step
from bot.conversation.plan import TEXT_STEPS, first_unanswered
from bot.conversation.turns import AskQuestion, Material, Remark, StoryFinished, Turn
from db.models.drafts import Draft, DraftStatus, DraftStep, Question, SkippedAnswer


def advance_to_next(draft: Draft, material: Material, remark: Remark | None = None) -> Turn:
    """On to the first question that has no answer; the end, when there is none."""
    question = first_unanswered(draft, material)
    if question.step is DraftStep.DONE:
        return StoryFinished(replace(draft, at=question, status=DraftStatus.FINISHED, held=None))
    return AskQuestion(enter_question(draft, question, material), remark)


def jump_to(draft: Draft, question: Question) -> Turn:
    """Back to one question, with its answer kept until another takes its place."""
    return AskQuestion(replace(draft, at=question, held=None))


def resume(draft: Draft) -> Draft:
    """The draft, no longer resting."""
    return replace(draft, status=DraftStatus.OPEN) if draft.status is DraftStatus.PAUSED else draft


def leave_question(draft: Draft) -> Draft:
    """The draft once the present question is dealt with: words from before were offered there, and are once only."""
    if draft.at.step not in TEXT_STEPS or draft.written_text(draft.at):
        return draft
    return replace(draft, former=(*draft.former, *draft.strays), strays=())


def skip_question(draft: Draft, material: Material) -> Turn:
    """On without an answer. Whoever leaves out life outside work again, after the note on it, hears of it no more."""
    if draft.at.step is DraftStep.OUTSIDE and int(CoachingCheck.PERSONAL) in draft.notes_shown:
        draft = replace(draft, notes_silenced=draft.notes_silenced | {int(CoachingCheck.PERSONAL)})
    return advance_to_next(leave_question(draft).with_answer(draft.at, SkippedAnswer()), material)


def enter_question(draft: Draft, question: Question, material: Material) -> Draft:
    """The draft standing at this question; the numbers of the checks shown there are noted."""
    return record_shown_notes(replace(draft, at=question, held=None), material)


def record_shown_notes(draft: Draft, material: Material) -> Draft:
    """The draft with the numbers of the checks that are shown at its question."""
    if draft.at.step not in MOMENT_BY_STEP:
        return draft
    shown = {int(note.check) for note in notes_for_step(draft, draft.at.step, material)}
    return replace(draft, notes_shown=draft.notes_shown | shown)
