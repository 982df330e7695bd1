"""Block Kit: the parts of every message, modal and Home tab."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.ids import suffixed_action_id
from bot.payloads import ButtonPayload
from bot.text import escape_mrkdwn, neutralize_bidi, split_for_slack

Block = dict[str, Any]
Element = dict[str, Any]

SECTION_LIMIT = 2900
"""The characters in one section, below Slack's 3,000: whether it counts before or after escaping is undocumented."""
LABEL_LIMIT = 75
MAX_TEXT_INPUT_LENGTH = 3000
MAX_MESSAGE_BLOCKS = 50
MAX_MESSAGE_SIZE = 12_000
"""The characters of JSON in one message: Slack refuses more than some 13,200, without documenting it."""


@dataclass(frozen=True)
class Message:
    """A message: the text for notifications and screen readers, and the blocks for eyes."""

    text: str
    blocks: tuple[Block, ...] = ()
    has_personal_text: bool = False
    """Whether it has the person's own words: such a message is deleted when everything is erased."""
    question: str = ""
    """The question in it, repeated for those who hear only the last part of a long message."""


def split_message(message: Message) -> list[Message]:
    """Return the message in as many parts as Slack needs: at most 50 blocks and some 13,000 characters each.

    The last part has the buttons and repeats the question. Nothing is left out, and each part's text reads aloud
    its own blocks.
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
    spoken = ["\n".join(_readable_texts(group)) for group in groups]
    if message.question:
        spoken[-1] = f"{message.question}\n{spoken[-1]}"
    return [
        Message(text, tuple(group), message.has_personal_text)
        for text, group in zip(spoken, groups, strict=True)
    ]


# Made once: `json.dumps` makes a new encoder for each call with other than the default options.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _json_size(block: Block | tuple[Block, ...]) -> int:
    """Return the characters of one block in a list, with the comma and space after it, or of all blocks."""
    return len(_ENCODER.encode(block)) + 2


def _readable_texts(blocks: Iterable[Any]) -> Iterator[str]:
    """Return the readable texts in blocks, in order."""
    for block in blocks:
        if isinstance(block, dict):
            if isinstance(text := block.get("text"), str):
                yield text if block.get("type") == "mrkdwn" else escape_mrkdwn(text)
            yield from _readable_texts(value for value in block.values() if not isinstance(value, str))
        elif isinstance(block, list | tuple):
            yield from _readable_texts(block)


def plain_text_object(text: str, limit: int = 3000) -> Element:
    """Return a text object that is shown literally, without markup, mentions or emoji names converted."""
    return {"type": "plain_text", "text": truncate_label(neutralize_bidi(text), limit) or " ", "emoji": False}


def truncate_label(text: str, limit: int) -> str:
    """Return at most `limit` characters of a label; people's own texts are split instead, see `plain_text_sections`."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def section(text: str, accessory: Element | None = None) -> Block:
    """Return a paragraph of the bot's own text, in mrkdwn."""
    block: Block = {
        "type": "section",
        "text": {"type": "mrkdwn", "text": text, "verbatim": True},
        "expand": True,
    }
    return {**block, "accessory": accessory} if accessory else block


def plain_text_sections(text: str, accessory: Element | None = None) -> list[Block]:
    """Return a person's words in full, as plain text, split between sentences over as many sections as needed."""
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
    """Return a person's words escaped for a sentence of the bot's in mrkdwn."""
    return escape_mrkdwn(neutralize_bidi(text))


_UNFORMATTED = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
"""Signs that look like formatting but don't format: Slack has no escape for its own."""


def escape_name(name: str) -> str:
    """Return a name that somebody chose, for a sentence in mrkdwn: escaped, on one line, without formatting.

    For the company, its segments, teams and invitations, and for people as Slack names them.
    """
    return escape_user_text(" ".join(name.split())).translate(_UNFORMATTED)


def context(text: str) -> Block:
    """Return a small line of text below something."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain_text_object(text, 150)}


def divider() -> Block:
    """Return a horizontal line."""
    return {"type": "divider"}


ButtonStyle = Literal["", "primary", "danger"]


def button(
    label: str, action_id: str, payload: ButtonPayload, style: ButtonStyle = "", *, unique_key: str = ""
) -> Element:
    """Return a button; `unique_key` makes its id unique in the block."""
    element: Element = {
        "type": "button",
        "text": plain_text_object(label, LABEL_LIMIT),
        "action_id": suffixed_action_id(action_id, unique_key or payload.unique_key or "1"),
        "value": payload.pack(),
    }
    return {**element, "style": style} if style else element


def instant_datepicker(
    label: str, action_id: str, payload: ButtonPayload, initial: date | None = None
) -> Element:
    """Return a date picker, which acts at once. It has no value, so its id carries the payload."""
    element: Element = {
        "type": "datepicker",
        "placeholder": plain_text_object(label, 150),
        "action_id": suffixed_action_id(action_id, payload.pack()),
    }
    return {**element, "initial_date": initial.isoformat()} if initial else element


def label_of(element: Element) -> str:
    """Return the label of a button, or the placeholder of an empty date picker."""
    return str((element.get("text") or element["placeholder"])["text"])


def link_button(
    label: str, action_id: str, url: str, payload: ButtonPayload, *, unique_key: str = ""
) -> Element:
    """Return a button that opens a page outside Slack."""
    return {**button(label, action_id, payload, unique_key=unique_key or "1"), "url": url}


def actions(elements: Sequence[Element], block_id: str = "") -> list[Block]:
    """Return a row of buttons; nothing without any."""
    if not elements:
        return []
    block: Block = {"type": "actions", "elements": list(elements)}
    return [{**block, "block_id": block_id} if block_id else block]


MAX_COPYABLE_LENGTH = 8000
"""The longest text in one block for copying; whether Slack takes longer ones is undocumented."""


def preformatted(text: str) -> Block:
    """Return a block whose copy control in Slack copies exactly the text."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [element]}


def text_input(
    block_id: str,
    label: str,
    value: str = "",
    *,
    hint: str = "",
    placeholder: str = "",
    max_length: int = MAX_TEXT_INPUT_LENGTH,
    is_optional: bool = False,
    is_multiline: bool = True,
    has_focus: bool = False,
) -> Block:
    """Return a field for text."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": "words",
        "multiline": is_multiline,
        "max_length": max_length,
    }
    if placeholder:
        element["placeholder"] = plain_text_object(placeholder, 150)
    if value:
        element["initial_value"] = value
    if has_focus:
        element["focus_on_load"] = True
    return input_block(block_id, label, element, hint=hint, is_optional=is_optional)


def input_block(
    block_id: str, label: str, element: Element, *, hint: str = "", is_optional: bool = False
) -> Block:
    """Return any field of a form under its label."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text_object(label, 2000),
        "element": element,
    }
    if hint:
        block["hint"] = plain_text_object(hint, 2000)
    if is_optional:
        block["optional"] = True
    return block


def modal(
    title: str,
    blocks: Sequence[Block],
    close: str,
    *,
    submit: str = "",
    callback_id: str = "",
    payload: ButtonPayload | None = None,
) -> Block:
    """Return a modal; `close` and `submit` are the labels of its buttons."""
    view: Block = {
        "type": "modal",
        "title": plain_text_object(title, 24),
        "blocks": list(blocks),
        "close": plain_text_object(close, 24),
    }
    if submit:
        view["submit"] = plain_text_object(submit, 24)
    if callback_id:
        view["callback_id"] = callback_id
    if payload is not None:
        view["private_metadata"] = payload.pack()
    return view
