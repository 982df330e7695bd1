"""Slack's schemas of texts, options and interactive elements."""

from typing import Any

from practice.schemas import (
    Check,
    Report,
    all_of,
    anything,
    boolean,
    integer,
    list_of,
    object_of,
    one_of,
    one_of_types,
    string,
)

_PLAIN_TEXT_FIELDS = {"emoji": boolean}
_MRKDWN_FIELDS = {"verbatim": boolean}


def plain_text_object(most: int) -> Check:
    """Return a check for a plain_text object."""
    return one_of_types({"plain_text": object_of({"text": string(most)}, _PLAIN_TEXT_FIELDS)})


def text_object(most: int) -> Check:
    """Return a check for a text object of either kind."""
    return one_of_types(
        {
            "plain_text": object_of({"text": string(most)}, _PLAIN_TEXT_FIELDS),
            "mrkdwn": object_of({"text": string(most)}, _MRKDWN_FIELDS),
        }
    )


ID = string(255)
CONFIRM_DIALOG = object_of(
    {"title": plain_text_object(100), "text": text_object(300)},
    {"confirm": plain_text_object(30), "deny": plain_text_object(30), "style": one_of("primary", "danger")},
)
OPTION = object_of(
    {"text": plain_text_object(75), "value": string(150)}, {"description": plain_text_object(75)}
)
RICH_OPTION = object_of({"text": text_object(75), "value": string(150)}, {"description": text_object(75)})
OVERFLOW_OPTION = object_of(
    {"text": plain_text_object(75), "value": string(150)},
    {"description": plain_text_object(75), "url": string(3000)},
)
OPTION_GROUP = object_of({"label": plain_text_object(75), "options": list_of(OPTION, 100)})
CONVERSATION_FILTER = object_of(
    {}, {"include": anything, "exclude_external_shared_channels": boolean, "exclude_bot_users": boolean}
)
DISPATCH_CONFIG = object_of(
    {}, {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), 2)}
)
SLACK_FILE = object_of({}, {"id": string(255), "url": string(3000)})


def _check_focus(value: Any, place: str, report: Report) -> None:
    report.focused += bool(value.get("focus_on_load"))
    if value.get("focus_on_load") and report.focused == 2:
        report.add_complaint("only one element can have focus_on_load set to true", place)


def _check_options_or_groups(value: Any, place: str, report: Report) -> None:
    has = [name for name in ("options", "option_groups") if value.get(name) is not None]
    if len(has) != 1:
        report.add_complaint("exactly one of options or option_groups is required", place)


def _check_initial_option(value: Any, place: str, report: Report) -> None:
    known = [option.get("value") for option in options_of(value)]
    initial = value.get("initial_options")
    chosen = initial if isinstance(initial, list) else []
    if isinstance(value.get("initial_option"), dict):
        chosen = [value["initial_option"]]
    for option in chosen:
        if isinstance(option, dict) and option.get("value") not in known:
            report.add_complaint("initial option must match one of the options", place)


def _check_length_range(value: Any, place: str, report: Report) -> None:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        report.add_complaint("min_length must not be more than max_length", place)


def options_of(element: Any) -> list[dict[str, Any]]:
    """Return all options of a select, radio, checkboxes or overflow element."""
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


_COMMON_FIELDS: dict[str, Check] = {"action_id": ID, "confirm": CONFIRM_DIALOG, "focus_on_load": boolean}
_PLACEHOLDER_FIELDS: dict[str, Check] = {**_COMMON_FIELDS, "placeholder": plain_text_object(150)}
_CONVERSATION_FIELDS = {
    "response_url_enabled": boolean,
    "default_to_current_conversation": boolean,
    "filter": CONVERSATION_FILTER,
}
_MAX_SELECTED = {"max_selected_items": integer(1, 100)}


def _select_schema(needed: dict[str, Check], allowed: dict[str, Check]) -> Check:
    return all_of(object_of(needed, {**_PLACEHOLDER_FIELDS, **allowed}), _check_focus, _check_initial_option)


def _choice_schema(option: Check, most: int, initial: dict[str, Check]) -> Check:
    fields = object_of({"options": list_of(option, most)}, {**_COMMON_FIELDS, **initial})
    return all_of(fields, _check_focus, _check_initial_option)


_STATIC_OPTIONS: dict[str, Check] = {
    "options": list_of(OPTION, 100),
    "option_groups": list_of(OPTION_GROUP, 100),
}
_INPUT_FIELDS: dict[str, Check] = {**_PLACEHOLDER_FIELDS, "dispatch_action_config": DISPATCH_CONFIG}
_MULTI_SELECT_FIELDS: dict[str, Check] = {"initial_options": list_of(OPTION, 100), **_MAX_SELECTED}

ELEMENTS: dict[str, Check] = {
    "button": object_of(
        {"text": plain_text_object(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "url": string(3000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM_DIALOG,
            "accessibility_label": string(75),
        },
    ),
    "overflow": object_of(
        {"options": list_of(OVERFLOW_OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM_DIALOG}
    ),
    "static_select": all_of(
        _select_schema({}, {**_STATIC_OPTIONS, "initial_option": OPTION}), _check_options_or_groups
    ),
    "multi_static_select": all_of(
        _select_schema({}, {**_STATIC_OPTIONS, **_MULTI_SELECT_FIELDS}), _check_options_or_groups
    ),
    "external_select": _select_schema({}, {"min_query_length": integer(0, 3000), "initial_option": anything}),
    "users_select": _select_schema({}, {"initial_user": ID}),
    "multi_users_select": _select_schema({}, {"initial_users": list_of(ID, 100, 0), **_MAX_SELECTED}),
    "conversations_select": _select_schema({}, {"initial_conversation": ID, **_CONVERSATION_FIELDS}),
    "multi_conversations_select": _select_schema(
        {}, {"initial_conversations": list_of(ID, 100, 0), **_MAX_SELECTED, **_CONVERSATION_FIELDS}
    ),
    "channels_select": _select_schema({}, {"initial_channel": ID, "response_url_enabled": boolean}),
    "multi_channels_select": _select_schema({}, {"initial_channels": list_of(ID, 100, 0), **_MAX_SELECTED}),
    "radio_buttons": _choice_schema(RICH_OPTION, 10, {"initial_option": RICH_OPTION}),
    "checkboxes": _choice_schema(RICH_OPTION, 10, {"initial_options": list_of(RICH_OPTION, 10)}),
    "datepicker": all_of(
        object_of({}, {**_PLACEHOLDER_FIELDS, "initial_date": string(10, 10)}), _check_focus
    ),
    "timepicker": all_of(
        object_of({}, {**_PLACEHOLDER_FIELDS, "initial_time": string(5, 5), "timezone": string(100)}),
        _check_focus,
    ),
    "datetimepicker": all_of(
        object_of({}, {**_COMMON_FIELDS, "initial_date_time": integer(10**9, 10**10 - 1)}), _check_focus
    ),
    "plain_text_input": all_of(
        object_of(
            {},
            {
                **_INPUT_FIELDS,
                "initial_value": string(3000, 0),
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
            },
        ),
        _check_focus,
        _check_length_range,
    ),
    "rich_text_input": all_of(object_of({}, {**_INPUT_FIELDS, "initial_value": anything}), _check_focus),
    "email_text_input": all_of(
        object_of({}, {**_INPUT_FIELDS, "initial_value": string(3000, 0)}), _check_focus
    ),
    "url_text_input": all_of(
        object_of({}, {**_INPUT_FIELDS, "initial_value": string(3000, 0)}), _check_focus
    ),
    "number_input": all_of(
        object_of(
            {"is_decimal_allowed": boolean},
            {
                **_INPUT_FIELDS,
                "initial_value": string(100, 0),
                "min_value": string(100),
                "max_value": string(100),
            },
        ),
        _check_focus,
    ),
    "file_input": object_of(
        {}, {"action_id": ID, "filetypes": list_of(string(20), 100), "max_files": integer(1, 10)}
    ),
    "image": object_of({"alt_text": string(2000)}, {"image_url": string(3000), "slack_file": SLACK_FILE}),
    "feedback_buttons": object_of(
        {"positive_button": anything, "negative_button": anything}, {"action_id": ID}
    ),
    "icon_button": object_of(
        {"icon": one_of("trash"), "text": plain_text_object(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "confirm": CONFIRM_DIALOG,
            "accessibility_label": string(75),
            "visible_to_user_ids": list_of(ID, 100),
        },
    ),
}

SELECTS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker"})
CHOICES = frozenset({"checkboxes", "radio_buttons"})
INPUTS = frozenset(name for name in ELEMENTS if name.endswith("_input"))
SECTION_ELEMENTS = SELECTS | CHOICES | {"button", "overflow", "image", "datepicker", "timepicker"}
ACTIONS_ELEMENTS = SELECTS | CHOICES | PICKERS | {"button", "overflow"}
INPUT_ELEMENTS = SELECTS | CHOICES | PICKERS | INPUTS
