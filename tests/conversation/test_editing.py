"""Words that change later: messages edited and deleted in Slack, the whole text rewritten, and what is then asked."""

from __future__ import annotations

import pytest

from bot.coaching import Check
from bot.conversation.compose import first_lines, opening_id
from bot.conversation.draft_notes import notes_at
from bot.conversation.turns import Ask, Compare, Nothing, Redraw, Remark
from db.models.drafts import Change, Question, Status, Step
from tests.conversation.dialogues import MATERIAL, WORDS, Dialogue, at

WARM_UP, TURN = WORDS["en"][Step.WARM_UP], WORDS["en"][Step.TURN]
OUTSIDE = WORDS["en"][Step.OUTSIDE]


def by_hand(dialogue: Dialogue) -> Dialogue:
    """The same dialogue, once its whole text has been edited by hand."""
    return dialogue.edits_the_text(f"{dialogue.story}\n\nAnd that is all.")


# --- while nothing was edited by hand, the story follows the messages -------------------------------


def test_an_edited_message_changes_its_answer_and_the_story() -> None:
    dialogue = at(Step.DRAFT).edits(TURN, "I got lost in Lima.")

    assert dialogue.written(Step.TURN) == "I got lost in Lima."
    assert "I got lost in Lima." in dialogue.story
    assert (dialogue.step, dialogue.remark) == (Step.DRAFT, Remark.EDITED)


def test_one_of_several_messages_changes_alone() -> None:
    dialogue = at(Step.WARM_UP).says("one fish").says("two fish", late=True).edits("one fish", "red fish")

    assert dialogue.written(Step.WARM_UP) == "red fish\ntwo fish"


@pytest.mark.parametrize("step", [Step.TURN, Step.DRAFT, Step.DONE])
def test_a_link_preview_changes_nothing(step: Step) -> None:
    dialogue = at(step)
    before = dialogue.draft

    dialogue.edits(WARM_UP, WARM_UP)

    assert dialogue.turn == Nothing(before)


def test_a_message_that_was_no_answer_may_be_edited_and_deleted_without_a_word() -> None:
    dialogue = at(Step.DRAFT).says("hi")
    before = dialogue.draft

    assert dialogue.edits("hi", "hi there").turn == Nothing(before)
    assert dialogue.deletes("hi").turn == Nothing(before)


def test_words_kept_for_later_follow_their_message() -> None:
    dialogue = at(Step.RULES).says("I once fixed a lift.").edits("I once fixed a lift.", "Twice.")
    assert [stray.plain for stray in dialogue.draft.strays] == ["Twice."]

    assert dialogue.deletes("I once fixed a lift.").draft.strays == ()


def test_a_held_greeting_follows_its_message() -> None:
    dialogue = at(Step.TURN).says("hi").edits("hi", "hi, I got lost in Lima")

    assert dialogue.presses("was_answer").written(Step.TURN) == "hi, I got lost in Lima"


def test_a_deleted_message_leaves_the_story_and_can_be_kept() -> None:
    dialogue = at(Step.DRAFT)
    story = dialogue.story

    dialogue.deletes(TURN)
    assert TURN not in dialogue.story
    assert isinstance(dialogue.turn, Ask)
    assert (dialogue.remark, dialogue.turn.about) == (Remark.REMOVED, f"turn|{dialogue.said(TURN).ts}")

    dialogue.restores(TURN, Question(Step.TURN))
    assert (dialogue.story, dialogue.remark) == (story, Remark.RESTORED)


def test_a_message_is_deleted_and_kept_once() -> None:
    dialogue = at(Step.DRAFT).deletes(TURN)
    assert isinstance(dialogue.deletes(TURN).turn, Nothing)

    dialogue.restores(TURN, Question(Step.TURN)).restores(TURN, Question(Step.TURN))
    assert dialogue.remark is Remark.OUT_OF_TURN


def test_a_deleted_message_stays_out_when_its_preview_changes() -> None:
    dialogue = at(Step.DRAFT).deletes(TURN).edits(TURN, "I got lost in Lima.")

    assert "Lima" not in dialogue.story


def test_the_headline_follows_its_message_and_asks_nothing() -> None:
    dialogue = by_hand(at(Step.TAKE)).edits(WORDS["en"][Step.HEADLINE], "Bread and sensors")

    assert dialogue.written(Step.HEADLINE) == "Bread and sensors"
    assert dialogue.remark is Remark.EDITED


# --- the whole text edited: from then on it is the truth --------------------------------------------


def test_the_edited_text_is_the_story_and_the_question_stays() -> None:
    dialogue = at(Step.DRAFT).edits_the_text("  Mine, all of it.\n")

    assert dialogue.story == "Mine, all of it."
    assert (dialogue.step, dialogue.remark) == (Step.DRAFT, Remark.SAVED)


def test_the_text_may_be_edited_again_after_the_end() -> None:
    dialogue = at(Step.DONE).edits_the_text("Mine, all of it.").edits_the_text("Mine, still.")

    assert (dialogue.story, dialogue.remark) == ("Mine, still.", Remark.SAVED)
    assert (dialogue.step, dialogue.draft.status) == (Step.DONE, Status.FINISHED)


@pytest.mark.parametrize("blank", ["", " \n "])
def test_a_text_without_words_is_not_saved(blank: str) -> None:
    dialogue = at(Step.DRAFT)
    story = dialogue.story

    assert dialogue.edits_the_text(blank).remark is Remark.EMPTY
    assert dialogue.story == story


def test_an_edited_message_is_compared_with_the_text_and_changes_nothing_unasked() -> None:
    dialogue = by_hand(at(Step.DRAFT))
    story = dialogue.story

    dialogue.edits(TURN, "I got lost in Lima.")

    assert isinstance(dialogue.turn, Compare)
    assert dialogue.draft.changes == (Change("turn", TURN, "I got lost in Lima."),)
    assert dialogue.story == story


@pytest.mark.parametrize(("choice", "swapped"), [("swap", True), ("leave_story", False)])
def test_the_new_words_go_in_only_when_they_say_so(choice: str, swapped: bool) -> None:
    dialogue = by_hand(at(Step.DRAFT)).edits(TURN, "I got lost in Lima.")

    dialogue.presses_at(Question(Step.TURN), choice)

    assert ("I got lost in Lima." in dialogue.story, TURN in dialogue.story) == (swapped, not swapped)
    assert dialogue.story.endswith("And that is all.")
    assert dialogue.draft.changes == ()


def test_a_deleted_message_is_taken_out_of_an_edited_text_only_when_they_say_so() -> None:
    dialogue = by_hand(at(Step.DRAFT)).deletes(OUTSIDE)
    assert OUTSIDE in dialogue.story

    dialogue.presses_at(dialogue.draft.at.named("outside:pp-6"), "swap")

    assert OUTSIDE not in dialogue.story
    assert "\n\n\n" not in dialogue.story


def test_words_that_no_longer_stand_in_the_text_are_not_guessed_at() -> None:
    dialogue = at(Step.DRAFT).edits_the_text("All new.").edits(TURN, "I got lost in Lima.")

    dialogue.presses_at(Question(Step.TURN), "swap")

    assert (dialogue.story, dialogue.remark) == ("All new.", Remark.NOT_FOUND)
    assert dialogue.draft.changes != ()


def test_a_new_answer_after_the_text_was_edited_is_offered_to_its_end() -> None:
    dialogue = at(Step.OUTSIDE).says("skip").reaches(Step.DRAFT).edits_the_text("All new.")
    outside = Question(Step.OUTSIDE, "pp-6")

    dialogue.presses_at(outside, "change").says("I bake.")
    assert isinstance(dialogue.turn, Compare)
    assert dialogue.story == "All new."

    dialogue.presses_at(outside, "swap")
    assert (dialogue.story, dialogue.remark) == ("All new.\n\nI bake.", Remark.SWAPPED)


def test_a_message_kept_after_the_text_was_edited_is_offered_to_its_end() -> None:
    dialogue = at(Step.DRAFT).deletes(TURN).edits_the_text("All new.").restores(TURN, Question(Step.TURN))

    dialogue.presses_at(Question(Step.TURN), "swap")

    assert dialogue.story == f"All new.\n\n{TURN}"


def test_a_first_line_changed_after_the_text_was_edited_is_compared_too() -> None:
    dialogue = by_hand(at(Step.FIRST_LINE).says("It began with a fridge."))

    dialogue.edits("It began with a fridge.", "It began with a lift.")

    assert isinstance(dialogue.turn, Compare)


def test_the_editor_settles_what_was_asked_about_an_old_answer() -> None:
    dialogue = by_hand(at(Step.DRAFT)).edits(TURN, "I got lost in Lima.").edits_the_text("All new.")

    assert dialogue.draft.changes == ()
    dialogue.presses_at(Question(Step.TURN), "swap")
    assert (dialogue.story, dialogue.remark) == ("All new.", Remark.OUT_OF_TURN)


# --- questions that lose their point ----------------------------------------------------------------


def test_the_last_look_is_left_when_nothing_is_left_to_look_at() -> None:
    dialogue = at(Step.LAST_LOOK).edits_the_text("I bake for the neighbours.")

    assert (dialogue.step, dialogue.remark) == (Step.TAKE, Remark.SAVED)


def test_the_first_line_is_not_asked_when_its_sentences_are_gone() -> None:
    dialogue = at(Step.WARM_UP).says("I fix graphs here. People come to me.").says("skip")
    dialogue.says("skip").reaches(Step.OUTSIDE).says("skip").says("skip")
    assert dialogue.step is Step.FIRST_LINE

    dialogue.deletes("I fix graphs here. People come to me.")

    assert (dialogue.step, dialogue.remark) == (Step.DRAFT, Remark.REMOVED)


# --- the first line, and the notes ------------------------------------------------------------------


def test_the_first_line_is_one_of_their_own_or_a_new_one_or_left() -> None:
    asked = at(Step.FIRST_LINE)
    second = first_lines(asked.draft)[1]
    assert asked.presses("first", opening_id(second)).story.startswith(second)
    assert at(Step.FIRST_LINE).says("It began with a fridge").story.startswith("It began with a fridge. ")
    assert at(Step.FIRST_LINE).presses("as_is").story.startswith(WARM_UP)


def test_an_old_button_means_the_same_first_line_when_the_sentences_have_changed() -> None:
    asked = at(Step.FIRST_LINE)
    first, second = first_lines(asked.draft)[:2]
    told = next(said.plain for said in asked.messages if first.rstrip(".") in said.plain)
    asked.edits(told, told.replace(first.rstrip("."), "Now it reads otherwise"))
    assert first not in first_lines(asked.draft)

    assert Dialogue(asked.draft).presses("first", opening_id(second)).story.startswith(second)
    assert Dialogue(asked.draft).presses("first", opening_id(first)).remark is Remark.OUT_OF_TURN


@pytest.mark.parametrize("about", ["0", "", "x", "²", "-1"])
def test_a_sentence_that_is_not_offered_cannot_be_chosen(about: str) -> None:
    assert at(Step.FIRST_LINE).presses("first", about).remark is Remark.OUT_OF_TURN


def test_a_note_is_silenced_for_good() -> None:
    dialogue = at(Step.OUTSIDE).says("skip").reaches(Step.DRAFT)
    assert int(Check.PERSONAL) in dialogue.draft.notes_shown

    dialogue.presses("silence", str(int(Check.PERSONAL)))

    assert isinstance(dialogue.turn, Redraw)
    dialogue.edits_the_text("Work, work, work.")
    assert all(note.check is not Check.PERSONAL for note in notes_at(dialogue.draft, Step.DRAFT, MATERIAL))


@pytest.mark.parametrize("about", ["99", "", "²", "x"])
def test_a_note_that_does_not_exist_cannot_be_silenced(about: str) -> None:
    assert at(Step.DRAFT).presses("silence", about).remark is Remark.OUT_OF_TURN


def test_who_leaves_out_life_outside_work_a_second_time_hears_no_more_of_it() -> None:
    dialogue = at(Step.OUTSIDE).says("skip").reaches(Step.DRAFT)

    dialogue.presses_at(Question(Step.OUTSIDE, "pp-6"), "change").presses("leave")

    assert int(Check.PERSONAL) in dialogue.draft.notes_silenced


def test_the_last_look_is_silenced_once_it_was_taken() -> None:
    assert int(Check.RISK) in at(Step.LAST_LOOK).presses("fine").draft.notes_silenced
