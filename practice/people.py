"""The people of the workspace, and their user objects."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from practice.company import Company
from practice.payloads import GestureError, Json

SLACKBOT = "USLACKBOT"
CHANGEABLE_FIELDS = frozenset(
    [
        "real_name",
        "display_name",
        "title",
        "tz",
        "locale",
        "email",
        "is_admin",
        "is_restricted",
        "deleted",
        "dnd",
    ]
)
DND_PATTERN = re.compile(r"(?:(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)?")


@dataclass(frozen=True)
class Person:
    """A user: a colleague, a guest, a leaver, a stranger or a bot."""

    id: str
    name: str
    real_name: str
    team: str
    title: str = ""
    tz: str = "UTC"
    locale: str = "en-US"
    segment: str = "none"
    email: str = ""
    display_name: str = ""
    manager: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    executive: bool = False
    dnd: str = "22:00-08:00"
    enterprise: str = ""
    """The Enterprise Grid organisation; `teams` are its workspaces that have this person as a member."""
    teams: tuple[str, ...] = ()

    def is_member_of(self, team: str) -> bool:
        """Return whether the person is a member of this workspace, wherever their home workspace is."""
        return team == self.team or team in self.teams

    @property
    def shown_name(self) -> str:
        """The name that Slack's client shows."""
        return self.display_name or self.real_name


class People:
    """Everybody by id."""

    def __init__(self, company: Company, bot_name: str) -> None:
        self.team = company.team_id
        known = set(Person.__dataclass_fields__)
        self._all: dict[str, Person] = {}
        for raw in company.people:
            fields: dict[str, Any] = {key: value for key, value in raw.items() if key in known}
            fields.setdefault("real_name", fields["name"])
            fields.setdefault("team", company.team_id)
            self._all[fields["id"]] = Person(**fields)
        bot = Person(company.bot_user, bot_name.lower(), bot_name, company.team_id, is_bot=True)
        self._all.setdefault(company.bot_user, bot)

    def __iter__(self) -> Iterator[Person]:
        return iter(self._all.values())

    def add(self, person: Person) -> None:
        """Add a person, for example one whose home is another workspace, which the company file rarely has."""
        self._all[person.id] = person

    def find(self, user: str) -> Person | None:
        """Return the person with this id, or None."""
        return self._all.get(user)

    def require(self, user: Any) -> Person:
        """Return the person who makes a gesture."""
        person = self._all.get(user) if isinstance(user, str) else None
        if person is None:
            raise GestureError(f"There is nobody with the id {user!r}.")
        return person

    def upsert(self, user: str, fields: Json) -> Person:
        """Change a person's fields, or add a new colleague."""
        changes = {key: value for key, value in fields.items() if key in CHANGEABLE_FIELDS}
        if "dnd" in changes and not DND_PATTERN.fullmatch(str(changes["dnd"])):
            raise GestureError('dnd reads like "22:00-08:00", or is empty.')
        if "tz" in changes and changes["tz"] not in available_timezones():
            raise GestureError(f"{changes['tz']} is no time zone.")
        person = self._all.get(user)
        if person is None:
            name = str(fields.get("name") or user.lower())
            person = Person(user, name, str(fields.get("real_name") or name), self.team)
        self._all[user] = replace(person, **changes)
        return self._all[user]

    def find_by_mention(self, name: str) -> Person | None:
        """Return the person meant by "@Some Name", by shown name or by handle, or None."""
        wanted = name.casefold()
        for person in self:
            if wanted in (person.shown_name.casefold(), person.name.casefold()):
                return person
        return None


def dnd_schedule(person: Person, now: datetime) -> Json:
    """Return Slack's do-not-disturb schedule: the current period, or the next one."""
    if not person.dnd:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    first, last = (time.fromisoformat(part) for part in person.dnd.split("-"))
    zone = ZoneInfo(person.tz)
    local = now.astimezone(zone)
    over_midnight = timedelta(days=1 if last <= first else 0)
    for days in (-1, 0, 1, 2):
        day = local.date() + timedelta(days=days)
        start, end = datetime.combine(day, first, zone), datetime.combine(day + over_midnight, last, zone)
        if end > local:
            break
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(start.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }


def as_slack_user(person: Person, team: str, now: datetime, *, email: bool, locale: bool) -> Json:
    """Return Slack's user object, without the fields that strangers and leavers lack."""
    external = not person.is_member_of(team)
    user: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "deleted": person.deleted,
        "profile": _profile(person, email=email and not external),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1767225600,
    }
    if person.enterprise:
        user["enterprise_user"] = _enterprise_user(person)
    if person.deleted:
        return user
    local = now.astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    user |= {
        "color": "4bbe2e",
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": local.tzname() or person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    if external:
        user["is_stranger"] = False
    elif locale:
        user["locale"] = person.locale
    return user


def _enterprise_user(person: Person) -> Json:
    return {
        "id": person.id,
        "enterprise_id": person.enterprise,
        "enterprise_name": "Orbit",
        "is_admin": False,
        "is_owner": False,
        "teams": list(person.teams),
    }


def slackbot_user(team: str) -> Json:
    """Return Slackbot's user object, in which `is_bot` is false."""
    person = Person(SLACKBOT, "slackbot", "Slackbot", team)
    return {
        "id": SLACKBOT,
        "team_id": team,
        "name": "slackbot",
        "deleted": False,
        "real_name": "Slackbot",
        "profile": _profile(person, email=False),
        "is_bot": False,
        "is_app_user": False,
        "updated": 0,
    }


def _profile(person: Person, *, email: bool) -> Json:
    first, _, last = person.real_name.partition(" ")
    profile: Json = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "fields": {},
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "first_name": first,
        "last_name": last,
        "team": person.team,
    }
    if email and person.email:
        profile["email"] = person.email
    return profile
