"""Moving on and moving back: which question stands next, and what is noted when it is reached."""

from __future__ import annotations

from dataclasses import replace

from bot.coaching import Check
from bot.conversation.draft_notes import MOMENTS, notes_at
from bot.conversation.plan import TEXT_STEPS, present
from bot.conversation.turns import Ask, Finished, Material, Remark, Turn
from db.models.drafts import Draft, Question, Skipped, Status, Step


def go_on(draft: Draft, material: Material, remark: Remark | None = None) -> Turn:
    """On to the first question that has no answer; the end, when there is none."""
    question = present(draft, material)
    if question.step is Step.DONE:
        return Finished(replace(draft, at=question, status=Status.FINISHED, held=None))
    return Ask(reached(draft, question, material), remark)


def go_to(draft: Draft, question: Question) -> Turn:
    """Back to one question, with its answer kept until another takes its place."""
    return Ask(replace(draft, at=question, held=None))


def awake(draft: Draft) -> Draft:
    """The draft, no longer resting."""
    return replace(draft, status=Status.OPEN) if draft.status is Status.PAUSED else draft


def passed(draft: Draft) -> Draft:
    """The draft once the present question is dealt with: words from before were offered there, and are once only."""
    if draft.at.step not in TEXT_STEPS or draft.written(draft.at):
        return draft
    return replace(draft, former=(*draft.former, *draft.strays), strays=())


def skip(draft: Draft, material: Material) -> Turn:
    """On without an answer. Whoever leaves out life outside work again, after the note on it, hears of it no more."""
    if draft.at.step is Step.OUTSIDE and int(Check.PERSONAL) in draft.notes_shown:
        draft = replace(draft, notes_silenced=draft.notes_silenced | {int(Check.PERSONAL)})
    return go_on(passed(draft).answered(draft.at, Skipped()), material)


def reached(draft: Draft, question: Question, material: Material) -> Draft:
    """The draft standing at this question; the numbers of the checks shown there are noted."""
    return noted(replace(draft, at=question, held=None), material)


def noted(draft: Draft, material: Material) -> Draft:
    """The draft with the numbers of the checks that are shown at its question."""
    if draft.at.step not in MOMENTS:
        return draft
    shown = {int(note.check) for note in notes_at(draft, draft.at.step, material)}
    return replace(draft, notes_shown=draft.notes_shown | shown)
