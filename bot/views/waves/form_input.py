"""The form for a wave as it comes back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.text import input_to_plain_text
from bot.views.view_state import FieldErrors, ViewState
from bot.views.waves.form import EXECUTIVES_OPTION, MAX_GREETING_LINES

MAX_LEAD_TIME = timedelta(days=366)


@dataclass(frozen=True)
class WaveForm:
    """An owner's wishes for a wave."""

    name: str
    opens_on: date
    greeting: str = ""
    segments: Collection[str] = ()
    teams: Collection[str] = ()
    executives: bool = False
    chosen: Collection[str] = ()
    chosen_out: Collection[str] = ()
    channel: str | None = None


def parse_wave_form(view: Mapping[str, Any], first_day: date) -> WaveForm | FieldErrors:
    """Return the submitted form, or the errors in it; `first_day` is the earliest day on which a wave may open."""
    state = ViewState.parse(view)
    opens_on = _parse_date(state.text("opens_on"))
    greeting = _greeting_lines(state.text("greeting"))
    errors = {}
    if not state.text("name").strip():
        errors["name"] = "wave-name-empty"
    if not any(state.chosen(field) for field in ("whom", "teams", "chosen")):
        errors["chosen"] = "wave-whom-empty"
    if len(greeting) > MAX_GREETING_LINES:
        errors["greeting"] = "wave-greeting-long"
    if opens_on is None or not first_day <= opens_on <= first_day + MAX_LEAD_TIME:
        errors["opens_on"] = "wave-opens-wrong"
    if errors or opens_on is None:
        return FieldErrors(errors)
    groups = state.chosen("whom")
    return WaveForm(
        " ".join(input_to_plain_text(state.text("name")).split()),
        opens_on,
        "\n".join(greeting),
        segments=tuple(name for name in groups if name != EXECUTIVES_OPTION),
        teams=state.chosen("teams"),
        executives=EXECUTIVES_OPTION in groups,
        chosen=state.chosen("chosen"),
        chosen_out=state.chosen("chosen_out"),
        channel=state.text("channel") or None,
    )


def _greeting_lines(text: str) -> list[str]:
    """Return the owner's own lines without empty ones."""
    return [line.strip() for line in input_to_plain_text(text).splitlines() if line.strip()]


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
