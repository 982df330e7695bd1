"""Screens to look at: what a message or modal shows and what can be pressed in it, whatever Slack's nesting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.i18n import Texts
from bot.views.blocks import Block, Message, parted
from bot.views.stories.questions import asked
from db.models.drafts import Draft
from practice import limits
from tests.conversation.dialogues import MATERIAL

VALUE_OF_AN_OPTION = 75
"""Slack's documents say 150 or 75, depending on their age."""


def screen_of(draft: Draft, texts: Texts, remark: str = "") -> Message:
    """The present question of a draft, as it is posted."""
    return asked(draft, MATERIAL, texts, name="Maya", remark=remark)


def within_limits(message: Message) -> bool:
    """Slack's word on a message, part by part as it is posted; an error says what is wrong with it."""
    for part in parted(message):
        limits.message_blocks(list(part.blocks))
        for option in (o for e in elements(part.blocks) for o in e.get("options", [])):
            assert len(option.get("value", "")) <= VALUE_OF_AN_OPTION, option
    return True


def within_limits_of_a_modal(view: Block) -> bool:
    """Slack's word on a modal."""
    limits.view(view, "modal")
    return True


def elements(blocks: Any) -> Iterator[dict[str, Any]]:
    """Everything in blocks that can be pressed, chosen or written in."""
    for node in nodes(blocks):
        if "action_id" in node:
            yield node


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in blocks, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from nodes(inner)


def labels(blocks: Any) -> list[str]:
    """What stands on the buttons."""
    return [e["text"]["text"] for e in elements(blocks) if e["type"] == "button"]


def shown(blocks: Any, kind: str = "") -> str:
    """All that can be read in blocks, or in their text of one kind (`plain_text`, `mrkdwn`, `text`)."""
    texts = (node for node in nodes(blocks) if isinstance(node.get("text"), str))
    return "\n".join(node["text"] for node in texts if kind in ("", node.get("type")))


def preformatted(blocks: Any) -> list[str]:
    """What Slack's own copy control takes, block by block."""
    found = (node for node in nodes(blocks) if node.get("type") == "rich_text_preformatted")
    return ["".join(element["text"] for element in node["elements"]) for node in found]
