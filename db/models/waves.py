"""The models of invitations: stored waves, their members, answers and published figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

WavePart = Literal["chosen", "chosen_out", "invited"]
"""The status of a wave's member: named by the owner, excluded by the owner, or invited."""


@dataclass(frozen=True)
class StoredWave:
    """A wave as stored: its audience, when it's open, and the owner's greeting."""

    team_id: str
    id: str
    name: str
    opens_on: date
    closes_on: date
    greeting: str
    created_at: datetime
    version: int = 1
    """Incremented with each change, so that nobody starts a wave that differs from the one they were shown."""
    segments: str = ""
    """Names separated by spaces."""
    teams: str = ""
    """One per line."""
    executives: bool = False
    channel: str | None = None
    asked_by: str | None = None
    greeted_by: str | None = None
    """The author of the greeting, which is deleted when they have everything erased."""
    started_at: datetime | None = None


WaveAnswerKind = Literal["begun", "declined", "later"]


@dataclass(frozen=True)
class WaveAnswer:
    """A person's answer to their invitation to a wave; the latest one counts."""

    team_id: str
    user_id: str
    wave_id: str
    answer: WaveAnswerKind
    answered_at: datetime


@dataclass(frozen=True)
class WaveMember:
    """A member of a wave. People erased for leaving are no longer named."""

    member: str | None
    part: WavePart
    segment: str | None = None
    off_at: datetime | None = None
    """When an owner removed them. They stay on the roll, because its length is fixed."""
    is_counted: bool = True
    """Whether this wave's figures count them; if not, those of the first wave that listed them do."""

    @property
    def is_excluded(self) -> bool:
        """Whether an owner decided that they must get nothing from the wave."""
        return self.part == "chosen_out" or self.off_at is not None


FigureStep = Literal["started", "finished"]
"""The step that a published figure counts: people who started, or who finished."""
FigureForm = Literal["exact", "all", "step"]
"""The form of a figure: a number, nearly everyone on the list, or nearly everyone who started."""
ALL_SEGMENTS = "*"
"""The segment of a figure for all segments together."""


@dataclass(frozen=True)
class PublishedFigure:
    """A figure about people as last published. It stays unchanged until five more people have entered it."""

    wave_id: str
    segment: str
    step: FigureStep
    count: int
    out_of: int
    """The total when it was published: people on the list or, in the form `step`, the published number who started."""
    form: FigureForm
