"""What was written, chosen and ticked in a modal, by the id of its block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_VALUE_KEYS = ("value", "selected_time", "selected_date", "selected_user", "selected_conversation")


def view_state_values(view: Mapping[str, Any]) -> dict[str, Any]:
    """A string for what is one thing, nothing given being empty, and a tuple for what is several."""
    values = (view.get("state") or {}).get("values") or {}
    return {
        block: _element_value(element) for block, elements in values.items() for element in elements.values()
    }


def _element_value(element: Mapping[str, Any]) -> str | tuple[str, ...]:
    if "selected_options" in element:
        return tuple(str(option["value"]) for option in element["selected_options"] or ())
    if "selected_option" in element:
        return str((element["selected_option"] or {}).get("value", ""))
    if "selected_users" in element:
        return tuple(map(str, element["selected_users"] or ()))
    return next((str(element[name] or "") for name in _VALUE_KEYS if name in element), "")
