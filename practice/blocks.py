"""Slack's schemas of blocks: which there are, what each may hold, and where it may stand."""

import secrets
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from practice.elements import ELEMENTS, ID, IN_ACTIONS, IN_INPUT, IN_SECTION, SLACK_FILE, plain, text
from practice.payloads import Json
from practice.schemas import Check, Report, also, anything, boolean, list_of, shape, string, typed, whole

_BLOCK: dict[str, Check] = {"block_id": ID}


def _text_or_fields(value: Any, place: str, report: Report) -> None:
    if value.get("text") is None and value.get("fields") is None:
        report.say("missing required field: text or fields", place)


def _one_picture(value: Any, place: str, report: Report) -> None:
    if (value.get("image_url") is None) == (value.get("slack_file") is None):
        report.say("exactly one of image_url or slack_file is required", place)


def _file_only_in_modals(value: Any, place: str, report: Report) -> None:
    element = value.get("element")
    if isinstance(element, dict) and element.get("type") == "file_input" and report.surface != "modal":
        report.say("unsupported type: file_input", f"{place}/element/type")


_IMAGE_PLACE: dict[str, Check] = {"image_url": string(3000), "slack_file": SLACK_FILE}
_STYLE: dict[str, Check] = {"style": anything}
_RICH_PART = typed(
    {
        "text": shape({"text": string(40_000, 0)}, _STYLE),
        "link": shape({"url": string(3000)}, {"text": string(40_000, 0), "unsafe": boolean, **_STYLE}),
        "emoji": shape({"name": string(255)}, {"unicode": string(255), "skin_tone": whole(1, 6), **_STYLE}),
        "user": shape({"user_id": ID}, _STYLE),
        "channel": shape({"channel_id": ID}, _STYLE),
        "usergroup": shape({"usergroup_id": ID}, _STYLE),
        "team": shape({"team_id": ID}, _STYLE),
        "broadcast": shape({"range": ID}, _STYLE),
        "color": shape({"value": string(20)}, _STYLE),
        "date": shape(
            {"timestamp": anything, "format": string(255)}, {"url": string(3000), "fallback": anything}
        ),
    }
)
_RICH_PARTS = list_of(_RICH_PART, 3000, 0)
_RICH_SECTION = shape({"elements": _RICH_PARTS})
_RICH_LIST = shape(
    {"elements": list_of(typed({"rich_text_section": _RICH_SECTION}), 1000), "style": anything},
    {"indent": whole(0, 8), "offset": whole(0, 10_000), "border": whole(0, 1)},
)
_RICH_QUOTE = shape({"elements": _RICH_PARTS}, {"border": whole(0, 1)})
RICH_TEXT = typed(
    {
        "rich_text_section": _RICH_SECTION,
        "rich_text_list": _RICH_LIST,
        "rich_text_preformatted": shape({"elements": _RICH_PARTS}, {"border": whole(0, 1), "language": ID}),
        "rich_text_quote": _RICH_QUOTE,
    }
)
_CELL = typed(
    {
        "raw_text": shape({"text": string(3000)}),
        "rich_text": shape({"elements": list_of(RICH_TEXT, 100)}, _BLOCK),
    }
)
_CONTEXT = typed(
    {
        **{kind: text(3000) for kind in ("plain_text", "mrkdwn")},
        "image": also(ELEMENTS["image"], _one_picture),
    }
)

BLOCKS: dict[str, Check] = {
    "section": also(
        shape(
            {},
            {
                **_BLOCK,
                "text": text(3000),
                "fields": list_of(text(2000), 10),
                "accessory": typed(ELEMENTS, IN_SECTION),
                "expand": boolean,
            },
        ),
        _text_or_fields,
    ),
    "divider": shape({}, _BLOCK),
    "header": shape({"text": plain(150)}, {**_BLOCK, "level": whole(1, 4)}),
    "context": shape({"elements": list_of(_CONTEXT, 10)}, _BLOCK),
    "actions": shape({"elements": list_of(typed(ELEMENTS, IN_ACTIONS), 25)}, _BLOCK),
    "context_actions": shape(
        {"elements": list_of(typed(ELEMENTS, ("feedback_buttons", "icon_button")), 5)}, _BLOCK
    ),
    "image": also(
        shape({"alt_text": string(2000)}, {**_BLOCK, **_IMAGE_PLACE, "title": plain(2000)}), _one_picture
    ),
    "input": also(
        shape(
            {"label": plain(2000), "element": typed(ELEMENTS, IN_INPUT)},
            {**_BLOCK, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        ),
        _file_only_in_modals,
    ),
    "rich_text": shape({"elements": list_of(RICH_TEXT, 1000, 0)}, _BLOCK),
    "markdown": shape({"text": string(12_000)}, _BLOCK),
    "table": shape(
        {"rows": list_of(list_of(_CELL, 20), 100)}, {**_BLOCK, "column_settings": list_of(anything, 20, 0)}
    ),
    "video": shape(
        {
            "alt_text": string(2000),
            "title": plain(199),
            "video_url": string(3000),
            "thumbnail_url": string(3000),
        },
        {
            **_BLOCK,
            "description": plain(200),
            "author_name": string(49),
            "provider_name": string(49),
            "provider_icon_url": string(3000),
            "title_url": string(3000),
        },
    ),
}
ONLY_IN_MESSAGES = frozenset({"context_actions", "markdown", "table"})
IN_VIEWS = frozenset(BLOCKS) - ONLY_IN_MESSAGES


def check_blocks(blocks: Any, report: Report, place: str = "/blocks") -> None:
    """Check a list of blocks for the report's surface."""
    most = 50 if report.surface == "message" else 100
    allowed = None if report.surface == "message" else IN_VIEWS
    list_of(typed(BLOCKS, allowed), most, 0)(blocks, place, report)
    for number, block in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(block, dict):
            _check_ids(block, f"{place}/{number}", report)


def _check_ids(block: Json, place: str, report: Report) -> None:
    name = block.get("block_id")
    if isinstance(name, str):
        if name in report.block_ids:
            report.say(f"block_id `{name}` already exists", f"{place}/block_id")
        report.block_ids.add(name)
    seen: set[str] = set()
    for number, element in enumerate(elements_of(block)):
        action = element.get("action_id")
        if isinstance(action, str) and action in seen:
            report.say(f"`action_id` `{action}` already exists", f"{place}/elements/{number}/action_id")
        elif isinstance(action, str):
            seen.add(action)


def elements_of(block: Json) -> list[Json]:
    """Give what one can press or fill in a block."""
    found = [block.get("accessory"), block.get("element")]
    if block.get("type") in ("actions", "context_actions") and isinstance(block.get("elements"), list):
        found += block["elements"]
    return [element for element in found if isinstance(element, dict)]


def bring_to_life(value: Any, parse: Callable[[str], str]) -> Any:
    """Parse every mrkdwn text that is not verbatim, as Slack does with what an app sends."""
    if isinstance(value, list):
        return [bring_to_life(item, parse) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
        return value if value.get("verbatim") else {**value, "text": parse(value["text"])}
    return {key: bring_to_life(item, parse) for key, item in value.items()}


def as_stored(blocks: list[Json]) -> list[Json]:
    """Give blocks as Slack hands them back: with ids, and with the defaults of text objects."""
    stored = deepcopy(blocks)
    for block in stored:
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
        for element in elements_of(block):
            if element.get("type") != "image" and not element.get("action_id"):
                element["action_id"] = secrets.token_urlsafe(4)
        _fill_texts(block)
    return stored


def _fill_texts(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _fill_texts(item)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for item in value.values():
            _fill_texts(item)
