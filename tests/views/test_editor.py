"""Long texts in the fields of a modal: saved untouched, they come back unchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import Texts
from bot.views.blocks import Block
from bot.views.stories.cards import change_line_modal, shown_line_text
from bot.views.stories.editor import edit_text_modal, join_editor_fields
from db.models.drafts import Draft, DraftStep, StoryLine
from tests.conversation.scripted_dialogue import MATERIAL, dialogue_at
from tests.views.block_inspection import walk_objects

TEXTS = Texts("en")
SENTENCES = "It was quieter than I had thought, and nobody minded. " * 120
LONG = {
    "one paragraph": SENTENCES.strip(),
    "paragraphs far apart": f"{SENTENCES.strip()}\n\n\n{SENTENCES.strip()}",
    "lines": SENTENCES.replace(". ", ".\n").strip(),
}


def field_values(view: Block) -> dict[str, str]:
    """Return the values of a modal's fields when it opens."""
    written = (node for node in walk_objects(view) if node.get("type") == "input")
    return {block["block_id"]: block["element"].get("initial_value", "") for block in written}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_line_comes_back_as_it_was(text: str) -> None:
    draft: Draft = replace(dialogue_at(DraftStep.LINES).draft, lines=(StoryLine("own-1", text),))

    shown = field_values(change_line_modal(draft, "own-1", MATERIAL, TEXTS))

    assert len(shown) > 1
    assert join_editor_fields(shown, shown_line_text(draft, "own-1", MATERIAL)) == text


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_story_comes_back_as_it_was(text: str) -> None:
    draft = dialogue_at(DraftStep.DRAFT).edits_the_text(text).draft

    assert join_editor_fields(field_values(edit_text_modal(draft, MATERIAL, TEXTS)), text) == text


def test_paragraphs_are_paragraphs_when_the_text_has_changed_since() -> None:
    assert join_editor_fields({"part.1": "One.", "part.2": "Two."}, "All new.") == "One.\n\nTwo."
