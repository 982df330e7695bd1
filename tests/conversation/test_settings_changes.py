"""The effect of a change on the Home tab on drafts: counting and the segment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.settings_changes import apply_counting_choice, apply_segment_choice
from db.models.drafts import CardDeal, ChosenAnswer, Draft, DraftStatus, DraftStep, Question

DRAFT_IN_PROGRESS = Draft(
    "d1",
    Question(DraftStep.TURN),
    segment="tech",
    counted=True,
    answers={Question(DraftStep.SEGMENT).key: ChosenAnswer(("tech",))},
)


@pytest.mark.parametrize("status", list(DraftStatus))
def test_no_to_counting_holds_for_every_draft(status: DraftStatus) -> None:
    assert apply_counting_choice(replace(DRAFT_IN_PROGRESS, status=status), False).counted is False


def test_no_changes_nothing_that_was_not_counted() -> None:
    for counted in (None, False):
        draft = replace(DRAFT_IN_PROGRESS, counted=counted)
        assert apply_counting_choice(draft, False) == draft


def test_yes_holds_for_a_draft_whose_lines_nobody_has_seen() -> None:
    assert apply_counting_choice(replace(DRAFT_IN_PROGRESS, counted=False), True).counted is True


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT_IN_PROGRESS, counted=False, opened=("1",)),
        replace(DRAFT_IN_PROGRESS, counted=False, deal=CardDeal(1, 1, ())),
        replace(DRAFT_IN_PROGRESS, counted=False, status=DraftStatus.FINISHED),
        replace(DRAFT_IN_PROGRESS, counted=False, translation_of="d0"),
        replace(DRAFT_IN_PROGRESS, counted=None),
    ],
)
def test_yes_leaves_a_draft_alone_when_its_lines_were_shown_uncounted(draft: Draft) -> None:
    assert apply_counting_choice(draft, True) == draft


@pytest.mark.parametrize("segment", ["gtm", None])
def test_segment_changes_in_a_draft_in_progress(segment: str | None) -> None:
    after = apply_segment_choice(DRAFT_IN_PROGRESS, segment)

    assert after.segment == segment
    assert after.answer_to(Question(DraftStep.SEGMENT)) == ChosenAnswer((segment or "neither",))


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT_IN_PROGRESS, answers={}),
        replace(DRAFT_IN_PROGRESS, opened=("1", "2", "more1")),
        replace(DRAFT_IN_PROGRESS, status=DraftStatus.FINISHED),
        replace(DRAFT_IN_PROGRESS, segment="gtm"),
    ],
)
def test_segment_stays_when_it_was_not_asked_or_its_lines_are_open(draft: Draft) -> None:
    assert apply_segment_choice(draft, "gtm") == draft
