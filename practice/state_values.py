"""Values of the inputs in a message or view: defaults, and what a person chose or typed."""

from typing import Any

from practice.blocks import interactive_elements
from practice.elements import options_of
from practice.payloads import GestureError, Json, as_object

# element type -> (its value's field, its default's field, its empty value)
VALUE_FIELDS: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "file_input": ("files", "initial_files", []),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
}
TEXT_INPUTS = frozenset(name for name in VALUE_FIELDS if name.endswith("_input")) - {
    "rich_text_input",
    "file_input",
}
REQUIRED_FIELD_TEXT = "Please complete this required field."


def input_values(blocks: list[Json], given: Json) -> Json:
    """Return state.values: each input's given value, or its default."""
    values: Json = {}
    for block in blocks:
        for element in interactive_elements(block):
            kind = element.get("type")
            if kind not in VALUE_FIELDS:
                continue
            answer = as_object(as_object(given.get(block["block_id"])).get(element["action_id"]))
            values.setdefault(block["block_id"], {})[element["action_id"]] = _element_value(element, answer)
    return values


def chosen_option(element: Json, wanted: Any) -> Json:
    """Return the whole option, given its value or the option itself."""
    value = wanted.get("value") if isinstance(wanted, dict) else wanted
    for option in options_of(element):
        if option.get("value") == value:
            return option
    if isinstance(wanted, dict):
        return wanted
    raise GestureError(f"{element.get('type')} has no option {value!r}.")


def merge_values(known: Json, new_values: Any) -> Json:
    """Merge newly typed or chosen values into the known ones."""
    merged = {block: dict(actions) for block, actions in known.items()}
    for block, actions in as_object(new_values).items():
        merged.setdefault(block, {}).update(as_object(actions))
    return merged


def client_errors(blocks: list[Json], values: Json) -> Json:
    """Return the errors that Slack's own client shows before it sends a form."""
    errors: Json = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        kind = element["type"]
        field, _, empty = VALUE_FIELDS[kind]
        value = values[block["block_id"]][element["action_id"]].get(field)
        if value in (None, "", []) or value == empty:
            if not block.get("optional"):
                errors[block["block_id"]] = REQUIRED_FIELD_TEXT
        elif kind in TEXT_INPUTS:
            problem = _length_problem(element, str(value))
            if problem:
                errors[block["block_id"]] = problem
    return errors


def _length_problem(element: Json, value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter no more than {most} characters." if len(value) > most else ""


def _element_value(element: Json, answer: Json) -> Json:
    kind = element["type"]
    field, default, empty = VALUE_FIELDS[kind]
    value = answer[field] if field in answer else element.get(default, empty)
    if field == "selected_option" and value is not None:
        value = chosen_option(element, value)
    elif field == "selected_options":
        value = [chosen_option(element, item) for item in value or []]
    elif kind in TEXT_INPUTS and value == "":
        value = None
    return {"type": kind, field: value}
