"""The values in a submitted modal, by the id of the field's block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.i18n import Texts

_VALUE_KEYS = ("value", "selected_time", "selected_date", "selected_user", "selected_conversation")


@dataclass(frozen=True)
class FieldErrors:
    """The errors in a submitted form: the key of a sentence for each field that's wrong."""

    keys: Mapping[str, str]

    def sentences(self, texts: Texts) -> dict[str, str]:
        """Return the sentences under the fields, in the reader's language."""
        return {field: texts.label(key) for field, key in self.keys.items()}


@dataclass(frozen=True)
class ViewState:
    """All that was written, chosen and ticked in a modal."""

    values: Mapping[str, str | tuple[str, ...]]
    """A string for a field with one value, empty without one; a tuple for a field with several."""

    @classmethod
    def parse(cls, view: Mapping[str, Any]) -> Self:
        """Return the values in a view."""
        return cls({block: _element_value(element) for block, element in _elements(view)})

    def __contains__(self, field: object) -> bool:
        return field in self.values

    def text(self, field: str) -> str:
        """Return the field's one value; empty without one."""
        value = self.values.get(field, "")
        return value if isinstance(value, str) else ""

    def chosen(self, field: str) -> tuple[str, ...]:
        """Return all values of the field, whether it takes one or several."""
        value = self.values.get(field, ())
        return value if isinstance(value, tuple) else (value,) if value else ()


def text_input_values(view: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts written into a modal's text fields."""
    return {
        block: str(element.get("value") or "")
        for block, element in _elements(view)
        if element.get("type") == "plain_text_input"
    }


def _elements(view: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    values: Mapping[str, Mapping[str, Any]] = (view.get("state") or {}).get("values") or {}
    return [(block, element) for block, elements in values.items() for element in elements.values()]


def _element_value(element: Mapping[str, Any]) -> str | tuple[str, ...]:
    if "selected_options" in element:
        return tuple(str(option["value"]) for option in element["selected_options"] or ())
    if "selected_option" in element:
        return str((element["selected_option"] or {}).get("value", ""))
    if "selected_users" in element:
        return tuple(map(str, element["selected_users"] or ()))
    return next((str(element[name] or "") for name in _VALUE_KEYS if name in element), "")
