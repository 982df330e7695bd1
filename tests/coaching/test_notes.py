"""Notes are few, in order, silent where silenced, and asked only at their moment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching import MOST_AT_ONCE, Check, Context, Line, Moment, notes
from tests.coaching.stories import ARABIC, ENGLISH, MAYA, SALMA

_PARTS = """I | leverage | synergy | my salary | {{x}} | a@b.example | +966501234567 | 40% | revenue | Lina Haddad
We will launch in May | a customer Aramco | قام بتطوير | تم إطلاق | عملية التوظيف | شغوف | راتبي | 👩🏽‍💻 | … |
سنطلق في مارس القادم | للارتقاء بـ | . | ! | ؟"""
PARTS = [*_PARTS.replace("\n", "|").split("|"), "\n", "\0", "\ud800", "\u202e", "x" * 70]
ANY_TEXT = st.text(max_size=300) | st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
ANY_CHECKS = st.frozensets(st.sampled_from([*map(int, Check), 99]))
BAD_ENGLISH = (
    "I code. Maya is a seasoned professional. "
    + "Leveraging synergies across the ecosystem to empower stakeholders and drive results "
    + "and then " * 40
    + "more."
)


@pytest.mark.parametrize(("story", "context"), [(ENGLISH, MAYA), (ARABIC, SALMA)], ids=["en", "ar"])
@pytest.mark.parametrize("moment", Moment)
def test_a_plain_story_gets_no_note_at_any_moment(story: str, context: Context, moment: Moment) -> None:
    assert notes(story, context, moment) == ()


@pytest.mark.parametrize(
    ("moment", "checks"),
    [
        (Moment.BALANCE, {Check.BALANCE}),
        (Moment.LAST_LOOK, {Check.RISK}),
        (Moment.TAKE, {Check.GAPS}),
        (Moment.SHARE, {Check.EMPLOYER}),
        (Moment.DRAFT, {Check.PERSONAL, Check.VOICE, Check.JARGON}),
    ],
)
def test_each_check_is_asked_at_its_own_moment_only(moment: Moment, checks: set[Check]) -> None:
    context = replace(MAYA, lines=(Line("All about people.", "culture"),))
    story = BAD_ENGLISH + " {{gap}} Our revenue grew 40%."

    assert {note.check for note in notes(story, context, moment)} == checks


def test_the_first_three_are_shown_in_the_order_of_the_table_when_more_apply() -> None:
    found = notes(BAD_ENGLISH, MAYA, Moment.DRAFT)

    assert [note.check for note in found] == [Check.PERSONAL, Check.VOICE, Check.JARGON]
    assert [note.wording for note in found] == ["note-personal-faded", "note-voice-named", "note-jargon-memo"]


def test_the_next_note_comes_up_when_one_is_silenced() -> None:
    context = replace(MAYA, silenced=frozenset({Check.PERSONAL, Check.VOICE}))

    assert [note.check for note in notes(BAD_ENGLISH, context, Moment.DRAFT)] == [
        Check.JARGON,
        Check.SENTENCES,
    ]


@pytest.mark.parametrize("silenced", [Check.SENTENCES, Check.READING])
def test_length_and_ease_are_silent_together_when_either_was_silenced(silenced: Check) -> None:
    context = replace(MAYA, silenced=frozenset({silenced}), outside_offered_again=True, outside_answer=None)

    found = notes("I " + "walk and " * 40 + "rest.", context, Moment.DRAFT)

    assert "sentences" not in {note.topic for note in found}


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT, ANY_CHECKS, st.sampled_from([MAYA, SALMA, Context()]), st.sampled_from(Moment))
def test_notes_hold_their_promises_for_any_text(
    text: str, silenced: frozenset[int], context: Context, moment: Moment
) -> None:
    found = notes(text, replace(context, silenced=silenced), moment)

    assert len(found) <= MOST_AT_ONCE
    assert not {int(note.check) for note in found} & silenced
    assert [note.check for note in found] == sorted(note.check for note in found)
    for note in found:
        for hit in note.found:
            assert 0 <= hit.start < hit.end <= len(text)
            assert text[hit.start : hit.end] == hit.text
        if note.where is not None:
            assert 0 <= note.where[0] < note.where[1] <= len(text)


def test_nothing_of_a_hit_is_among_what_a_draft_remembers() -> None:
    assert {int(check) for check in Check} == set(range(1, 13))
