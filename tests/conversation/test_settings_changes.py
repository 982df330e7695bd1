"""What a change on the Home tab does to drafts: counting and the segment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.settings_changes import recounted, resegmented
from db.models.drafts import Chosen, Deal, Draft, Question, Status, Step

ASKED = Draft(
    "d1",
    Question(Step.TURN),
    segment="tech",
    counted=True,
    answers={Question(Step.SEGMENT).key: Chosen(("tech",))},
)


@pytest.mark.parametrize("status", list(Status))
def test_no_to_counting_holds_for_every_draft(status: Status) -> None:
    assert recounted(replace(ASKED, status=status), False).counted is False


def test_no_changes_nothing_that_was_not_counted() -> None:
    for counted in (None, False):
        draft = replace(ASKED, counted=counted)
        assert recounted(draft, False) == draft


def test_yes_holds_for_a_draft_whose_lines_nobody_has_seen() -> None:
    assert recounted(replace(ASKED, counted=False), True).counted is True


@pytest.mark.parametrize(
    "draft",
    [
        replace(ASKED, counted=False, opened=("1",)),
        replace(ASKED, counted=False, deal=Deal(1, 1, ())),
        replace(ASKED, counted=False, status=Status.FINISHED),
        replace(ASKED, counted=False, twin="d0"),
        replace(ASKED, counted=None),
    ],
)
def test_yes_leaves_a_draft_alone_when_its_lines_were_shown_uncounted(draft: Draft) -> None:
    assert recounted(draft, True) == draft


@pytest.mark.parametrize("segment", ["gtm", None])
def test_segment_changes_in_a_draft_under_way(segment: str | None) -> None:
    after = resegmented(ASKED, segment)

    assert after.segment == segment
    assert after.answer(Question(Step.SEGMENT)) == Chosen((segment or "neither",))


@pytest.mark.parametrize(
    "draft",
    [
        replace(ASKED, answers={}),
        replace(ASKED, opened=("1", "2", "more1")),
        replace(ASKED, status=Status.FINISHED),
        replace(ASKED, segment="gtm"),
    ],
)
def test_segment_stays_when_it_was_not_asked_or_its_lines_are_open(draft: Draft) -> None:
    assert resegmented(draft, "gtm") == draft
