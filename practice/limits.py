"""Slack's limits on whole messages and views, answered with Slack's own error codes."""

from typing import Any

from practice.blocks import check_blocks, stored_blocks
from practice.elements import plain_text_object
from practice.payloads import Json, SlackError, as_list, as_object, compact_json
from practice.schemas import Report, anything, boolean, object_of, one_of, string

MAX_TEXT = 40_000
MAX_UPDATE_TEXT = 4_000
# Undocumented: users report it as the limit on all blocks of one message, serialized to JSON.
MAX_BLOCKS_JSON = 13_200
MAX_MARKDOWN = 12_000
MAX_VIEW_BYTES = 250_000
MAX_ATTACHMENTS = 100
MAX_METADATA = 8_000

_TITLE = plain_text_object(24)
_VIEW_COMMON = {
    "blocks": anything,
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
    "private_metadata": string(3000, 0),
}
_MODAL = object_of(
    {"title": _TITLE, "blocks": anything},
    {
        **_VIEW_COMMON,
        "type": one_of("modal"),
        "close": _TITLE,
        "submit": _TITLE,
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)
_HOME = object_of({"blocks": anything}, {**_VIEW_COMMON, "type": one_of("home")})


def validate_message_blocks(blocks: Any) -> list[Json]:
    """Validate the blocks of a message and return them as Slack stores them."""
    if blocks is None:
        return []
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    report = Report("message")
    check_blocks(blocks, report)
    if report.complaints:
        messages = report.complaints
        raise SlackError(
            "invalid_blocks", messages, errors=[text.removeprefix("[ERROR] ") for text in messages]
        )
    if len(compact_json(blocks)) > MAX_BLOCKS_JSON:
        raise SlackError("msg_blocks_too_long")
    return stored_blocks(blocks)


def validate_message_text(text: str, *, updating: bool) -> str:
    """Truncate text as Slack does; refuse what chat.update refuses."""
    if updating and len(text) > MAX_UPDATE_TEXT:
        raise SlackError("msg_too_long")
    return text[:MAX_TEXT]


def validate_metadata(value: Any) -> Json | None:
    """Validate message metadata; an empty object removes it."""
    if value is None or value == {}:
        return None
    has_event_type = isinstance(value, dict) and isinstance(value.get("event_type"), str)
    if not has_event_type or not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(compact_json(value)) > MAX_METADATA:
        raise SlackError("metadata_too_large")
    return {"event_type": value["event_type"], "event_payload": value["event_payload"]}


def validate_view(content: Any, kind: str) -> Json:
    """Validate a modal or a Home tab and return it as Slack stores it."""
    if not isinstance(content, dict):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
    if len(compact_json(content).encode("utf-8", "replace")) > MAX_VIEW_BYTES:
        raise SlackError("view_too_large")
    report = Report(kind)
    if content.get("type") != kind:
        report.add_complaint(f"unsupported type: {content.get('type')}", "/view/type")
    else:
        (_MODAL if kind == "modal" else _HOME)(content, "/view", report)
        check_blocks(content.get("blocks"), report, "/view/blocks")
        _check_submit_button(content, report)
    if report.complaints:
        schema = "[ERROR] failed to match all allowed schemas [json-pointer:/view]"
        raise SlackError("invalid_arguments", [schema, *report.complaints])
    stored = {key: value for key, value in content.items() if value is not None}
    return {**stored, "blocks": stored_blocks(stored["blocks"])}


def _check_submit_button(content: Json, report: Report) -> None:
    blocks = as_list(content.get("blocks"))
    has_input = any(as_object(block).get("type") == "input" for block in blocks)
    if content.get("type") == "modal" and has_input and not content.get("submit"):
        report.add_complaint("missing required field: submit", "/view")
