"""Lines changed in a modal after the whole text was edited by hand: asked about, never guessed."""

from __future__ import annotations

from bot.conversation.compose import filled
from bot.conversation.state import Change, Question, Step
from bot.conversation.turns import Compare
from tests.conversation.dialogues import at


def test_a_line_reworded_late_is_asked_about_and_put_in_only_with_a_yes() -> None:
    dialogue = at(Step.DRAFT)
    dialogue = dialogue.edits_the_text(f"{dialogue.story}\n\nAnd that is all.")
    line = dialogue.draft.lines[0]
    old = filled(dialogue.draft, line)
    before = dialogue.story

    dialogue = dialogue.rewords(line.id, "It was quieter than I had thought.")

    assert isinstance(dialogue.turn, Compare)
    assert dialogue.story == before
    assert dialogue.draft.change == Change("lines", old, "It was quieter than I had thought.")
    assert "It was quieter than I had thought." in dialogue.presses_at(Question(Step.LINES), "swap").story
