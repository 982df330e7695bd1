"""The invented company, read from its file: people and channels."""

from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from practice.payloads import Json, as_list, as_object


class CompanyError(Exception):
    """The company file is missing or invalid."""


@dataclass(frozen=True)
class Company:
    """The content of the company file, with the required fields validated."""

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
        """Validate a parsed company file and return the company."""
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
    file = path or resources.files("practice") / "company.yaml"
    if not file.is_file():
        raise CompanyError(f"There is no company file at {file}: it names the people and the channels.")
    return Company.from_dict(yaml.safe_load(file.read_text(encoding="utf-8")))
