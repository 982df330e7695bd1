"""Notes are few and in order, respect silencing, and come only at their stage."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching import MAX_NOTES, CoachingCheck, CoachingContext, CoachingStage, KeptLine, notes_for_stage
from tests.coaching.sample_stories import ARABIC_STORY, ENGLISH_STORY, MAYA_CONTEXT, SALMA_CONTEXT

_PARTS = """I | leverage | synergy | my salary | {{x}} | a@b.example | +966501234567 | 40% | revenue | Lina Haddad
We will launch in May | a customer Aramco | قام بتطوير | تم إطلاق | عملية التوظيف | شغوف | راتبي | 👩🏽‍💻 | … |
سنطلق في مارس القادم | للارتقاء بـ | . | ! | ؟"""
PARTS = [*_PARTS.replace("\n", "|").split("|"), "\n", "\0", "\ud800", "\u202e", "x" * 70]
ANY_TEXT = st.text(max_size=300) | st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
ANY_CHECKS = st.frozensets(st.sampled_from([*map(int, CoachingCheck), 99]))
BAD_ENGLISH = (
    "I code. Maya is a seasoned professional. "
    + "Leveraging synergies across the ecosystem to empower stakeholders and drive results "
    + "and then " * 40
    + "more."
)


@pytest.mark.parametrize(
    ("story", "context"), [(ENGLISH_STORY, MAYA_CONTEXT), (ARABIC_STORY, SALMA_CONTEXT)], ids=["en", "ar"]
)
@pytest.mark.parametrize("moment", CoachingStage)
def test_a_plain_story_gets_no_note_at_any_moment(
    story: str, context: CoachingContext, moment: CoachingStage
) -> None:
    assert notes_for_stage(story, context, moment) == ()


@pytest.mark.parametrize(
    ("moment", "checks"),
    [
        (CoachingStage.BALANCE, {CoachingCheck.BALANCE}),
        (CoachingStage.LAST_LOOK, {CoachingCheck.RISK}),
        (CoachingStage.TAKE, {CoachingCheck.GAPS}),
        (CoachingStage.SHARE, {CoachingCheck.EMPLOYER}),
        (CoachingStage.DRAFT, {CoachingCheck.PERSONAL, CoachingCheck.VOICE, CoachingCheck.JARGON}),
    ],
)
def test_each_check_is_asked_at_its_own_moment_only(
    moment: CoachingStage, checks: set[CoachingCheck]
) -> None:
    context = replace(MAYA_CONTEXT, kept_lines=(KeptLine("All about people.", "culture"),))
    story = BAD_ENGLISH + " {{gap}} Our revenue grew 40%."

    assert {note.check for note in notes_for_stage(story, context, moment)} == checks


def test_the_first_three_are_shown_in_the_order_of_the_table_when_more_apply() -> None:
    found = notes_for_stage(BAD_ENGLISH, MAYA_CONTEXT, CoachingStage.DRAFT)

    assert [note.check for note in found] == [
        CoachingCheck.PERSONAL,
        CoachingCheck.VOICE,
        CoachingCheck.JARGON,
    ]
    assert [note.message_key for note in found] == [
        "note-personal-faded",
        "note-voice-named",
        "note-jargon-memo",
    ]


def test_the_next_note_comes_up_when_one_is_silenced() -> None:
    context = replace(MAYA_CONTEXT, silenced_checks=frozenset({CoachingCheck.PERSONAL, CoachingCheck.VOICE}))

    assert [note.check for note in notes_for_stage(BAD_ENGLISH, context, CoachingStage.DRAFT)] == [
        CoachingCheck.JARGON,
        CoachingCheck.SENTENCES,
    ]


@pytest.mark.parametrize("silenced", [CoachingCheck.SENTENCES, CoachingCheck.READING])
def test_length_and_ease_are_silent_together_when_either_was_silenced(silenced: CoachingCheck) -> None:
    context = replace(
        MAYA_CONTEXT, silenced_checks=frozenset({silenced}), outside_offered_again=True, outside_answer=None
    )

    found = notes_for_stage("I " + "walk and " * 40 + "rest.", context, CoachingStage.DRAFT)

    assert "sentences" not in {note.topic for note in found}


@settings(max_examples=150, deadline=None)
@given(
    ANY_TEXT,
    ANY_CHECKS,
    st.sampled_from([MAYA_CONTEXT, SALMA_CONTEXT, CoachingContext()]),
    st.sampled_from(CoachingStage),
)
def test_notes_hold_their_promises_for_any_text(
    text: str, silenced: frozenset[int], context: CoachingContext, moment: CoachingStage
) -> None:
    found = notes_for_stage(text, replace(context, silenced_checks=silenced), moment)

    assert len(found) <= MAX_NOTES
    assert not {int(note.check) for note in found} & silenced
    assert [note.check for note in found] == sorted(note.check for note in found)
    for note in found:
        for hit in note.findings:
            assert 0 <= hit.start < hit.end <= len(text)
            assert text[hit.start : hit.end] == hit.text
        if note.span is not None:
            assert 0 <= note.span[0] < note.span[1] <= len(text)


def test_a_draft_remembers_nothing_of_a_hit() -> None:
    assert {int(check) for check in CoachingCheck} == set(range(1, 13))
