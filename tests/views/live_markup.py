"""Texts that Slack would render as markup or mentions, and a search for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.views.block_inspection import walk_objects

HOSTILE_TEXT = (
    "<!channel> <https://evil.example|click> <@U0EVIL> <#C0EVIL> &lt;b&gt; *bold* _slanted_ ~struck~ `code` "
    "right \u202eto left\nand on another line"
)
"""A name that an owner, or Slack, might give; each part has an effect where it isn't escaped."""
HOSTILE_CODE = "<!channel>_not_found"
"""An error code that Slack might send, which must be shown character by character."""
_REFERENCE = re.compile(r"<(?:!|https?:|mailto:|[@#][UWC]0EVIL)|\u202e")
"""A broadcast, a link, a mention that nobody meant, and the character that reverses a line."""
_FORMAT = re.compile(r"\*bold\*|_slanted_|~struck~|`code`|\u202eto left\nand|left\nand on")
"""Formatting and line breaks from a name."""


def find_live_markup(shown: Any, *, names: bool = True) -> list[str]:
    """Return every text in blocks, or in a message, in which hostile words would take effect.

    `names` are on one line and without formatting; longer texts may have both.
    """
    return list(_live_texts(shown, names))


def _live_texts(shown: Any, names: bool) -> Iterator[str]:
    for node in walk_objects(shown):
        text = node.get("text")
        if not isinstance(text, str):
            continue
        match node.get("type"):
            case "mrkdwn":
                if _REFERENCE.search(text) or (names and _FORMAT.search(text)):
                    yield text
                if "evil" in text.lower() and node.get("verbatim") is not True:
                    yield f"not verbatim: {text}"
            case "plain_text":
                if "\u202e" in text or node.get("emoji") is not False:
                    yield f"plain: {text}"
            case "text":
                pass  # rich text is shown literally
            case _:
                if _REFERENCE.search(text):  # the top-level text of a message
                    yield text
