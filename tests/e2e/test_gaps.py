"""Unfilled gaps of a kept line: visible everywhere, filled with one button, never in the way."""

from __future__ import annotations

import re

import pytest

from tests.e2e import stored_data, visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_exports import copyable_text, download_text
from tests.e2e.story_steps import reach_cards, skip_to_draft

GAP_TEXT = "the night of the storm"


async def reach_draft_with_gap(person: SlackUser) -> str:
    """Go to a draft with one line whose gap is open, and return how the gap is shown."""
    await reach_cards(person)
    await person.clicks(phrase("choice-change-card"), nth=0)
    found = re.search(
        r"\[____ [^]]+]", visible_content.text_of(await person.sees(phrase("card-change-label")))
    )
    assert found is not None
    await person.submits({phrase("card-change-label"): f"It began with {found[0]}, and I stayed."})
    await person.sees(phrase("choice-done-lines", n=1))
    await person.clicks(phrase("choice-done-lines", n=1))
    await person.sees(phrase("ask-fill"))
    await person.clicks(phrase("choice-leave-open"))
    await person.sees("You kept this line")
    await person.clicks(phrase("choice-leave"))
    await skip_to_draft(person)
    return found[0]


@pytest.mark.wide
async def test_gap_is_seen_in_the_draft_and_filled_from_there(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a draft with a gap that nobody has filled
    mark = await reach_draft_with_gap(maya)
    shown = await maya.sees("Here's your draft")
    # Then it is shown as a gap with its hint, without any markup
    assert visible_content.has_text(shown, f"It began with {mark}, and I stayed.")
    assert "{{" not in visible_content.text_of(shown)
    # And one button leads to the question that fills it
    await maya.clicks("Fill the gap")
    await maya.sees(phrase("ask-fill"), after=shown)
    await maya.says(GAP_TEXT)
    # Then the draft comes again, with the words in the gap's place
    filled = await maya.sees(phrase("choice-fine-draft"), after=shown)
    assert visible_content.has_text(filled, f"It began with {GAP_TEXT}, and I stayed.")
    assert "Fill the gap" not in await maya.labels()


async def test_gap_is_filled_when_its_button_is_typed_out(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a draft with a gap
    await reach_draft_with_gap(maya)
    shown = await maya.sees("Fill the gap")
    # When its author types what could be pressed
    await maya.says("fill the gap")
    # Then they are asked what goes in
    await maya.sees(phrase("ask-fill"), after=shown)
    assert (await stored_data.current_draft(app, maya)).draft.at.step == "fill"


@pytest.mark.wide
async def test_gap_is_asked_about_before_the_story_is_copied_and_keeps_nobody_from_it(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story that its author likes, with a gap in it
    mark = await reach_draft_with_gap(maya)
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.clicks(phrase("choice-skip"))
    # When it is exported
    end = await maya.sees(phrase("note-gaps-open", count=1))
    # Then what is copied, and what comes as a file, has the gap to be seen
    assert mark in copyable_text(end)
    await maya.clicks(phrase("choice-file"))
    sent = await maya.sees(phrase("file-name"))
    assert mark in await download_text(app, sent)
    # And it is filled with one button
    await maya.clicks("Fill the gap", in_message=end)
    await maya.sees(phrase("ask-fill"), after=sent)
    await maya.says(GAP_TEXT)
    full = await maya.sees(phrase("ask-take"), after=sent)
    assert GAP_TEXT in copyable_text(full)
    assert not visible_content.has_text(full, "still open")


async def test_story_is_done_with_its_gap_when_its_author_leaves_it(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story to be taken along, with a gap in it
    mark = await reach_draft_with_gap(maya)
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.clicks(phrase("choice-skip"))
    await maya.sees(phrase("note-gaps-open", count=1))
    # When the note is left as it is
    await maya.clicks(phrase("choice-leave"), nth=0)
    # Then it goes, the gap stays to be seen, and the story can be done
    await maya.no_longer_sees("still open. Copy anyway?")
    assert mark in copyable_text(await maya.sees(phrase("ask-take")))
    await maya.clicks(phrase("choice-done"))
    await maya.sees(phrase("ask-hand"))


@pytest.mark.wide
async def test_gap_left_in_the_editor_stays_open_and_is_filled_in_place(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a draft with a gap, edited by hand around it
    mark = await reach_draft_with_gap(maya)
    await maya.clicks(phrase("choice-edit"))
    editor = await maya.sees("What stands in square brackets is a gap")
    text = next(iter(next(iter(editor["values"].values())).values()))["value"]
    await maya.submits({"part.1": f"{text}\n\nThat is all."})
    shown = await maya.sees(phrase("remark-saved"))
    assert visible_content.has_text(shown, f"It began with {mark}, and I stayed.")
    # When it is filled
    await maya.clicks("Fill the gap")
    await maya.sees(phrase("ask-fill"), after=shown)
    await maya.says(GAP_TEXT)
    # Then the words are in its place, and everything else is as edited
    await maya.sees(phrase("remark-swapped"), after=shown)
    assert (
        await stored_data.current_draft(app, maya)
    ).draft.edited == f"{text.replace(mark, GAP_TEXT)}\n\nThat is all."


async def test_gap_typed_over_in_the_editor_is_filled(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a draft with a gap
    mark = await reach_draft_with_gap(maya)
    # When it is typed over in the editor
    await maya.clicks(phrase("choice-edit"))
    editor = await maya.sees(phrase("edit-label"))
    text = next(iter(next(iter(editor["values"].values())).values()))["value"]
    await maya.submits({"part.1": text.replace(mark, GAP_TEXT)})
    # Then nothing is open
    await maya.sees(phrase("remark-saved"))
    assert "Fill the gap" not in await maya.labels()
