"""Small checks to be combined into Slack's schemas; complaints are worded like Slack's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """Complaints so far, and the state a check needs across elements."""

    surface: str = "message"
    complaints: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    focused: int = 0

    def add_complaint(self, complaint: str, place: str) -> None:
        """Add a complaint about a place."""
        self.complaints.append(f"[ERROR] {complaint} [json-pointer:{place}]")


Check = Callable[[Any, str, Report], None]


def string(most: int, least: int = 1) -> Check:
    """Return a check for a string of `least` to `most` characters."""

    def check(value: Any, place: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add_complaint("must be a string", place)
        elif len(value) < least:
            report.add_complaint(f"must be more than {least - 1} characters", place)
        elif len(value) > most:
            report.add_complaint(f"must be less than {most + 1} characters", place)

    return check


def boolean(value: Any, place: str, report: Report) -> None:
    """Check for true or false."""
    if not isinstance(value, bool):
        report.add_complaint("must be a boolean", place)


def integer(least: int, most: int) -> Check:
    """Return a check for a whole number from `least` to `most`."""

    def check(value: Any, place: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add_complaint("must be an integer", place)
        elif value < least:
            report.add_complaint(f"must be more than {least - 1}", place)
        elif value > most:
            report.add_complaint(f"must be less than {most + 1}", place)

    return check


def one_of(*allowed: str) -> Check:
    """Return a check for one of these words."""

    def check(value: Any, place: str, report: Report) -> None:
        if value not in allowed:
            report.add_complaint("value must be one of: " + ", ".join(allowed), place)

    return check


def anything(value: Any, place: str, report: Report) -> None:
    """Accept any value."""


def list_of(check_item: Check, most: int, least: int = 1) -> Check:
    """Return a check for a list of `least` to `most` items that each pass."""

    def check(value: Any, place: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add_complaint("must be an array", place)
            return
        if len(value) < least:
            report.add_complaint(f"no fewer than {least} items required", place)
        if len(value) > most:
            report.add_complaint(f"no more than {most} items allowed", place)
        for number, item in enumerate(value[:most]):
            check_item(item, f"{place}/{number}", report)

    return check


def object_of(needed: Mapping[str, Check], allowed: Mapping[str, Check] | None = None) -> Check:
    """Return a check for an object with these fields and no others."""
    fields = {**needed, **(allowed or {})}

    def check(value: Any, place: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add_complaint("must be an object", place)
            return
        for name in needed:
            if value.get(name) is None:
                report.add_complaint(f"missing required field: {name}", place)
        for name, item in value.items():
            if name == "type":
                continue
            if name not in fields:
                report.add_complaint(f"invalid additional property: {name}", place)
            elif item is not None:
                fields[name](item, f"{place}/{name}", report)

    return check


def one_of_types(table: Mapping[str, Check], allowed: Iterable[str] | None = None) -> Check:
    """Return a check for an object whose type is in the table (and among the allowed ones)."""
    types = set(allowed) if allowed is not None else None

    def check(value: Any, place: str, report: Report) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            report.add_complaint(
                "missing required field: type" if isinstance(value, dict) else "must be an object", place
            )
        elif kind not in table or (types is not None and kind not in types):
            report.add_complaint(f"unsupported type: {kind}", f"{place}/type")
        else:
            table[kind](value, place, report)

    return check


def all_of(*checks: Check) -> Check:
    """Return a check that applies all of these."""

    def check(value: Any, place: str, report: Report) -> None:
        for check_one in checks:
            check_one(value, place, report)

    return check
