"""Blocks as an app would send them, for the browser tests."""

from typing import Any

Json = dict[str, Any]


def words(text: str) -> Json:
    """Plain text."""
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    """A section with mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action_id: str, **more: Any) -> Json:
    """A button."""
    return {"type": "button", "text": words(label), "action_id": action_id, "value": "1", **more}


def actions(*elements: Json) -> Json:
    """A row of elements."""
    return {"type": "actions", "elements": list(elements)}


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    """An input."""
    return {"type": "input", "block_id": block_id, "label": words(label), "element": element, **more}


def option(label: str) -> Json:
    """One option, its value as its label."""
    return {"text": words(label), "value": label}


def preformatted(text: str) -> Json:
    """Text with a copy control."""
    leaf = {"type": "text", "text": text}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [leaf]}]}


def modal(title: str, *blocks: Json) -> Json:
    """A modal that can be saved."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": words(title),
        "submit": words("Save"),
        "close": words("Not now"),
        "blocks": list(blocks),
    }
