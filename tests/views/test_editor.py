"""Long texts in the fields of a modal: what is saved untouched comes back as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import Texts
from bot.views.blocks import Block
from bot.views.stories.cards import change_modal, line_shown
from bot.views.stories.editor import edit_modal, whole
from db.models.drafts import Draft, Line, Step
from tests.conversation.dialogues import MATERIAL, at
from tests.views.screens import nodes

TEXTS = Texts("en")
SENTENCES = "It was quieter than I had thought, and nobody minded. " * 120
LONG = {
    "one paragraph": SENTENCES.strip(),
    "paragraphs far apart": f"{SENTENCES.strip()}\n\n\n{SENTENCES.strip()}",
    "lines": SENTENCES.replace(". ", ".\n").strip(),
}


def fields(view: Block) -> dict[str, str]:
    """What stands in the fields of a modal when it opens."""
    written = (node for node in nodes(view) if node.get("type") == "input")
    return {block["block_id"]: block["element"].get("initial_value", "") for block in written}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_line_comes_back_as_it_was(text: str) -> None:
    draft: Draft = replace(at(Step.LINES).draft, lines=(Line("own-1", text),))

    shown = fields(change_modal(draft, "own-1", MATERIAL, TEXTS))

    assert len(shown) > 1
    assert whole(shown, line_shown(draft, "own-1", MATERIAL)) == text


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_story_comes_back_as_it_was(text: str) -> None:
    draft = at(Step.DRAFT).edits_the_text(text).draft

    assert whole(fields(edit_modal(draft, MATERIAL, TEXTS)), text) == text


def test_paragraphs_are_paragraphs_when_the_text_has_changed_since() -> None:
    assert whole({"part.1": "One.", "part.2": "Two."}, "All new.") == "One.\n\nTwo."
