"""What is changed on the Home tab and reaches into drafts under way: whether they are counted, and the segment."""

from __future__ import annotations

from dataclasses import replace

from db.models.drafts import ChosenAnswer, Draft, DraftStatus, DraftStep, Question


def apply_counting_choice(draft: Draft, counted: bool) -> Draft:
    """The draft after a yes or a no to counting.

    A no holds for every draft. A yes holds only for one whose lines nobody has been shown yet: choices
    without the exposures before them would make a line look better than it is.
    """
    if not counted:
        return replace(draft, counted=False) if draft.counted else draft
    untouched = draft.deal is None and not draft.opened and draft.twin is None
    under_way = draft.status is not DraftStatus.FINISHED
    return replace(draft, counted=True) if draft.counted is False and untouched and under_way else draft


def apply_segment_choice(draft: Draft, segment: str | None) -> Draft:
    """The draft with another segment, unless it was not asked yet, is finished, or has the segment's lines open."""
    asked = Question(DraftStep.SEGMENT)
    opened = any(page.startswith("more") for page in draft.opened)
    if (
        draft.answer_to(asked) is None
        or opened
        or draft.status is DraftStatus.FINISHED
        or draft.segment == segment
    ):
        return draft
    answers = {**draft.answers, asked.key: ChosenAnswer((segment or "neither",))}
    return replace(draft, segment=segment, answers=answers)
