"""The end: three exports of the story, the places to post it, a raised hand, and consent to show it, or none."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data, visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_exports import copyable_text, download_text, unescaped_text
from tests.e2e.story_steps import OUTSIDE, TURN, WARM_UP, finish_story, reach_finished_story

STORY = f"{WARM_UP}\n\n{TURN}\n\n{OUTSIDE}"


@pytest.mark.wide
async def test_story_is_exactly_itself_in_the_block_the_message_and_the_file(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a finished story
    end = await reach_finished_story(maya)
    # When it is taken along in each way
    alone = (await maya.messages())[-2]
    await maya.clicks(phrase("choice-file"))
    file = await maya.sees(phrase("file-name"))
    # Then each holds the story, the whole story, and nothing else
    assert copyable_text(end) == STORY
    assert unescaped_text(alone["text"]) == STORY
    assert not alone.get("blocks")
    assert await download_text(app, file) == STORY
    # And there is a link to the profile, and no button that promises to copy
    labels = [label for label, _ in visible_content.clickable_elements(end)]
    assert phrase("choice-linkedin") in labels
    assert not any("copy" in label.lower() for label in labels)
    # And screen readers, which read the text alone, hear the question, the story and the choices
    assert all(piece in end["text"] for piece in ("Copy it, open your profile", WARM_UP, "• That's it"))


async def test_story_comes_by_itself_again_when_it_is_edited_where_it_is_taken_along(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a finished story, which came as a separate message
    await reach_finished_story(maya)
    # When it is edited there
    await maya.clicks(phrase("choice-edit"))
    await maya.submits({"part.1": f"{STORY}\n\nThat is all."})
    await maya.sees(phrase("remark-saved"))
    # Then the newest separate message has the current text
    alone = (await maya.messages())[-2]
    assert unescaped_text(alone["text"]) == f"{STORY}\n\nThat is all."
    # And leaving the rest as it is brings no further copy
    count = len(await maya.messages())
    await maya.says("photo?")
    await maya.sees(phrase("remark-choose"))
    assert len(await maya.messages()) == count + 2


@pytest.mark.wide
async def test_glassdoor_is_counted_without_anybody_when_its_link_is_opened(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the other places, Glassdoor last
    await reach_finished_story(maya)
    await maya.clicks(phrase("choice-places"))
    places = await maya.sees(phrase("places-glassdoor"), where="modal")
    assert "Say in it that you work at" in str(places)
    # When the links are opened
    await maya.clicks(phrase("choice-medium"))
    await maya.clicks(phrase("choice-glassdoor"))
    await maya.clicks(phrase("choice-glassdoor"))
    # Then the one place is kept with the story, and the other is a number without anybody
    assert [row[1:3] for row in await stored_data.table_rows(app, "counters")] == [("glassdoor", 2)]
    assert await stored_data.tables_containing(app, "lassdoor") == ["counters"]
    assert maya.id not in str(await stored_data.table_rows(app, "counters"))
    assert "medium" in str(await stored_data.table_rows(app, "takings"))
    # And the button itself carries nothing that names a person or a story
    draft = (await stored_data.current_draft(app, maya)).draft
    button = next(
        element
        for block in places["blocks"]
        for element in block.get("elements", [])
        if str(element.get("action_id", "")).startswith("glassdoor")
    )
    assert draft.id not in str(button)
    assert maya.id not in str(button)


@pytest.mark.wide
async def test_highlight_is_not_asked_when_the_story_is_kept_private(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a finished story
    await reach_finished_story(maya)
    # When its author keeps it to themselves
    await maya.clicks(phrase("choice-keep_private"))
    await maya.sees(phrase("ask-hand"))
    await maya.clicks(phrase("choice-nothing"))
    # Then the end says so, and nobody asked to show it
    await maya.sees(phrase("done-private"))
    await maya.has_not_seen("May we show yours some week?")
    assert "highlight" not in await stored_data.latest_consents(app, maya)


@pytest.mark.wide
async def test_each_yes_is_kept_with_its_wording_and_moment(app: AppUnderTest, maya: SlackUser) -> None:
    # Given the two questions at the end
    await reach_finished_story(maya)
    await maya.clicks(phrase("choice-done"))
    asked = await maya.sees(phrase("ask-hand"))
    # When a hand is raised for two activities, and the story may be shown
    block = next(b for b in asked["blocks"] if "checkboxes" in str(b))
    boxes = block["elements"][0]
    wanted = [option for option in boxes["options"] if option["value"] in {"event", "candidate"}]
    at = {"block_id": block["block_id"], "action_id": boxes["action_id"]}
    await maya.does("click", ts=asked["ts"], **at, selected_options=wanted)
    await maya.clicks(phrase("choice-hand"))
    question = await maya.sees("May we show yours some week?")
    await maya.clicks(phrase("choice-yes"))
    await maya.sees(phrase("done"))
    # Then each use has its own answer, with the wording that was read
    agreed = await stored_data.latest_consents(app, maya)
    given = {use: one.given for use, one in agreed.items()}
    assert given == {
        "counting": True,
        "highlight": True,
        "ask-post": False,
        "ask-event": True,
        "ask-blog": False,
        "ask-candidate": True,
    }
    assert visible_content.has_text(question, agreed["highlight"].wording.split("[")[0].strip())
    assert phrase("hand-event") in agreed["ask-event"].wording
    assert all(one.locale == "en" for one in agreed.values())
    moments = [one.answered_at for one in agreed.values()]
    assert max(moments).tzinfo is not None


async def test_nothing_is_agreed_to_when_the_button_is_pressed_without_a_tick(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the question about doing a bit more
    await reach_finished_story(maya)
    await maya.clicks(phrase("choice-done"))
    await maya.sees(phrase("ask-hand"))
    # When the button is pressed with nothing ticked
    await maya.clicks(phrase("choice-hand"))
    # Then the same question is shown, kindly, and nothing of it is stored
    again = await maya.sees("Please tick at least one, or press “Nothing for now”")
    assert visible_content.has_text(again, "Tick what you'd be open to")
    assert not any(use.startswith("ask-") for use in await stored_data.latest_consents(app, maya))
    # And the other button is a no to everything
    await maya.clicks(phrase("choice-nothing"))
    await maya.sees("May we show yours some week?")
    agreed = await stored_data.latest_consents(app, maya)
    assert not any(agreed[use].given for use in agreed if use.startswith("ask-"))


@pytest.mark.wide
async def test_landing_is_asked_when_somebody_comes_back_after_the_end(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a finished story
    await finish_story(maya)
    # When its author says hi some days later
    await maya.does("clock", advance_seconds=5 * 86_400)
    said = await maya.says("hi")
    # Then they are asked whether it landed, and offered another
    asked = await maya.sees(phrase("landed-ask"), after=said)
    await maya.sees(phrase("done-begin"), after=said)
    await maya.clicks(phrase("choice-landed-up"), in_message=asked)
    await maya.sees(phrase("landed-thanks"))
    assert (await stored_data.list_drafts(app, maya))[0].landed == "up"


async def test_finished_story_is_edited_from_its_last_message(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a finished story
    await finish_story(maya)
    # When its text is edited
    latest = await maya.last_message()
    await maya.clicks(phrase("choice-edit"))
    await maya.submits({"part.1": "A shorter story."})
    # Then it is another version of the same story, which is still finished
    await maya.sees(phrase("remark-saved"), after=latest)
    story = (await stored_data.list_drafts(app, maya))[0]
    assert (str(story.draft.status), story.draft.edited) == ("finished", "A shorter story.")
    assert [one.text for one in await stored_data.list_text_versions(app, maya)] == [
        STORY,
        "A shorter story.",
    ]
