"""Small checks that are put together into Slack's schemas; each complaint reads like Slack's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """What a check found wrong, and what it has to remember while walking."""

    surface: str = "message"
    complaints: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    focused: int = 0

    def add_complaint(self, complaint: str, place: str) -> None:
        """Note a complaint about a place."""
        self.complaints.append(f"[ERROR] {complaint} [json-pointer:{place}]")


Check = Callable[[Any, str, Report], None]


def string(most: int, least: int = 1) -> Check:
    """Want a string of so many characters."""

    def check(value: Any, place: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add_complaint("must be a string", place)
        elif len(value) < least:
            report.add_complaint(f"must be more than {least - 1} characters", place)
        elif len(value) > most:
            report.add_complaint(f"must be less than {most + 1} characters", place)

    return check


def boolean(value: Any, place: str, report: Report) -> None:
    """Want true or false."""
    if not isinstance(value, bool):
        report.add_complaint("must be a boolean", place)


def integer(least: int, most: int) -> Check:
    """Want a whole number in a range."""

    def check(value: Any, place: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add_complaint("must be an integer", place)
        elif value < least:
            report.add_complaint(f"must be more than {least - 1}", place)
        elif value > most:
            report.add_complaint(f"must be less than {most + 1}", place)

    return check


def one_of(*allowed: str) -> Check:
    """Want one of these words."""

    def check(value: Any, place: str, report: Report) -> None:
        if value not in allowed:
            report.add_complaint("value must be one of: " + ", ".join(allowed), place)

    return check


def anything(value: Any, place: str, report: Report) -> None:
    """Want nothing in particular."""


def list_of(check_item: Check, most: int, least: int = 1) -> Check:
    """Want a list of so many of the same."""

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
    """Want an object with these fields, and no others."""
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
    """Want an object whose type is in the table (and among the allowed ones)."""
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
    """Want all of these."""

    def check(value: Any, place: str, report: Report) -> None:
        for one in checks:
            one(value, place, report)

    return check
