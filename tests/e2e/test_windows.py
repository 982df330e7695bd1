"""Modals open on two devices, or for too long: their text is saved, or stays in them."""

from __future__ import annotations

import asyncio

import pytest

from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser
from tests.e2e.story_steps import reach_cards, reach_draft


async def test_both_texts_are_kept_when_the_editor_is_open_on_two_devices(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the editor, open on a laptop and on a phone
    await reach_draft(maya)
    await maya.clicks(phrase("choice-edit"))
    laptop = await maya.modal()
    await maya.clicks(phrase("choice-edit"), in_message=await maya.sees(phrase("choice-fine-draft")))
    phone = await maya.modal()
    assert laptop is not None
    assert phone is not None
    assert laptop["id"] != phone["id"]
    # When both are saved, one after the other
    await submit_view(maya, phone, "Written on the phone, all of it.")
    await submit_view(maya, laptop, "Written on the laptop, all of it.")
    # Then the last one is the story, the other one is kept, and its author reads so
    await maya.sees(phrase("edit-newer"))
    assert [one.text for one in await stored_data.list_text_versions(app, maya)][1:] == [
        "Written on the phone, all of it.",
        "Written on the laptop, all of it.",
    ]


async def test_both_lines_are_kept_when_a_card_is_changed_on_two_devices(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given two modals in which an own line is being written
    await reach_cards(maya)
    page = await maya.sees("Lines 1 to 5 of 10")
    windows = []
    for _ in range(2):
        await maya.clicks(phrase("choice-write"), in_message=page)
        windows.append(await maya.modal())
    # When both are saved at once
    await asyncio.gather(
        *(submit_view(maya, view, f"My line {n}.") for n, view in enumerate(windows) if view is not None)
    )
    # Then both lines are shown
    await maya.sees(phrase("choice-done-lines", n=2))
    kept = {line.text for line in (await stored_data.current_draft(app, maya)).draft.lines}
    assert kept == {"My line 0.", "My line 1."}


@pytest.mark.wide
async def test_words_stay_in_the_window_when_its_draft_was_deleted(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the editor, open, with words in it
    await reach_draft(maya)
    await maya.clicks(phrase("choice-edit"))
    view = await maya.modal()
    assert view is not None
    # When the draft is deleted meanwhile, and the words are saved then
    await maya.says("delete")
    asked = await maya.sees(phrase("delete-ask"))
    await maya.clicks(phrase("choice-erase"), in_message=asked)
    await maya.sees(phrase("deleted"))
    answer = await submit_view(maya, view, "Hours of work.")
    # Then the window stays open, with the words still in it, and says why
    assert answer["response_action"] == "errors"
    assert "This draft was deleted in the meantime." in str(answer["errors"])
    open_still = await maya.modal()
    assert open_still is not None
    assert "Hours of work." in str(open_still["values"])


async def test_line_stays_in_the_window_when_its_draft_was_deleted(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the window for a line of one's own
    await reach_cards(maya)
    await maya.clicks(phrase("choice-write"))
    view = await maya.modal()
    assert view is not None
    # When the draft is deleted meanwhile
    await maya.says("delete")
    asked = await maya.sees(phrase("delete-ask"))
    await maya.clicks(phrase("choice-erase"), in_message=asked)
    await maya.sees(phrase("deleted"))
    answer = await submit_view(maya, view, "A line of work.")
    # Then the words stay in it
    assert answer["response_action"] == "errors"
    assert await maya.modal() is not None


async def submit_view(person: SlackUser, view: Json, words: str) -> Json:
    """Submit this modal, which may not be the topmost, with this text in its first field."""
    field = next(block for block in view["blocks"] if block["type"] == "input")
    typed = {"type": "plain_text_input", "value": words}
    values = {field["block_id"]: {field["element"]["action_id"]: typed}}
    return await person.does("submit", view_id=view["id"], values=values)
