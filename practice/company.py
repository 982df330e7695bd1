"""Reads the invented company: who works there and which channels they have."""

from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from practice.payloads import Json, as_list, as_object


class CompanyError(Exception):
    """The company file is missing or is not what it should be."""


@dataclass(frozen=True)
class Company:
    """The company file, checked for what everything else relies on."""

    team_id: str
    team_name: str
    domain: str
    app_id: str
    bot_id: str
    bot_user: str
    people: list[Json] = field(default_factory=list)
    channels: list[Json] = field(default_factory=list)

    @classmethod
    def from_dict(cls, raw: Any) -> "Company":
        """Check a parsed company file and give the company."""
        source = as_object(raw)
        team, app = as_object(source.get("team")), as_object(source.get("app"))
        people, channels = as_list(source.get("people")), as_list(source.get("channels"))
        if not team.get("id") or not people:
            raise CompanyError("The company file needs at least team.id and people.")
        for entry in [*people, *channels]:
            if not as_object(entry).get("id") or not entry.get("name"):
                raise CompanyError(f"This entry of the company file has no id or no name: {entry}")
        return cls(
            team_id=str(team["id"]),
            team_name=str(team.get("name", team["id"])),
            domain=str(team.get("domain", "practice")),
            app_id=str(app.get("id", "A0HAKAWATI")),
            bot_id=str(app.get("bot_id", "B0HAKAWATI")),
            bot_user=str(app.get("bot_user", "U0HAKAWATI")),
            people=people,
            channels=channels,
        )


def load_company(path: Path | None = None) -> Company:
    """Read the company of this package, or another file."""
    place = path or resources.files("practice") / "company.yaml"
    if not place.is_file():
        raise CompanyError(f"There is no company file at {place}: it names the people and the channels.")
    return Company.from_dict(yaml.safe_load(place.read_text(encoding="utf-8")))
