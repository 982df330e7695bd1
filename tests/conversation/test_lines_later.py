"""Lines changed in a modal after the whole text was edited by hand: asked about, never guessed."""

from __future__ import annotations

from bot.conversation.compose import filled
from bot.conversation.state import Change, Question, Step
from bot.conversation.turns import Compare
from tests.conversation.dialogues import Dialogue, at


def by_hand() -> tuple[Dialogue, list[str]]:
    """At the draft, once its whole text was edited by hand; and the lines that stand in it."""
    dialogue = at(Step.DRAFT)
    lines = [filled(dialogue.draft, line) for line in dialogue.draft.lines]
    return dialogue.edits_the_text(f"{dialogue.story}\n\nAnd that is all."), lines


def test_a_line_reworded_late_is_asked_about_and_put_in_only_with_a_yes() -> None:
    dialogue, (old, *_) = by_hand()
    line = dialogue.draft.lines[0]
    before = dialogue.story

    dialogue = dialogue.rewords(line.id, "It was quieter than I had thought.")

    assert isinstance(dialogue.turn, Compare)
    assert dialogue.story == before
    change = Change(f"lines:{line.id}", old, "It was quieter than I had thought.")
    assert dialogue.draft.changes == (change,)
    swapped = dialogue.presses_at(Question(Step.LINES, line.id), "swap")
    assert "It was quieter than I had thought." in swapped.story


def test_two_lines_reworded_late_are_two_changes() -> None:
    dialogue, (first, second, *_) = by_hand()
    one, two = dialogue.draft.lines[:2]

    dialogue.rewords(one.id, "Quieter.").rewords(two.id, "Louder.").rewords(one.id, "Quieter than I thought.")
    assert set(dialogue.draft.changes) == {
        Change(f"lines:{one.id}", first, "Quieter than I thought."),
        Change(f"lines:{two.id}", second, "Louder."),
    }

    dialogue.presses_at(Question(Step.LINES, one.id), "swap").presses_at(Question(Step.LINES, two.id), "swap")
    assert "Quieter than I thought." in dialogue.story
    assert "Louder." in dialogue.story
    assert first not in dialogue.story
    assert second not in dialogue.story


def test_a_line_reworded_and_then_merged_is_one_change_of_the_words_in_the_text() -> None:
    dialogue, (first, second, *_) = by_hand()
    one, two = dialogue.draft.lines[:2]

    dialogue.rewords(one.id, "Quieter.").merges(one.id, two.id, "Quiet and loud.")

    assert dialogue.draft.changes == (Change("lines:mix-1", f"{first} {second}", "Quiet and loud."),)


def test_a_line_put_back_as_it_was_is_no_change_any_more() -> None:
    dialogue, _ = by_hand()
    line = dialogue.draft.lines[0]

    dialogue.rewords(line.id, "Quieter.").rewords(line.id, line.text)

    assert dialogue.draft.changes == ()
