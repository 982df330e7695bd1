"""The nouns of a programme: its settings, who holds which role, what was changed, and the list of its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    """What somebody is in a programme. The names are stored; they never change."""

    OWNER = "owner"
    SPONSOR = "sponsor"
    PEOPLE_PARTNER = "people_partner"
    RECRUITER = "recruiter"
    EXECUTIVE = "executive"


HaltReason = Literal["owner", "opt_outs"]
"""Why everything is halted: an owner said so, or too many people have said stop."""


@dataclass(frozen=True)
class Programme:
    """What one workspace runs: all that was set for it. Names of segments left empty are the bot's own."""

    team_id: str
    company: str
    created_at: datetime
    aliases: str = ""
    """One on each line."""
    tech_en: str | None = None
    tech_ar: str | None = None
    gtm_en: str | None = None
    gtm_ar: str | None = None
    stories_channel: str | None = None
    asks_channel: str | None = None
    week: str = "mon tue wed thu fri"
    opens: str = "10:00"
    """When messages that the programme wants may begin to come, by the clock on the wall of whoever gets them."""
    closes: str = "16:00"
    country: str | None = None
    tz: str = "UTC"
    """For people whose own zone is not known."""
    language: Literal["en", "ar"] = "en"
    halted_at: datetime | None = None
    """Since when nothing goes out that the programme says unasked."""
    halted_for: HaltReason | None = None
    resumed_at: datetime | None = None
    figures_at: datetime | None = None
    """When figures about people were last worked out, and stops judged."""

    @property
    def company_names(self) -> tuple[str, ...]:
        """Every name of the company, the first one first."""
        return (self.company, *filter(None, self.aliases.splitlines()))

    @property
    def segment_names(self) -> dict[str, str]:
        """The segments' own names, as far as they have any, under segment and language."""
        given = {
            "tech_en": self.tech_en,
            "tech_ar": self.tech_ar,
            "gtm_en": self.gtm_en,
            "gtm_ar": self.gtm_ar,
        }
        return {key: name for key, name in given.items() if name}


@dataclass(frozen=True)
class RoleHolder:
    """That somebody holds a role, and since when."""

    team_id: str
    user_id: str
    role: Role
    granted_at: datetime


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to whom, or to what. The command line and the erased have no name here."""

    team_id: str
    actor: str | None
    action: str
    target: str | None
    about: str
    created_at: datetime


@dataclass(frozen=True)
class EmployeeRecord:
    """What the people list says of somebody."""

    team_id: str
    user_id: str
    works_in: str | None
    starts_on: date | None
    country: str | None
    week: str | None
    recorded_at: datetime
    segment: str | None = None


@dataclass(frozen=True)
class DirectorySync:
    """The latest reading of everybody from Slack: how many so far, and what came of it."""

    team_id: str
    started_at: datetime
    touched_at: datetime
    done_at: datetime | None = None
    people: int = 0
    problem: str | None = None


@dataclass(frozen=True)
class PeopleListUpload:
    """A people list that was given: how far it has been read, and what was wrong with which line."""

    team_id: str
    id: str
    user_id: str
    channel: str
    line: int
    taken: int
    problems: str
    uploaded_at: datetime
    done_at: datetime | None = None
