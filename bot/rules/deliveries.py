"""How delivery stands, as owners may read it: nothing that one person does or leaves undone can be worked out from it.

Owners know who stands on the list of a wave, and when each is due; whatever is missing from a number tells of
somebody. So what went out and what was not wanted any more are one number, of days that are over, rounded down and
told from five on. Who waits, and for what, is not told at all; nor is anything that concerns people's own stories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar
from bot.rules.verdicts import Reason
from bot.rules.waves import FEWEST_SHOWN
from db.models.notices import Tally
from db.models.programmes import Programme

BEHIND = timedelta(minutes=15)
"""How long something may have been due before the bot is behind."""

_PRIVATE = frozenset(r.value for r in Reason if r.is_private or r is Reason.DO_NOT_DISTURB)
"""What is up to the person: their do-not-disturb is, too."""


class Standing(StrEnum):
    """How it stands."""

    OFF = "off"
    HALTED = "halted"
    HALTED_BY_ITSELF = "halted_by_itself"
    BEHIND = "behind"
    WELL = "well"


@dataclass(frozen=True)
class Done:
    """That so many notices of a kind, or more, were dealt with on a day: said, or not wanted any more."""

    day: date
    kind: str
    least: int


@dataclass(frozen=True)
class Delivered:
    """What may be told of what went to people. A number of fewer than five is None, and so is none at all."""

    done: tuple[Done, ...] = ()
    unknown: int | None = None
    """Of how many nobody knows whether they arrived."""
    expired: int | None = None
    """How many came too late to be said, for no reason of anybody's own."""
    refused: tuple[str, ...] = ()
    """Slack's words for why it refuses something for good; neither how often nor to whom."""


def standing(programme: Programme, oldest_due: datetime | None, now: datetime, *, is_off: bool) -> Standing:
    """How it stands; of two things the one that has to be mended first."""
    if is_off:
        return Standing.OFF
    if programme.halted_at is not None:
        return Standing.HALTED_BY_ITSELF if programme.halted_for == "opt_outs" else Standing.HALTED
    return Standing.BEHIND if oldest_due is not None and now - oldest_due > BEHIND else Standing.WELL


def days_before(now: datetime, count: int, calendar: Calendar) -> tuple[date, ...]:
    """So many dates, of which today is the last."""
    today = calendar.date_of(now)
    return tuple(today - timedelta(days=n) for n in reversed(range(count)))


def rounded(n: int) -> int | None:
    """A number as it is told: rounded down to 5, 10, 20, 50 and so on; None under five."""
    step, found = FEWEST_SHOWN, None
    while n >= step:
        found = step
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return found


def delivered(tallies: Iterable[Tally], kinds: Collection[str], days: tuple[date, ...]) -> Delivered:
    """What may be told of these, where the kinds are those by which the programme writes to people."""
    told = [one for one in tallies if one.to_person]
    done: Counter[tuple[int, str]] = Counter()
    for one in told:
        if one.kind in kinds and one.day < len(days) - 1 and _is_done(one):
            done[one.day, one.kind] += one.n
    numbers = {key: rounded(n) for key, n in sorted(done.items())}
    ours = [one for one in told if one.kind in kinds]
    unknown = sum(one.n for one in ours if one.state == "unknown")
    expired = sum(one.n for one in ours if one.state == "expired" and not _is_done(one))
    refused = sorted({one.reason or "" for one in told if one.state == "failed"})
    return Delivered(
        tuple(Done(days[day], kind, n) for (day, kind), n in numbers.items() if n is not None),
        rounded(unknown),
        rounded(expired),
        tuple(refused),
    )


def _is_done(tally: Tally) -> bool:
    """Whether it was said, or was not to be said for a reason that may be the person's own."""
    return tally.state in ("sent", "suppressed") or (tally.state == "expired" and tally.reason in _PRIVATE)


_WAITS: Mapping[str, str] = {
    "halted": "halted",
    "workspace_off": "slack",
    "ratelimited": "slack",
    "unconnected": "slack",
    "pace": "slack",
    "quiet_hours": "hours",
}


def waits_for(reason: str | None, *, is_halted: bool) -> str:
    """What something waits for that is to be said in a channel: `halted`, `slack`, `hours`, or its `time`."""
    return "halted" if is_halted else _WAITS.get(reason or "", "time")
