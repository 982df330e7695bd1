"""Answers: skipped, changed, edited and deleted in Slack, given in a thread, given as a photo."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_exports import copyable_text
from tests.e2e.story_steps import (
    EDITED_TEXT,
    OUTSIDE,
    TURN,
    WARM_UP,
    answer_first_questions,
    begin_story,
    edit_whole_text,
    reach_draft,
    reach_finished_story,
)


@pytest.mark.wide
async def test_answer_is_replaced_when_its_change_button_is_pressed(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given two answers
    await answer_first_questions(maya)
    # When the first one is changed
    answered = await maya.sees("Pick whichever is easiest")
    await maya.clicks(phrase("choice-change"), in_message=answered)
    # Then its question is shown with the answer so far
    again = await maya.sees(phrase("answer-so-far"))
    assert WARM_UP in str(again["blocks"])
    # And new words take its place, and the conversation goes on where it was
    await maya.says("I count fridges.")
    await maya.sees("Now the lines", after=again)
    assert await stored_data.answer_text(app, maya, "warm_up") == "I count fridges."
    assert await stored_data.answer_text(app, maya, "turn") == TURN


async def test_answer_stays_when_somebody_goes_back_to_it(app: AppUnderTest, maya: SlackUser) -> None:
    # Given two answers
    await answer_first_questions(maya)
    # When somebody goes back twice, and keeps the answers
    await maya.clicks(phrase("choice-back"))
    second = await maya.sees(phrase("answer-so-far"))
    await maya.clicks(phrase("choice-back"))
    first = await maya.sees("Pick whichever is easiest", after=second)
    await maya.clicks(phrase("choice-go_on"))
    # Then they are where they were
    await maya.sees("Now the lines", after=first)
    assert await stored_data.answer_text(app, maya, "turn") == TURN


async def test_choice_can_be_changed_later(app: AppUnderTest, maya: SlackUser) -> None:
    # Given somebody who said that they build the product
    await answer_first_questions(maya)
    # When they change that answer
    answered = await maya.sees(phrase("choice-tech"))
    await maya.clicks(phrase("choice-change"), in_message=answered)
    latest = await maya.sees(phrase("ask-segment"))
    await maya.clicks(phrase("choice-gtm"), in_message=latest)
    # Then it is changed, and they are where they were
    await maya.sees("Now the lines", after=latest)
    assert (await stored_data.current_draft(app, maya)).draft.segment == "gtm"


@pytest.mark.wide
async def test_story_follows_when_a_message_is_edited_before_the_text_was(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a draft made of answers
    await reach_draft(maya)
    # When the message with an answer is edited
    await maya.edits(TURN, "I studied medicine, and fell in love with fridges.")
    # Then the story has the new words, and says so
    await maya.sees(phrase("remark-edited"))
    shown = await maya.sees("I studied medicine, and fell in love with fridges.")
    assert TURN not in str(shown["blocks"])
    assert [one.text.count("medicine") for one in await stored_data.list_text_versions(app, maya)] == [0, 1]


@pytest.mark.wide
async def test_new_words_are_put_in_when_a_message_is_edited_after_the_text_was(maya: SlackUser) -> None:
    # Given a whole text that was edited by hand
    await reach_draft(maya)
    await edit_whole_text(maya)
    # When the message with an answer is edited
    await maya.edits(TURN, "I studied medicine.")
    # Then old and new words are shown, and nothing is changed without a question
    asked = await maya.sees(phrase("compare-ask"))
    assert TURN in str(asked["blocks"])
    assert "I studied medicine." in str(asked["blocks"])
    # And they are put in when its author says so
    await maya.clicks(phrase("choice-swap"))
    shown = await maya.sees(phrase("remark-swapped"))
    assert "I studied medicine." in str(shown["blocks"])
    assert TURN not in str(shown["blocks"])


@pytest.mark.wide
async def test_each_of_two_changed_answers_is_asked_about_when_the_text_was_edited(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a whole text that was edited by hand, and two answers changed after it
    await reach_draft(maya)
    await edit_whole_text(maya)
    await maya.edits(TURN, "I studied medicine.")
    first = await maya.sees(phrase("compare-ask"))
    await maya.edits(OUTSIDE, "On Sundays I sleep.")
    second = await maya.sees("On Sundays I sleep.", after=first)
    # When the second is put in
    await maya.clicks(phrase("choice-swap"), in_message=second)
    # Then its question says so, and the first is asked about again
    again = await maya.sees(phrase("compare-ask"), after=second)
    assert phrase("remark-swapped") in again["text"]
    assert "I studied medicine." in str(again["blocks"])
    settled = await maya.sees("› Put the new words in")
    assert settled["ts"] == second["ts"]
    # And that one is settled by itself
    await maya.clicks(phrase("choice-leave_story"), in_message=again)
    await maya.sees("Here's your draft", after=again)
    await maya.sees("› Leave the story as it is")
    expected = EDITED_TEXT.replace(OUTSIDE, "On Sundays I sleep.")
    assert (await stored_data.current_draft(app, maya)).draft.edited == expected


async def test_story_stays_when_its_author_leaves_it_as_it_is(app: AppUnderTest, maya: SlackUser) -> None:
    # Given an answer edited after the whole text was
    await reach_draft(maya)
    await edit_whole_text(maya)
    await maya.edits(TURN, "I studied medicine.")
    asked = await maya.sees(phrase("compare-ask"))
    # When the story is to stay
    await maya.clicks(phrase("choice-leave_story"))
    # Then it does
    await maya.sees("Here's your draft", after=asked)
    assert (await stored_data.current_draft(app, maya)).draft.edited == EDITED_TEXT


async def test_editor_is_suggested_when_the_old_words_are_no_longer_in_the_story(maya: SlackUser) -> None:
    # Given a whole text that no longer has an answer's words
    await reach_draft(maya)
    await edit_whole_text(maya, "Everything is different now.")
    # When that answer is edited, and the new words are to go in
    await maya.edits(TURN, "I studied medicine.")
    await maya.sees(phrase("compare-ask"))
    await maya.clicks(phrase("choice-swap"))
    # Then nobody guesses where
    await maya.sees(phrase("remark-not-found"))


@pytest.mark.wide
async def test_no_message_is_sent_when_a_link_gets_its_preview(app: AppUnderTest, maya: SlackUser) -> None:
    # Given somebody at a question in words
    await begin_story(maya)
    # When their answer has a link, and Slack puts a preview under it
    await maya.says("I wrote https://qamar.example/routes last year", unfurl=True)
    await maya.sees(phrase("ask-turn"))
    await app.workspace.world.delivery.wait_until_idle()
    await app.wait_until_idle()
    # Then the answer has the link as it was typed, and the preview changed nothing
    words = "I wrote https://qamar.example/routes last year"
    assert await stored_data.answer_text(app, maya, "warm_up") == words
    await maya.has_not_seen("I've changed your answer")


@pytest.mark.wide
async def test_words_leave_the_story_and_come_back_when_a_message_is_deleted(maya: SlackUser) -> None:
    # Given a draft made of answers
    await reach_draft(maya)
    # When the message with one of them is deleted
    await maya.deletes(TURN)
    # Then its words have left the story, and the bot says so
    removed = await maya.sees(phrase("remark-removed"))
    shown = await maya.sees("Here's your draft", after=removed)
    assert TURN not in str(shown["blocks"])
    # And they come back when its author keeps them
    await maya.clicks(phrase("choice-keep-it"))
    shown = await maya.sees(phrase("remark-restored"), after=removed)
    assert TURN in str(shown["blocks"])


async def test_words_are_taken_out_of_an_edited_text_only_when_its_author_says_so(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a whole text that was edited by hand
    await reach_draft(maya)
    await edit_whole_text(maya)
    # When the message with an answer is deleted
    await maya.deletes(TURN)
    await maya.sees(phrase("compare-gone"))
    assert (await stored_data.current_draft(app, maya)).draft.edited == EDITED_TEXT
    # Then its words leave the text when its author says so
    await maya.clicks(phrase("choice-swap-gone"))
    shown = await maya.sees(phrase("remark-swapped"))
    assert TURN not in str(shown["blocks"])
    assert OUTSIDE in str(shown["blocks"])


@pytest.mark.wide
async def test_answer_counts_when_it_is_given_in_a_thread(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a question in words
    await begin_story(maya)
    question = await maya.sees("Pick whichever is easiest")
    # When it is answered in its thread
    await maya.says(WARM_UP, thread=question)
    # Then the answer counts, and the next question is asked
    await maya.sees(phrase("ask-turn"))
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP


@pytest.mark.wide
@pytest.mark.parametrize("name", ["me.jpg", "voice.m4a", "cv.pdf"])
async def test_file_gets_a_kind_reply_and_the_step_stays(
    app: AppUnderTest, maya: SlackUser, name: str
) -> None:
    # Given a question in words
    await begin_story(maya)
    # When a photo, a voice clip or a file comes in its place
    sent = await maya.shares_file(name)
    # Then it gets a kind reply, and the question is shown again
    await maya.sees(phrase("remark-wordless"), after=sent)
    await maya.sees("Pick whichever is easiest", after=sent)
    assert await stored_data.answer_text(app, maya, "warm_up") == ""


async def test_words_sent_with_a_photo_are_the_answer(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a question in words
    await begin_story(maya)
    # When a photo comes with words
    await maya.shares_file("me.jpg", text="That is me, counting fridges.")
    # Then the words are the answer, and the bot says what it did with the photo before the next question
    beside = await maya.sees(phrase("file-beside-words"))
    await maya.sees(phrase("ask-turn"), after=beside)
    assert await stored_data.answer_text(app, maya, "warm_up") == "That is me, counting fridges."


@pytest.mark.wide
async def test_chosen_opening_is_moved_and_everything_else_stays_word_for_word(maya: SlackUser) -> None:
    # Given answers with an opening sentence that is longer than LinkedIn shows
    opening = "One night in March " + "the alarm rang again and again and " * 8 + "I drove out."
    await answer_first_questions(maya, f"{opening} Then I slept.", TURN)
    await maya.clicks(phrase("choice-without"))
    await maya.sees("Now leave work for a second")
    await maya.says(OUTSIDE)
    await maya.sees("Ask me about")
    await maya.clicks(phrase("choice-skip"))
    offered = await maya.sees(phrase("ask-first_line"))
    # Then each sentence on offer is cut where LinkedIn cuts it
    numbered = [block["text"]["text"] for block in offered["blocks"] if block["type"] == "section"][1:]
    assert all(len(line) < 280 for line in numbered)
    # When one is chosen, it comes first, once, and is complete
    chosen = next(line for line in numbered if "radios" in line)
    await maya.clicks(f"Start with {chosen[0]}")
    draft = await maya.sees(phrase("choice-fine-draft"))
    text = "\n".join(block["text"]["text"] for block in draft["blocks"] if block["type"] == "section")
    assert text.count(OUTSIDE) == 1
    assert text.index(OUTSIDE) < text.index(opening)


async def test_opening_is_a_new_sentence_when_one_is_written(maya: SlackUser) -> None:
    # Given somebody who is to choose their first line
    await answer_first_questions(maya)
    await maya.clicks(phrase("choice-without"))
    asked = await maya.sees("Now leave work for a second")
    await maya.clicks(phrase("choice-another"))
    await maya.sees("Now leave work for a second", after=asked)
    await maya.says(OUTSIDE)
    await maya.sees("Ask me about")
    await maya.clicks(phrase("choice-skip"))
    await maya.sees(phrase("ask-first_line"))
    # When they write one instead
    await maya.says("Fridges talk, if you listen")
    # Then the story begins with it
    await maya.sees(phrase("choice-fine-draft"))
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.says("Listens to fridges")
    end = await maya.sees(phrase("ask-take"))
    assert copyable_text(end).startswith("Fridges talk, if you listen. I make sure the sensors")


async def test_story_is_whole_when_everything_but_one_answer_is_skipped(maya: SlackUser) -> None:
    # Given somebody who answers one question only
    await reach_finished_story(maya, "I count fridges", "skip")
    # Then the story is that answer, and their words about life outside work
    end = await maya.sees(phrase("ask-take"))
    assert copyable_text(end) == f"I count fridges.\n\n{OUTSIDE}"
