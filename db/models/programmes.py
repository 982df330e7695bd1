"""The models of a programme: settings, roles, the audit, and the list of employees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    """A role in a programme. The names are stored and never change."""

    OWNER = "owner"
    SPONSOR = "sponsor"
    PEOPLE_PARTNER = "people_partner"
    RECRUITER = "recruiter"
    EXECUTIVE = "executive"


HaltReason = Literal["owner", "opt_outs"]
"""The reason for a halt: an owner ordered it, or too many people said stop."""


@dataclass(frozen=True)
class Programme:
    """The programme of a workspace and its settings. Segments without a name get the bot's default."""

    team_id: str
    company: str
    created_at: datetime
    aliases: str = ""
    """One per line."""
    tech_en: str | None = None
    tech_ar: str | None = None
    gtm_en: str | None = None
    gtm_ar: str | None = None
    stories_channel: str | None = None
    asks_channel: str | None = None
    week: str = "mon tue wed thu fri"
    opens: str = "10:00"
    """The earliest local time, in the recipient's zone, for campaign messages."""
    closes: str = "16:00"
    country: str | None = None
    tz: str = "UTC"
    """The time zone of people whose zone isn't known."""
    language: Literal["en", "ar"] = "en"
    halted_at: datetime | None = None
    """When proactive messages of the programme were halted."""
    halted_for: HaltReason | None = None
    resumed_at: datetime | None = None
    figures_at: datetime | None = None
    """When figures about people were last computed and opt-outs last reviewed."""

    @property
    def company_names(self) -> tuple[str, ...]:
        """Every name of the company, starting with the main one."""
        return (self.company, *filter(None, self.aliases.splitlines()))

    @property
    def segment_names(self) -> dict[str, str]:
        """The configured names of segments, by segment and language."""
        given = {
            "tech_en": self.tech_en,
            "tech_ar": self.tech_ar,
            "gtm_en": self.gtm_en,
            "gtm_ar": self.gtm_ar,
        }
        return {key: name for key, name in given.items() if name}


@dataclass(frozen=True)
class RoleHolder:
    """A person with a role, and since when they have it."""

    team_id: str
    user_id: str
    role: Role
    granted_at: datetime


@dataclass(frozen=True)
class AuditEntry:
    """An action, its author and its target. The command line and people erased for leaving aren't named."""

    team_id: str
    actor: str | None
    action: str
    target: str | None
    about: str
    created_at: datetime


@dataclass(frozen=True)
class EmployeeRecord:
    """A person's entry in the people list."""

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
    """The latest sync of the directory from Slack: the number of people read so far, and the result."""

    team_id: str
    started_at: datetime
    touched_at: datetime
    done_at: datetime | None = None
    people: int = 0
    problem: str | None = None


@dataclass(frozen=True)
class PeopleListUpload:
    """An uploaded people list: how far it has been read, and the problems by line."""

    team_id: str
    id: str
    user_id: str
    channel: str
    line: int
    taken: int
    problems: str
    uploaded_at: datetime
    done_at: datetime | None = None
