"""Block Kit in small: the pieces from which every message, modal and Home tab is made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.ids import ButtonPayload, unique_action_id
from bot.text import escape_mrkdwn, neutralize_bidi, split_for_slack

Block = dict[str, Any]
Element = dict[str, Any]

SECTION_LIMIT = 2900
"""Characters in one section, under Slack's 3,000: whether it counts before or after escaping is not documented."""
LABEL_LIMIT = 75
MAX_MESSAGE_BLOCKS = 50
MAX_MESSAGE_SIZE = 12_000
"""Characters of JSON: Slack refuses blocks of more than some 13,200 in one message, without documenting it."""


@dataclass(frozen=True)
class Message:
    """What is posted: the text that notifications and screen readers read, and the blocks that eyes see."""

    text: str
    blocks: tuple[Block, ...] = ()
    has_personal_text: bool = False
    """Whether it carries words of the person's: such a message is deleted when everything is erased."""
    question: str = ""
    """The question in it, which is repeated to those who hear the last part of a long message alone."""


def split_message(message: Message) -> list[Message]:
    """The message in as many as Slack takes: 50 blocks each, and no more than some 13,000 characters of them.

    The last one carries the buttons, and says what is asked. Nothing is left out; each part says by itself
    what it shows.
    """
    if len(message.blocks) <= MAX_MESSAGE_BLOCKS and _json_size(message.blocks) <= MAX_MESSAGE_SIZE:
        return [message]
    groups: list[list[Block]] = [[]]
    size = 0
    for block in message.blocks:
        added = _json_size(block)
        if groups[-1] and (len(groups[-1]) == MAX_MESSAGE_BLOCKS or size + added > MAX_MESSAGE_SIZE):
            groups.append([])
            size = 0
        groups[-1].append(block)
        size += added
    if len(groups) == 1:
        return [message]
    aloud = ["\n".join(_readable_texts(group)) for group in groups]
    if message.question:
        aloud[-1] = f"{message.question}\n{aloud[-1]}"
    return [
        Message(text, tuple(group), message.has_personal_text)
        for text, group in zip(aloud, groups, strict=True)
    ]


# Made once: `json.dumps` makes an encoder for each call that wants another than the usual one.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _json_size(block: Block | tuple[Block, ...]) -> int:
    """The characters of a block in a list, with the comma and the space behind it; or of all of them."""
    return len(_ENCODER.encode(block)) + 2


def _readable_texts(blocks: Iterable[Any]) -> Iterator[str]:
    """What can be read in blocks, in order."""
    for block in blocks:
        if isinstance(block, dict):
            if isinstance(text := block.get("text"), str):
                yield text if block.get("type") == "mrkdwn" else escape_mrkdwn(text)
            yield from _readable_texts(value for value in block.values() if not isinstance(value, str))
        elif isinstance(block, list | tuple):
            yield from _readable_texts(block)


def plain_text(text: str, limit: int = 3000) -> Element:
    """A text shown as it is, without markup, mentions or emoji names turned."""
    return {"type": "plain_text", "text": truncate_label(neutralize_bidi(text), limit) or " ", "emoji": False}


def truncate_label(text: str, limit: int) -> str:
    """At most so many characters, for labels only; what a person wrote is never cut, see `prose`."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def section(text: str, accessory: Element | None = None) -> Block:
    """A paragraph of the bot's own words, in mrkdwn."""
    block: Block = {
        "type": "section",
        "text": {"type": "mrkdwn", "text": text, "verbatim": True},
        "expand": True,
    }
    return {**block, "accessory": accessory} if accessory else block


def plain_text_sections(text: str, accessory: Element | None = None) -> list[Block]:
    """A person's words in full, as plain text, cut between sentences over as many sections as they need."""
    parts = [part for part in split_for_slack(neutralize_bidi(text), SECTION_LIMIT) if part.strip()]
    blocks: list[Block] = [
        {
            "type": "section",
            "text": {"type": "plain_text", "text": part.strip("\n"), "emoji": False},
            "expand": True,
        }
        for part in parts
    ]
    if accessory and blocks:
        blocks[0]["accessory"] = accessory
    return blocks


def escape_user_text(text: str) -> str:
    """A person's words inside a sentence of the bot's in mrkdwn: escaped."""
    return escape_mrkdwn(neutralize_bidi(text))


_UNFORMATTED = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
"""Signs that look the same and format nothing: Slack has no way to escape its own."""


def escape_name(name: str) -> str:
    """Return a name that somebody chose, for a sentence in mrkdwn: escaped, on one line, without formatting.

    For the company, its segments, teams and invitations, and for people as Slack names them.
    """
    return escape_user_text(" ".join(name.split())).translate(_UNFORMATTED)


def context(text: str) -> Block:
    """A small line under something."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain_text(text, 150)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


ButtonStyle = Literal["", "primary", "danger"]


def button(
    label: str, action_id: str, payload: ButtonPayload, style: ButtonStyle = "", *, unique_key: str = ""
) -> Element:
    """A button. `by` tells it apart from others of its id in the same block."""
    element: Element = {
        "type": "button",
        "text": plain_text(label, LABEL_LIMIT),
        "action_id": unique_action_id(action_id, unique_key or payload.choice or "1"),
        "value": payload.pack(),
    }
    return {**element, "style": style} if style else element


def datepicker(label: str, action_id: str, payload: ButtonPayload, initial: date | None = None) -> Element:
    """A date to pick, which acts at once. It has no value, so its id carries what it is about."""
    element: Element = {
        "type": "datepicker",
        "placeholder": plain_text(label, 150),
        "action_id": unique_action_id(action_id, payload.pack()),
    }
    return {**element, "initial_date": initial.isoformat()} if initial else element


def label_of(element: Element) -> str:
    """What stands on a button, or in a date picker as long as nothing is picked."""
    return str((element.get("text") or element["placeholder"])["text"])


def link_button(label: str, action_id: str, url: str, payload: ButtonPayload) -> Element:
    """A button that leads to a page outside."""
    return {**button(label, action_id, payload, unique_key=payload.subject or "1"), "url": url}


def actions(elements: Sequence[Element], block_id: str = "") -> list[Block]:
    """A row of buttons; nothing where there are none."""
    if not elements:
        return []
    block: Block = {"type": "actions", "elements": list(elements)}
    return [{**block, "block_id": block_id} if block_id else block]


MAX_COPYABLE_LENGTH = 8000
"""Up to here a text stands in one block to be copied from; whether Slack takes a longer one is not documented."""


def preformatted(text: str) -> Block:
    """The text in a block from which Slack's own copy control takes exactly the text."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [element]}


def text_input(block_id: str, label: str, value: str = "", **options: Any) -> Block:
    """A field to write in. Options: hint, optional, multiline (default true), focus, placeholder, most."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": "words",
        "multiline": options.get("multiline", True),
        "max_length": options.get("most", 3000),
    }
    if options.get("placeholder"):
        element["placeholder"] = plain_text(options["placeholder"], 150)
    if value:
        element["initial_value"] = value
    if options.get("focus"):
        element["focus_on_load"] = True
    return input_block(block_id, label, element, **options)


def input_block(block_id: str, label: str, element: Element, **options: Any) -> Block:
    """Anything to be filled in, under its label. Options: hint, optional."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, 2000),
        "element": element,
    }
    if options.get("hint"):
        block["hint"] = plain_text(options["hint"], 2000)
    if options.get("optional"):
        block["optional"] = True
    return block


def modal(title: str, blocks: Sequence[Block], close: str, **options: Any) -> Block:
    """A modal. Options: submit (its label), callback_id, carried (a Carried for private_metadata)."""
    view: Block = {
        "type": "modal",
        "title": plain_text(title, 24),
        "blocks": list(blocks),
        "close": plain_text(close, 24),
    }
    if options.get("submit"):
        view["submit"] = plain_text(options["submit"], 24)
    if options.get("callback_id"):
        view["callback_id"] = options["callback_id"]
    if carried := options.get("carried"):
        view["private_metadata"] = carried.pack()
    return view


def text_input_values(view: dict[str, Any]) -> dict[str, str]:
    """What was written into a modal's fields, by block id."""
    values: dict[str, dict[str, dict[str, Any]]] = view.get("state", {}).get("values", {})
    return {
        block: str(element.get("value") or "")
        for block, elements in values.items()
        for element in elements.values()
        if element.get("type") == "plain_text_input"
    }
