"""Slack's block schemas: the block types, their fields, and the surfaces that allow them."""

import secrets
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from practice.elements import (
    ACTIONS_ELEMENTS,
    ELEMENTS,
    ID,
    INPUT_ELEMENTS,
    SECTION_ELEMENTS,
    SLACK_FILE,
    plain_text_object,
    text_object,
)
from practice.payloads import Json
from practice.schemas import (
    Check,
    Report,
    all_of,
    anything,
    boolean,
    integer,
    list_of,
    object_of,
    one_of_types,
    string,
)

_BLOCK_FIELDS: dict[str, Check] = {"block_id": ID}


def _check_text_or_fields(value: Any, place: str, report: Report) -> None:
    if value.get("text") is None and value.get("fields") is None:
        report.add_complaint("missing required field: text or fields", place)


def _check_image_source(value: Any, place: str, report: Report) -> None:
    if (value.get("image_url") is None) == (value.get("slack_file") is None):
        report.add_complaint("exactly one of image_url or slack_file is required", place)


def _check_file_input_surface(value: Any, place: str, report: Report) -> None:
    element = value.get("element")
    if isinstance(element, dict) and element.get("type") == "file_input" and report.surface != "modal":
        report.add_complaint("unsupported type: file_input", f"{place}/element/type")


_IMAGE_SOURCE: dict[str, Check] = {"image_url": string(3000), "slack_file": SLACK_FILE}
_STYLE_FIELD: dict[str, Check] = {"style": anything}
_RICH_PART = one_of_types(
    {
        "text": object_of({"text": string(40_000, 0)}, _STYLE_FIELD),
        "link": object_of(
            {"url": string(3000)}, {"text": string(40_000, 0), "unsafe": boolean, **_STYLE_FIELD}
        ),
        "emoji": object_of(
            {"name": string(255)}, {"unicode": string(255), "skin_tone": integer(1, 6), **_STYLE_FIELD}
        ),
        "user": object_of({"user_id": ID}, _STYLE_FIELD),
        "channel": object_of({"channel_id": ID}, _STYLE_FIELD),
        "usergroup": object_of({"usergroup_id": ID}, _STYLE_FIELD),
        "team": object_of({"team_id": ID}, _STYLE_FIELD),
        "broadcast": object_of({"range": ID}, _STYLE_FIELD),
        "color": object_of({"value": string(20)}, _STYLE_FIELD),
        "date": object_of(
            {"timestamp": anything, "format": string(255)}, {"url": string(3000), "fallback": anything}
        ),
    }
)
_RICH_PARTS = list_of(_RICH_PART, 3000, 0)
_RICH_SECTION = object_of({"elements": _RICH_PARTS})
_RICH_LIST = object_of(
    {"elements": list_of(one_of_types({"rich_text_section": _RICH_SECTION}), 1000), "style": anything},
    {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": integer(0, 1)},
)
_RICH_QUOTE = object_of({"elements": _RICH_PARTS}, {"border": integer(0, 1)})
RICH_TEXT = one_of_types(
    {
        "rich_text_section": _RICH_SECTION,
        "rich_text_list": _RICH_LIST,
        "rich_text_preformatted": object_of(
            {"elements": _RICH_PARTS}, {"border": integer(0, 1), "language": ID}
        ),
        "rich_text_quote": _RICH_QUOTE,
    }
)
_TABLE_CELL = one_of_types(
    {
        "raw_text": object_of({"text": string(3000)}),
        "rich_text": object_of({"elements": list_of(RICH_TEXT, 100)}, _BLOCK_FIELDS),
    }
)
_CONTEXT_ELEMENT = one_of_types(
    {
        **{kind: text_object(3000) for kind in ("plain_text", "mrkdwn")},
        "image": all_of(ELEMENTS["image"], _check_image_source),
    }
)

BLOCKS: dict[str, Check] = {
    "section": all_of(
        object_of(
            {},
            {
                **_BLOCK_FIELDS,
                "text": text_object(3000),
                "fields": list_of(text_object(2000), 10),
                "accessory": one_of_types(ELEMENTS, SECTION_ELEMENTS),
                "expand": boolean,
            },
        ),
        _check_text_or_fields,
    ),
    "divider": object_of({}, _BLOCK_FIELDS),
    "header": object_of({"text": plain_text_object(150)}, {**_BLOCK_FIELDS, "level": integer(1, 4)}),
    "context": object_of({"elements": list_of(_CONTEXT_ELEMENT, 10)}, _BLOCK_FIELDS),
    "actions": object_of({"elements": list_of(one_of_types(ELEMENTS, ACTIONS_ELEMENTS), 25)}, _BLOCK_FIELDS),
    "context_actions": object_of(
        {"elements": list_of(one_of_types(ELEMENTS, ("feedback_buttons", "icon_button")), 5)}, _BLOCK_FIELDS
    ),
    "image": all_of(
        object_of(
            {"alt_text": string(2000)}, {**_BLOCK_FIELDS, **_IMAGE_SOURCE, "title": plain_text_object(2000)}
        ),
        _check_image_source,
    ),
    "input": all_of(
        object_of(
            {"label": plain_text_object(2000), "element": one_of_types(ELEMENTS, INPUT_ELEMENTS)},
            {
                **_BLOCK_FIELDS,
                "hint": plain_text_object(2000),
                "optional": boolean,
                "dispatch_action": boolean,
            },
        ),
        _check_file_input_surface,
    ),
    "rich_text": object_of({"elements": list_of(RICH_TEXT, 1000, 0)}, _BLOCK_FIELDS),
    "markdown": object_of({"text": string(12_000)}, _BLOCK_FIELDS),
    "table": object_of(
        {"rows": list_of(list_of(_TABLE_CELL, 20), 100)},
        {**_BLOCK_FIELDS, "column_settings": list_of(anything, 20, 0)},
    ),
    "video": object_of(
        {
            "alt_text": string(2000),
            "title": plain_text_object(199),
            "video_url": string(3000),
            "thumbnail_url": string(3000),
        },
        {
            **_BLOCK_FIELDS,
            "description": plain_text_object(200),
            "author_name": string(49),
            "provider_name": string(49),
            "provider_icon_url": string(3000),
            "title_url": string(3000),
        },
    ),
}
MESSAGE_ONLY_BLOCKS = frozenset({"context_actions", "markdown", "table"})
VIEW_BLOCKS = frozenset(BLOCKS) - MESSAGE_ONLY_BLOCKS


def check_blocks(blocks: Any, report: Report, place: str = "/blocks") -> None:
    """Check a list of blocks against the report's surface."""
    most = 50 if report.surface == "message" else 100
    allowed = None if report.surface == "message" else VIEW_BLOCKS
    list_of(one_of_types(BLOCKS, allowed), most, 0)(blocks, place, report)
    for number, block in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(block, dict):
            _check_unique_ids(block, f"{place}/{number}", report)


def _check_unique_ids(block: Json, place: str, report: Report) -> None:
    name = block.get("block_id")
    if isinstance(name, str):
        if name in report.block_ids:
            report.add_complaint(f"block_id `{name}` already exists", f"{place}/block_id")
        report.block_ids.add(name)
    seen: set[str] = set()
    for number, element in enumerate(interactive_elements(block)):
        action = element.get("action_id")
        if isinstance(action, str) and action in seen:
            report.add_complaint(
                f"`action_id` `{action}` already exists", f"{place}/elements/{number}/action_id"
            )
        elif isinstance(action, str):
            seen.add(action)


def interactive_elements(block: Json) -> list[Json]:
    """Return the elements of a block that a person can press or fill in."""
    found = [block.get("accessory"), block.get("element")]
    if block.get("type") in ("actions", "context_actions") and isinstance(block.get("elements"), list):
        found += block["elements"]
    return [element for element in found if isinstance(element, dict)]


def linkify_blocks(value: Any, parse: Callable[[str], str]) -> Any:
    """Parse every mrkdwn text that isn't verbatim, as Slack does with messages from apps."""
    if isinstance(value, list):
        return [linkify_blocks(item, parse) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
        return value if value.get("verbatim") else {**value, "text": parse(value["text"])}
    return {key: linkify_blocks(item, parse) for key, item in value.items()}


def stored_blocks(blocks: list[Json]) -> list[Json]:
    """Return blocks as Slack returns them: with ids, and with the defaults of text objects."""
    stored = deepcopy(blocks)
    for block in stored:
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
        for element in interactive_elements(block):
            if element.get("type") != "image" and not element.get("action_id"):
                element["action_id"] = secrets.token_urlsafe(4)
        _fill_text_defaults(block)
    return stored


def _fill_text_defaults(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _fill_text_defaults(item)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for item in value.values():
            _fill_text_defaults(item)
