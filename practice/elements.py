"""Slack's schemas of texts, options and the elements one can press, choose from or type into."""

from typing import Any

from practice.schemas import (
    Check,
    Report,
    also,
    anything,
    boolean,
    list_of,
    one_of,
    shape,
    string,
    typed,
    whole,
)

_PLAIN = {"emoji": boolean}
_MRKDWN = {"verbatim": boolean}


def plain(most: int) -> Check:
    """Want a plain_text object."""
    return typed({"plain_text": shape({"text": string(most)}, _PLAIN)})


def text(most: int) -> Check:
    """Want a text object of either kind."""
    return typed(
        {
            "plain_text": shape({"text": string(most)}, _PLAIN),
            "mrkdwn": shape({"text": string(most)}, _MRKDWN),
        }
    )


ID = string(255)
CONFIRM = shape(
    {"title": plain(100), "text": text(300)},
    {"confirm": plain(30), "deny": plain(30), "style": one_of("primary", "danger")},
)
OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
RICH_OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})
OVERFLOW_OPTION = shape(
    {"text": plain(75), "value": string(150)}, {"description": plain(75), "url": string(3000)}
)
OPTION_GROUP = shape({"label": plain(75), "options": list_of(OPTION, 100)})
FILTER = shape(
    {}, {"include": anything, "exclude_external_shared_channels": boolean, "exclude_bot_users": boolean}
)
DISPATCH = shape({}, {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), 2)})
SLACK_FILE = shape({}, {"id": string(255), "url": string(3000)})


def _focus(value: Any, place: str, report: Report) -> None:
    report.focused += bool(value.get("focus_on_load"))
    if value.get("focus_on_load") and report.focused == 2:
        report.say("only one element can have focus_on_load set to true", place)


def _options_or_groups(value: Any, place: str, report: Report) -> None:
    has = [name for name in ("options", "option_groups") if value.get(name) is not None]
    if len(has) != 1:
        report.say("exactly one of options or option_groups is required", place)


def _initial_is_an_option(value: Any, place: str, report: Report) -> None:
    known = [option.get("value") for option in options_of(value)]
    initial = value.get("initial_options")
    chosen = initial if isinstance(initial, list) else []
    if isinstance(value.get("initial_option"), dict):
        chosen = [value["initial_option"]]
    for option in chosen:
        if isinstance(option, dict) and option.get("value") not in known:
            report.say("initial option must match one of the options", place)


def _number_range(value: Any, place: str, report: Report) -> None:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        report.say("min_length must not be more than max_length", place)


def options_of(element: Any) -> list[dict[str, Any]]:
    """Give all options of a select, radio, checkboxes or overflow element."""
    lists = [element.get("options")]
    groups = element.get("option_groups")
    lists += (
        [group.get("options") for group in groups if isinstance(group, dict)]
        if isinstance(groups, list)
        else []
    )
    return [
        option
        for options in lists
        if isinstance(options, list)
        for option in options
        if isinstance(option, dict)
    ]


_COMMON: dict[str, Check] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
_FIELD: dict[str, Check] = {**_COMMON, "placeholder": plain(150)}
_URLS = {"response_url_enabled": boolean, "default_to_current_conversation": boolean, "filter": FILTER}
_MOST = {"max_selected_items": whole(1, 100)}


def _select(needed: dict[str, Check], allowed: dict[str, Check]) -> Check:
    return also(shape(needed, {**_FIELD, **allowed}), _focus, _initial_is_an_option)


def _choice(option: Check, most: int, initial: dict[str, Check]) -> Check:
    fields = shape({"options": list_of(option, most)}, {**_COMMON, **initial})
    return also(fields, _focus, _initial_is_an_option)


_STATIC: dict[str, Check] = {"options": list_of(OPTION, 100), "option_groups": list_of(OPTION_GROUP, 100)}
_INPUT: dict[str, Check] = {**_FIELD, "dispatch_action_config": DISPATCH}
_MANY: dict[str, Check] = {"initial_options": list_of(OPTION, 100), **_MOST}

ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"text": plain(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "url": string(3000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": shape({"options": list_of(OVERFLOW_OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM}),
    "static_select": also(_select({}, {**_STATIC, "initial_option": OPTION}), _options_or_groups),
    "multi_static_select": also(_select({}, {**_STATIC, **_MANY}), _options_or_groups),
    "external_select": _select({}, {"min_query_length": whole(0, 3000), "initial_option": anything}),
    "users_select": _select({}, {"initial_user": ID}),
    "multi_users_select": _select({}, {"initial_users": list_of(ID, 100, 0), **_MOST}),
    "conversations_select": _select({}, {"initial_conversation": ID, **_URLS}),
    "multi_conversations_select": _select(
        {}, {"initial_conversations": list_of(ID, 100, 0), **_MOST, **_URLS}
    ),
    "channels_select": _select({}, {"initial_channel": ID, "response_url_enabled": boolean}),
    "multi_channels_select": _select({}, {"initial_channels": list_of(ID, 100, 0), **_MOST}),
    "radio_buttons": _choice(RICH_OPTION, 10, {"initial_option": RICH_OPTION}),
    "checkboxes": _choice(RICH_OPTION, 10, {"initial_options": list_of(RICH_OPTION, 10)}),
    "datepicker": also(shape({}, {**_FIELD, "initial_date": string(10, 10)}), _focus),
    "timepicker": also(shape({}, {**_FIELD, "initial_time": string(5, 5), "timezone": string(100)}), _focus),
    "datetimepicker": also(shape({}, {**_COMMON, "initial_date_time": whole(10**9, 10**10 - 1)}), _focus),
    "plain_text_input": also(
        shape(
            {},
            {
                **_INPUT,
                "initial_value": string(3000, 0),
                "multiline": boolean,
                "min_length": whole(0, 3000),
                "max_length": whole(1, 3000),
            },
        ),
        _focus,
        _number_range,
    ),
    "rich_text_input": also(shape({}, {**_INPUT, "initial_value": anything}), _focus),
    "email_text_input": also(shape({}, {**_INPUT, "initial_value": string(3000, 0)}), _focus),
    "url_text_input": also(shape({}, {**_INPUT, "initial_value": string(3000, 0)}), _focus),
    "number_input": also(
        shape(
            {"is_decimal_allowed": boolean},
            {**_INPUT, "initial_value": string(100, 0), "min_value": string(100), "max_value": string(100)},
        ),
        _focus,
    ),
    "file_input": shape(
        {}, {"action_id": ID, "filetypes": list_of(string(20), 100), "max_files": whole(1, 10)}
    ),
    "image": shape({"alt_text": string(2000)}, {"image_url": string(3000), "slack_file": SLACK_FILE}),
    "feedback_buttons": shape({"positive_button": anything, "negative_button": anything}, {"action_id": ID}),
    "icon_button": shape(
        {"icon": one_of("trash"), "text": plain(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": list_of(ID, 100),
        },
    ),
}

SELECTS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker"})
CHOICES = frozenset({"checkboxes", "radio_buttons"})
INPUTS = frozenset(name for name in ELEMENTS if name.endswith("_input"))
IN_SECTION = SELECTS | CHOICES | {"button", "overflow", "image", "datepicker", "timepicker"}
IN_ACTIONS = SELECTS | CHOICES | PICKERS | {"button", "overflow"}
IN_INPUT = SELECTS | CHOICES | PICKERS | INPUTS
