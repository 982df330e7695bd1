"""The nouns of invitations: a wave as it is stored, and who stands on its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

WavePart = Literal["chosen", "chosen_out", "invited"]
"""How somebody stands on a wave's list: named by the owner, left out by the owner, or on the roll."""


@dataclass(frozen=True)
class StoredWave:
    """A wave as it lies in the database: whom it is for, when it is open, and what the owner says."""

    team_id: str
    id: str
    name: str
    opens_on: date
    closes_on: date
    greeting: str
    created_at: datetime
    version: int = 1
    """Counts up with each change, so that nobody starts another wave than the one they were shown."""
    segments: str = ""
    """Their names, with spaces between."""
    teams: str = ""
    """One on each line."""
    executives: bool = False
    channel: str | None = None
    asked_by: str | None = None
    greeted_by: str | None = None
    """Who wrote the greeting: it goes when they have everything deleted."""
    started_at: datetime | None = None


WaveAnswerKind = Literal["begun", "declined", "later"]


@dataclass(frozen=True)
class WaveAnswer:
    """What somebody did with their invitation to a wave; the latest counts."""

    team_id: str
    user_id: str
    wave_id: str
    answer: WaveAnswerKind
    answered_at: datetime


@dataclass(frozen=True)
class WaveMember:
    """Somebody on the list of a wave. People who left long ago have no name there any more."""

    member: str | None
    part: WavePart
    segment: str | None = None
    off_at: datetime | None = None
    """When an owner took them off again. They stay on the roll, for its length is fixed."""
    is_counted: bool = True
    """Whether the figures of this wave count them; else those of the wave that listed them first do."""

    @property
    def is_excluded(self) -> bool:
        """Whether nothing of the wave is to reach them, by an owner's word."""
        return self.part == "chosen_out" or self.off_at is not None


FigureStep = Literal["started", "finished"]
"""What a published figure counts: people who started, or who finished."""
FigureForm = Literal["exact", "all", "step"]
"""How a figure may be told: as a number, as nearly everyone on the list, or as nearly everyone who started."""
ALL_SEGMENTS = "*"
"""The segment of a figure about all segments together."""


@dataclass(frozen=True)
class PublishedFigure:
    """A figure about people as it was last published. It stays as it is until five more people have entered it."""

    wave_id: str
    segment: str
    step: FigureStep
    count: int
    out_of: int
    """How many there were in all when it was published: on the list or, in the form `step`, published as started."""
    form: FigureForm
