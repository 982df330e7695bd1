"""Blocks as an app would send them, for the browser tests."""

from typing import Any

Json = dict[str, Any]


def plain_text(text: str) -> Json:
    """Plain text."""
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    """A section with mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action_id: str, **more: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain_text(label), "action_id": action_id, "value": "1", **more}


def actions_block(*elements: Json) -> Json:
    """A row of elements."""
    return {"type": "actions", "elements": list(elements)}


def input_block(block_id: str, label: str, element: Json, **more: Any) -> Json:
    """An input."""
    return {"type": "input", "block_id": block_id, "label": plain_text(label), "element": element, **more}


def option(label: str) -> Json:
    """One option, its value as its label."""
    return {"text": plain_text(label), "value": label}


def preformatted_block(text: str) -> Json:
    """Text with a copy control."""
    leaf = {"type": "text", "text": text}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [leaf]}]}


def modal(title: str, *blocks: Json) -> Json:
    """A modal that can be saved."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain_text(title),
        "submit": plain_text("Save"),
        "close": plain_text("Not now"),
        "blocks": list(blocks),
    }
