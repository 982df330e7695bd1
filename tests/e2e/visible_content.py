"""What a person sees in messages and views: texts, clickable elements, and inputs."""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp

Json = dict[str, Any]

# type of an input -> the field that holds its value
VALUE_FIELDS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
# The marks that Fluent and others put around names and numbers, and no-break spaces.
UNSEEN = dict.fromkeys((8206, 8207, 1564, 8294, 8295, 8296, 8297)) | {
    0xA0: " ",
    0x202F: " ",
}
UNREAD_KEYS = {"block_id", "action_id", "type", "value", "private_metadata", "callback_id", "url", "style"}


def text_of(item: Json) -> str:
    """Return all the text of a message or view: labels, options, typed values and file names included."""
    if "root_view_id" in item:
        parts = [item.get(name) for name in ("title", "blocks", "submit", "close")]
        return "\n".join([*_texts_in(parts), *_typed_values(item)])
    attachments = [
        [one.get("title"), one.get("text"), one.get("fallback")] for one in item.get("attachments", [])
    ]
    files = [[one.get("name"), one.get("title"), one.get("alt_txt")] for one in item.get("files", [])]
    return "\n".join(
        [item.get("text", ""), *_texts_in([item.get("blocks"), attachments, files]), *_typed_values(item)]
    )


def has_text(item: Json, fragment: str) -> bool:
    """Return whether a message or view shows this text; direction marks are ignored."""
    words, wanted = _visible_text(text_of(item)), _visible_text(fragment)
    return any(
        wanted in reading for reading in (words, _unescaped(words), _unescaped(_with_reference_names(words)))
    )


def is_same_label(label: str, wanted: str) -> bool:
    """Return whether two labels look the same."""
    return _visible_text(label) == _visible_text(wanted)


def clickable_elements(item: Json) -> Iterator[tuple[str, Json]]:
    """Yield the visible label of everything that can be clicked or chosen, with the body of that click."""
    for block in item.get("blocks", []):
        elements = [block.get("accessory"), block.get("element"), *_pressable_elements(block)]
        for element in elements:
            if isinstance(element, dict) and element.get("action_id"):
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                yield from _clickables_of(element, ids)


def filled_values(view: Json, wanted: Json) -> Json:
    """Return the values of a modal with these inputs filled in, named by label, block_id or action_id."""
    inputs: dict[str, tuple[Json, Json]] = {}
    for block in view["blocks"]:
        element = block.get("element") or block.get("accessory")
        if isinstance(element, dict) and element.get("type") in VALUE_FIELDS:
            for name in (_plain(block.get("label")), block["block_id"], element["action_id"]):
                inputs.setdefault(name, (block, element))
    values: Json = {}
    for name, value in wanted.items():
        if name not in inputs:
            raise AssertionError(f"The modal has no input {name!r}; it has {sorted(inputs)}.")
        block, element = inputs[name]
        field = VALUE_FIELDS[element["type"]]
        answer = {"type": element["type"], field: _chosen_value(element, field, value)}
        values.setdefault(block["block_id"], {})[element["action_id"]] = answer
    return values


def format_for_report(item: Json) -> str:
    """Return a message or view in a few lines, for the report of a failed test."""
    who = "modal" if "root_view_id" in item else "bot" if item.get("bot_id") else item.get("user", "?")
    buttons = " ".join(f"[{label}]" for label, _ in clickable_elements(item))
    words = text_of(item).strip()
    return f"--- {who}\n{words[:1500]}\n    {buttons}".rstrip()


async def wait_until(
    session: aiohttp.ClientSession,
    live: str,
    look: Callable[[], Awaitable[Any]],
    timeout: float,  # noqa: ASYNC109 - the guard of a test
) -> Any:
    """Look now and after each event of the live feed, until there's a result or the timeout."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(timeout), session.ws_connect(live) as feed:
            # The feed is open before the first look, so nothing can slip in between.
            while (found := await look()) is None:
                await feed.receive()
            return found
    return await look()


def _visible_text(text: str) -> str:
    return text.translate(UNSEEN)


def _typed_values(item: Json) -> Iterator[str]:
    for actions in (item.get("values") or {}).values():
        for answer in actions.values():
            if isinstance(answer.get("value"), str):
                yield answer["value"]


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _with_reference_names(text: str) -> str:
    """Replace links and channels by the text that Slack shows for them."""
    text = re.sub(r"<#\w+\|([^>]*)>", r"#\1", text)
    text = re.sub(r"<!(here|channel|everyone)>", r"@\1", text)
    return re.sub(r"<(?:[a-z]+:[^|>]+\|)?([^|>@#!][^|>]*)>", r"\1", text)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)
    elif isinstance(value, dict):
        if value.get("type") == "emoji" and isinstance(value.get("name"), str):
            yield f":{value['name']}:"
        if value.get("type") == "user" and isinstance(value.get("user_id"), str):
            yield f"<@{value['user_id']}>"
        yield from _rich_line(value)


def _rich_line(value: Json) -> Iterator[str]:
    pieces = value.get("elements")
    if str(value.get("type", "")).startswith("rich_text_") and isinstance(pieces, list):
        # The pieces of one line belong together: a fragment may cross from one into the next.
        yield "".join(word for piece in pieces for word in _texts_in(piece))
        return
    for key, item in value.items():
        if key not in UNREAD_KEYS:
            yield from _texts_in(item)


def _pressable_elements(block: Json) -> list[Any]:
    return list(block.get("elements", [])) if block.get("type") in ("actions", "context_actions") else []


def _clickables_of(element: Json, ids: Json) -> Iterator[tuple[str, Json]]:
    kind = element.get("type")
    if kind in ("button", "icon_button"):
        yield _plain(element.get("text")), ids
        return
    if kind == "datepicker":
        yield _plain(element.get("placeholder")), ids
    groups = [group.get("options", []) for group in element.get("option_groups", [])]
    for option in [*element.get("options", []), *(one for group in groups for one in group)]:
        many = kind in ("checkboxes", "multi_static_select")
        choice = {"selected_options": [option]} if many else {"selected_option": option}
        yield _plain(option.get("text")), {**ids, **choice}


def _chosen_value(element: Json, field: str, value: Any) -> Any:
    if field == "selected_option":
        return _option(element, value)
    if field == "selected_options":
        return [_option(element, one) for one in ([value] if isinstance(value, str) else value)]
    return value


def _option(element: Json, wanted: Any) -> Any:
    groups = [group.get("options", []) for group in element.get("option_groups", [])]
    options = [*element.get("options", []), *(one for group in groups for one in group)]
    for option in options:
        if wanted in (_plain(option.get("text")), option.get("value"), option):
            return option
    raise AssertionError(
        f"There is no option {wanted!r}; there are {[_plain(o.get('text')) for o in options]}."
    )


def _plain(text: Any) -> str:
    return str(text.get("text", "")) if isinstance(text, dict) else ""
