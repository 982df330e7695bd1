"""Block builders for the browser tests."""

from typing import Any

Json = dict[str, Any]


def plain_text(text: str) -> Json:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    """Return a section with mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action_id: str, **more: Any) -> Json:
    """Return a button."""
    return {"type": "button", "text": plain_text(label), "action_id": action_id, "value": "1", **more}


def actions_block(*elements: Json) -> Json:
    """Return an actions block."""
    return {"type": "actions", "elements": list(elements)}


def input_block(block_id: str, label: str, element: Json, **more: Any) -> Json:
    """Return an input block."""
    return {"type": "input", "block_id": block_id, "label": plain_text(label), "element": element, **more}


def option(label: str) -> Json:
    """Return an option whose value is its label."""
    return {"text": plain_text(label), "value": label}


def preformatted_block(text: str) -> Json:
    """Return a preformatted block, which the page shows with a copy button."""
    leaf = {"type": "text", "text": text}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [leaf]}]}


def modal(title: str, *blocks: Json) -> Json:
    """Return a modal with a Save button."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain_text(title),
        "submit": plain_text("Save"),
        "close": plain_text("Not now"),
        "blocks": list(blocks),
    }
