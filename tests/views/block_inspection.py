"""Block inspection: the visible text and interactive elements of a message or modal, however nested."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.i18n import Texts
from bot.views.blocks import Block, Message, split_message
from bot.views.stories.questions import current_question_message
from db.models.drafts import Draft
from practice import limits
from tests.conversation.scripted_dialogue import MATERIAL

VALUE_OF_AN_OPTION = 75
"""The characters of an option's value: Slack's documents say 150 or 75, depending on their age."""


def posted_question(draft: Draft, texts: Texts, remark: str = "") -> Message:
    """Return the present question of a draft, as it is posted."""
    return current_question_message(draft, MATERIAL, texts, name="Maya", remark=remark)


def is_within_message_limits(message: Message) -> bool:
    """Return whether Slack would accept a message, part by part as it's posted; an error names the problem."""
    for part in split_message(message):
        limits.validate_message_blocks(list(part.blocks))
        for option in (o for e in interactive_elements(part.blocks) for o in e.get("options", [])):
            assert len(option.get("value", "")) <= VALUE_OF_AN_OPTION, option
    return True


def is_within_modal_limits(view: Block) -> bool:
    """Return whether Slack would accept a modal."""
    limits.validate_view(view, "modal")
    return True


def interactive_elements(blocks: Any) -> Iterator[dict[str, Any]]:
    """Return everything in blocks that can be pressed, chosen or written in."""
    for node in walk_objects(blocks):
        if "action_id" in node:
            yield node


def walk_objects(value: Any) -> Iterator[dict[str, Any]]:
    """Return every object in blocks, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk_objects(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from walk_objects(inner)


def button_labels(blocks: Any) -> list[str]:
    """Return the labels of the buttons."""
    return [e["text"]["text"] for e in interactive_elements(blocks) if e["type"] == "button"]


def visible_text(blocks: Any, kind: str = "") -> str:
    """Return all readable text in blocks, or their text of one kind (`plain_text`, `mrkdwn`, `text`)."""
    texts = (node for node in walk_objects(blocks) if isinstance(node.get("text"), str))
    return "\n".join(node["text"] for node in texts if kind in ("", node.get("type")))


def preformatted_texts(blocks: Any) -> list[str]:
    """Return the texts that Slack's own copy control copies, block by block."""
    found = (node for node in walk_objects(blocks) if node.get("type") == "rich_text_preformatted")
    return ["".join(element["text"] for element in node["elements"]) for node in found]
