"""Lines kept, removed or reworded after the whole text was edited by hand: asked about, never guessed."""

from __future__ import annotations

from bot.conversation.compose import fill_placeholders
from bot.conversation.turns import AskAboutChange, RedrawScreen
from db.models.drafts import DraftStep, Question, TextChange
from tests.conversation.scripted_dialogue import BANK, CULTURE_CARDS, DEAL, ScriptedDialogue, dialogue_at


def hand_edited_dialogue() -> tuple[ScriptedDialogue, list[str]]:
    """Return a dialogue at the draft, with its whole text edited by hand, and the lines in that text."""
    dialogue = dialogue_at(DraftStep.DRAFT)
    lines = [fill_placeholders(dialogue.draft, line) for line in dialogue.draft.lines]
    return dialogue.edits_the_text(f"{dialogue.story}\n\nAnd that is all."), lines


def test_a_line_reworded_late_is_asked_about_and_put_in_only_with_a_yes() -> None:
    dialogue, (old, *_) = hand_edited_dialogue()
    line = dialogue.draft.lines[0]
    before = dialogue.story

    dialogue = dialogue.rewords(line.id, "It was quieter than I had thought.")

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.story == before
    change = TextChange(f"lines:{line.id}", old, "It was quieter than I had thought.")
    assert dialogue.draft.changes == (change,)
    swapped = dialogue.presses_at(Question(DraftStep.LINES, line.id), "swap")
    assert "It was quieter than I had thought." in swapped.story


def test_two_lines_reworded_late_are_two_changes() -> None:
    dialogue, (first, second, *_) = hand_edited_dialogue()
    one, two = dialogue.draft.lines[:2]

    dialogue.rewords(one.id, "Quieter.").rewords(two.id, "Louder.").rewords(one.id, "Quieter than I thought.")
    assert set(dialogue.draft.changes) == {
        TextChange(f"lines:{one.id}", first, "Quieter than I thought."),
        TextChange(f"lines:{two.id}", second, "Louder."),
    }

    dialogue.presses_at(Question(DraftStep.LINES, one.id), "swap").presses_at(
        Question(DraftStep.LINES, two.id), "swap"
    )
    assert "Quieter than I thought." in dialogue.story
    assert "Louder." in dialogue.story
    assert first not in dialogue.story
    assert second not in dialogue.story


def test_a_line_reworded_and_then_merged_is_one_change_of_the_words_in_the_text() -> None:
    dialogue, (first, second, *_) = hand_edited_dialogue()
    one, two = dialogue.draft.lines[:2]

    dialogue.rewords(one.id, "Quieter.").merges(one.id, two.id, "Quiet and loud.")

    assert dialogue.draft.changes == (TextChange("lines:mix-1", f"{first} {second}", "Quiet and loud."),)


def test_a_line_put_back_as_it_was_is_no_longer_a_change() -> None:
    dialogue, _ = hand_edited_dialogue()
    line = dialogue.draft.lines[0]

    dialogue.rewords(line.id, "Quieter.").rewords(line.id, line.text)

    assert dialogue.draft.changes == ()


# --- at the cards ---------------------------------------------------------------------------------------

PAGE = Question(DraftStep.LINES, "1")
NEW_CARD = next(card for card in DEAL.cards[:5] if card not in CULTURE_CARDS[:2])


def dialogue_at_cards() -> tuple[ScriptedDialogue, list[str]]:
    """Return a dialogue back at the first page of cards, with the whole text edited by hand."""
    dialogue, lines = hand_edited_dialogue()
    return dialogue.presses_at(PAGE, "change"), lines


def test_a_card_kept_late_is_asked_about_once_the_cards_are_done() -> None:
    dialogue, _ = dialogue_at_cards()
    words = BANK.card(NEW_CARD).texts["en"]
    assert isinstance(dialogue.keeps(NEW_CARD).turn, RedrawScreen)

    dialogue.presses("done")

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.turn.change == TextChange(f"lines:{NEW_CARD}", "", words)
    assert words in dialogue.presses_at(Question(DraftStep.LINES, NEW_CARD), "swap").story


def test_a_line_taken_out_late_leaves_the_text_only_with_a_yes() -> None:
    dialogue, (first, *_) = dialogue_at_cards()
    line = dialogue.draft.lines[0]

    dialogue.presses("leave", line.id).presses("done")

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.turn.change == TextChange(f"lines:{line.id}", first, "")
    assert first in dialogue.story
    assert first not in dialogue.presses_at(Question(DraftStep.LINES, line.id), "swap").story


def test_a_line_written_late_as_a_message_is_asked_about_and_follows_its_message_until_then() -> None:
    dialogue, _ = dialogue_at_cards()

    dialogue.says("We mend what we break.").edits("We mend what we break.", "We mend what we broke.")
    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.turn.change == TextChange("lines:own-1", "", "We mend what we broke.")

    assert "We mend what we broke." in dialogue.presses_at(Question(DraftStep.LINES, "own-1"), "swap").story


def test_each_line_changed_at_the_cards_is_asked_about_by_itself() -> None:
    dialogue, _ = dialogue_at_cards()
    dialogue.keeps(NEW_CARD).says("We mend what we break.").presses("done")

    dialogue.presses_at(Question(DraftStep.LINES, NEW_CARD), "leave_story")

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.turn.change.new == "We mend what we break."


def test_nothing_is_asked_of_a_card_kept_and_taken_out_again() -> None:
    dialogue, _ = dialogue_at_cards()
    first = dialogue.draft.lines[0].id

    dialogue.keeps(NEW_CARD).presses("leave", NEW_CARD).presses("leave", first).keeps(first).presses("done")

    assert dialogue.draft.changes == ()
    assert dialogue.step is DraftStep.DRAFT


def test_nothing_is_asked_of_a_line_taken_out_that_the_editor_had_taken_out_before() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).edits_the_text("All new.").presses_at(PAGE, "change")

    dialogue.presses("leave", dialogue.draft.lines[0].id).presses("done")

    assert dialogue.draft.changes == ()
