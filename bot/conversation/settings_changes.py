"""Settings of the Home tab that reach into drafts in progress: counting, and the segment."""

from __future__ import annotations

from dataclasses import replace

from db.models.drafts import ChosenAnswer, Draft, DraftStatus, DraftStep, Question


def apply_counting_choice(draft: Draft, counted: bool) -> Draft:
    """Return the draft after a yes or a no to counting.

    A no holds for every draft. A yes holds only for a draft whose cards have not been shown yet: choices
    without the exposures before them would make a card look better than it is.
    """
    if not counted:
        return replace(draft, counted=False) if draft.counted else draft
    untouched = draft.deal is None and not draft.opened and draft.translation_of is None
    in_progress = draft.status is not DraftStatus.FINISHED
    return replace(draft, counted=True) if draft.counted is False and untouched and in_progress else draft


def apply_segment_choice(draft: Draft, segment: str | None) -> Draft:
    """Return the draft with another segment.

    It stays as it is if the segment was not asked yet, its cards are open, or the draft is finished.
    """
    question = Question(DraftStep.SEGMENT)
    opened = any(page.startswith("more") for page in draft.opened)
    if (
        draft.answer_to(question) is None
        or opened
        or draft.status is DraftStatus.FINISHED
        or draft.segment == segment
    ):
        return draft
    answers = {**draft.answers, question.key: ChosenAnswer((segment or "neither",))}
    return replace(draft, segment=segment, answers=answers)
