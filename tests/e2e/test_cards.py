"""The cards: kept, changed, left, merged, written; more of them, none of them; and what is counted."""

from __future__ import annotations

import pytest

from bot.content import starter_bank
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import (
    answer_card_questions,
    answer_first_questions,
    keep_first_cards,
    reach_cards,
    skip_to_draft,
)


async def list_kept_lines(app: AppUnderTest, person: SlackUser) -> list[str]:
    """Return the texts of the lines kept so far."""
    return [line.text for line in (await stored_data.current_draft(app, person)).draft.lines]


@pytest.mark.wide
async def test_page_shows_the_outcome_of_each_card(app: AppUnderTest, maya: SlackUser) -> None:
    # Given the first page of cards
    await reach_cards(maya)
    # When one is kept, one put into other words, and one left
    await maya.clicks(phrase("choice-keep"), nth=0)
    await maya.sees(phrase("choice-done-lines", n=1))
    await maya.clicks(phrase("choice-change-card"), nth=0)
    await maya.submits({phrase("card-change-label"): "We argue well, and then we eat."})
    await maya.sees(phrase("choice-done-lines", n=2))
    await maya.clicks(phrase("choice-leave-card"), nth=0)
    # Then the page says so, and the lines are as they were made
    page = await maya.sees(phrase("card-left"))
    assert phrase("card-kept") in str(page["blocks"])
    assert "We argue well, and then we eat." in str(page["blocks"])
    assert (await list_kept_lines(app, maya))[1] == "We argue well, and then we eat."
    # And a kept line can be changed again, and taken out
    await maya.clicks(phrase("choice-drop"), nth=0)
    await maya.sees(phrase("choice-done-lines", n=1))
    await maya.clicks(phrase("choice-change-line"), nth=0)
    await maya.submits({"line": "We argue well."})
    await maya.sees("We argue well.")
    assert await list_kept_lines(app, maya) == ["We argue well."]


@pytest.mark.wide
async def test_two_lines_become_one_when_they_are_merged(app: AppUnderTest, maya: SlackUser) -> None:
    # Given two kept lines
    await reach_cards(maya)
    await keep_first_cards(maya, 2)
    cards = (await stored_data.current_draft(app, maya)).draft.lines
    # When they are merged into one
    await maya.clicks(phrase("choice-merge"))
    await maya.submits({phrase("card-merge-label"): "Both at once, and neither too much."})
    # Then one line is there, which remembers both
    await maya.sees(phrase("choice-done-lines", n=1))
    line = (await stored_data.current_draft(app, maya)).draft.lines[0]
    assert line.text == "Both at once, and neither too much."
    assert line.cards == tuple(card.id for card in cards)


async def test_window_stays_open_when_a_line_is_merged_with_itself_or_has_no_words(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given two kept lines, and the window in which they are merged
    await reach_cards(maya)
    await keep_first_cards(maya, 2)
    lines = (await stored_data.current_draft(app, maya)).draft.lines
    await maya.clicks(phrase("choice-merge"))
    # When one is merged with itself
    same = await maya.submits(
        {"first": lines[0].id, "second": lines[0].id, phrase("card-merge-label"): "Once more."}
    )
    # Then the window says what is missing, and holds the words
    assert "Those are the same line" in str(same["errors"])
    blank = await maya.submits(
        {"first": lines[0].id, "second": lines[1].id, phrase("card-merge-label"): "   "}
    )
    assert "There's nothing here yet." in str(blank["errors"])
    assert len(await list_kept_lines(app, maya)) == 2


@pytest.mark.wide
async def test_own_line_is_kept_when_it_is_written_in_the_modal_or_as_a_message(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the first page of cards
    await reach_cards(maya)
    # When own lines are written, in the modal and as a message
    await maya.clicks(phrase("choice-write"))
    await maya.submits({phrase("card-write-label"): "The door to the roof is never locked."})
    await maya.sees(phrase("choice-done-lines", n=1))
    await maya.says("We name our servers after grandmothers.")
    # Then both are under the cards
    await maya.sees(phrase("choice-done-lines", n=2))
    assert await list_kept_lines(app, maya) == [
        "The door to the roof is never locked.",
        "We name our servers after grandmothers.",
    ]


@pytest.mark.wide
async def test_more_cards_come_page_by_page_when_others_are_asked_for(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the first page of cards, of somebody who builds the product
    await reach_cards(maya)
    # When all others are asked for
    await maya.clicks(phrase("choice-next"))
    await maya.sees("Lines 6 to 10 of 10")
    await maya.clicks(phrase("choice-others"))
    page = await maya.sees(phrase("ask-lines-more"))
    await maya.clicks(phrase("choice-others"))
    await maya.sees(phrase("ask-lines-more"), after=page)
    # Then every page that was opened is recorded, each card with its position, one for each theme first
    shown = await stored_data.list_shown_cards(app, maya)
    assert [one.position for one in shown] == list(range(1, 21))
    assert len({one.theme for one in shown[:10]}) == 10
    bank = starter_bank()
    assert {bank.card(one.card).scope for one in shown[:10]} == {"all"}
    assert {bank.card(one.card).scope for one in shown[10:]} == {"tech"}
    assert {one.segment for one in shown} == {"tech"}
    assert (await maya.labels()).count(phrase("choice-others")) == 0


@pytest.mark.wide
async def test_only_opened_pages_are_recorded(app: AppUnderTest, maya: SlackUser) -> None:
    # Given somebody before the cards
    await answer_first_questions(maya)
    assert await stored_data.list_shown_cards(app, maya) == []
    # When they open the first page
    await maya.clicks(phrase("choice-open"))
    await maya.sees("Lines 1 to 5 of 10")
    # Then its five cards are recorded, in their order, and no other
    page = (await stored_data.current_draft(app, maya)).draft.deal
    assert page is not None
    shown = await stored_data.list_shown_cards(app, maya)
    assert [one.card for one in shown] == list(page.cards[:5])
    assert {one.row for one in shown} == {page.row}
    # And opening it again records nothing more
    await maya.clicks(phrase("choice-back"))
    await maya.sees(phrase("choice-open-again"))
    latest = await maya.last_message()
    await maya.clicks(phrase("choice-open-again"))
    await maya.sees("Lines 1 to 5 of 10", after=latest)
    assert len(await stored_data.list_shown_cards(app, maya)) == 5


@pytest.mark.wide
async def test_nothing_is_recorded_when_somebody_asked_not_to_be_counted(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who starts without being counted
    await maya.says("hi")
    await maya.sees("Shall we?")
    await maya.clicks(phrase("choice-start"))
    await maya.sees(phrase("ask-rules"))
    await maya.clicks(phrase("choice-dont_count"))
    await maya.sees(phrase("ask-segment"))
    await maya.clicks(phrase("choice-neither"))
    await maya.sees(phrase("ask-language"))
    await maya.clicks(phrase("choice-en"))
    await maya.sees("Pick whichever is easiest")
    await maya.says("skip")
    await maya.sees(phrase("ask-turn"))
    await maya.says("skip")
    await maya.sees("Now the lines")
    # When they open cards, keep some, and go on to the draft
    await maya.clicks(phrase("choice-open"))
    await maya.sees("Lines 1 to 5 of 10")
    await keep_first_cards(maya, 2)
    await maya.clicks(phrase("choice-done-lines", n=2))
    await answer_card_questions(maya)
    await skip_to_draft(maya)
    # Then no table has anything of it that is counted
    for table in ("deals", "exposures", "choices"):
        assert await stored_data.table_rows(app, table) == []
    assert (await stored_data.latest_consents(app, maya))["counting"].given is False


@pytest.mark.wide
async def test_outcome_of_each_card_is_recorded_when_the_text_is_composed(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who is counted, and keeps one card as it is, and one in their own words
    await reach_cards(maya)
    await keep_first_cards(maya, 1)
    await maya.clicks(phrase("choice-change-card"), nth=0)
    await maya.submits({"line": "Nothing of the card is left in these words of mine."})
    await maya.sees(phrase("choice-done-lines", n=2))
    kept = (await stored_data.current_draft(app, maya)).draft.lines
    # When the draft is made
    await maya.clicks(phrase("choice-done-lines", n=2))
    await answer_card_questions(maya)
    await skip_to_draft(maya)
    # Then it is recorded of each card, once
    outcomes = {str(row[2]): str(row[5]) for row in await stored_data.table_rows(app, "choices")}
    assert set(outcomes) == {line.cards[0] for line in kept}
    assert outcomes[kept[0].cards[0]] in {"kept", "filled"}
    assert outcomes[kept[1].cards[0]] == "replaced"
    # And its author reads it, as a share and card by card
    await maya.clicks(phrase("choice-share"))
    share = str(await maya.modal())
    assert "of the words are your own" in share
    assert phrase("share-replaced") in share


@pytest.mark.wide
async def test_conversation_goes_on_when_none_of_the_cards_is_true(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the first page of cards
    await reach_cards(maya)
    # When none of them is, and none of the next five either
    await maya.clicks(phrase("choice-none"))
    await maya.sees("Lines 6 to 10 of 10")
    await maya.clicks(phrase("choice-none"))
    # Then the conversation goes on without
    await maya.sees("Now leave work for a second")
    assert await list_kept_lines(app, maya) == []


async def test_openings_and_details_are_asked_and_put_in_their_place(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given one kept line with a gap
    await reach_cards(maya)
    await keep_first_cards(maya, 1)
    line = (await stored_data.current_draft(app, maya)).draft.lines[0]
    await maya.clicks(phrase("choice-done-lines", n=1))
    # When the gap is filled, and the detail is given
    await maya.sees(phrase("ask-fill"))
    await answer_card_questions(maya, "the night of the storm")
    # Then the draft has the line with the gap filled
    await skip_to_draft(maya)
    story = (await stored_data.list_text_versions(app, maya))[-1].text
    assert "the night of the storm" in story
    assert line.text.partition("{{")[0] in story


async def test_gap_stays_visible_and_is_noted_when_it_is_left_open(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given one kept line with a gap
    await reach_cards(maya)
    await keep_first_cards(maya, 1)
    await maya.clicks(phrase("choice-done-lines", n=1))
    question = await maya.sees(phrase("ask-fill"))
    # When every gap is left open
    while "Your line has a gap" in question["text"]:
        await maya.clicks(phrase("choice-leave-open"))
        question = await maya.sees(phrase("choice-pause"), after=question)
    # Then the story keeps it, and the last page asks whether to copy it anyway
    await maya.clicks(phrase("choice-leave"))
    await skip_to_draft(maya)
    assert "{{" in (await stored_data.list_text_versions(app, maya))[-1].text
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.clicks(phrase("choice-skip"))
    await maya.sees("still open. Copy anyway?")
