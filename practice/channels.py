"""Channels and direct messages, and their conversation objects."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from practice.company import Company
from practice.payloads import Json
from practice.people import People, Person

CREATED_AT = 1767225600


@dataclass
class Channel:
    """A conversation: a channel, or the app's direct message with one person."""

    id: str
    name: str
    purpose: str = ""
    private: bool = False
    ext_shared: bool = False
    archived: bool = False
    read_only: bool = False
    members: list[str] = field(default_factory=list)
    dm_with: str = ""

    @property
    def kind(self) -> str:
        """Slack's channel_type."""
        if self.dm_with:
            return "im"
        return "group" if self.private else "channel"

    @property
    def message_event(self) -> str:
        """The event subscription that covers messages in this conversation."""
        return {"im": "message.im", "group": "message.groups", "channel": "message.channels"}[self.kind]

    def required_scope(self, what: str) -> str:
        """Return the scope (`history`, `read`) that this kind of conversation requires."""
        return {"im": "im:", "group": "groups:", "channel": "channels:"}[self.kind] + what


class Channels:
    """All conversations by id; the app's direct messages are created on first use."""

    def __init__(self, company: Company, people: People) -> None:
        self._bot = company.bot_user
        self._by_id: dict[str, Channel] = {}
        colleagues = [p.id for p in people if _is_colleague(p, company.team_id)]
        for raw in company.channels:
            members = raw.get("members", "all")
            self._by_id[raw["id"]] = Channel(
                id=raw["id"],
                name=raw["name"],
                purpose=raw.get("purpose", ""),
                private=bool(raw.get("private")),
                ext_shared=bool(raw.get("ext_shared")),
                archived=bool(raw.get("archived")),
                read_only=bool(raw.get("read_only")),
                members=list(colleagues) if members == "all" else list(members),
            )

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._by_id.values())

    def find(self, channel: str) -> Channel | None:
        """Return the conversation with this id, or None."""
        return self._by_id.get(channel)

    def find_by_name(self, name: str) -> Channel | None:
        """Return the channel with this name, or None."""
        return next((c for c in self if c.name == name and not c.dm_with), None)

    def open_dm(self, user: str) -> Channel:
        """Return the app's direct message with this person, opening it if needed."""
        name = dm_id(user)
        if name not in self._by_id:
            self._by_id[name] = Channel(
                id=name, name="directmessage", members=[user, self._bot], dm_with=user
            )
        return self._by_id[name]

    def list_for_member(self, user: str) -> list[Channel]:
        """Return the channels this person is a member of, without direct messages."""
        return [c for c in self if not c.dm_with and user in c.members]


def dm_id(user: str) -> str:
    """Return the id of the app's direct message with this person."""
    return f"D{user[1:]}"


def as_slack_channel(channel: Channel, bot: str) -> Json:
    """Return Slack's conversation object as the bot sees it."""
    if channel.dm_with:
        return {
            "id": channel.id,
            "created": CREATED_AT,
            "is_im": True,
            "is_archived": False,
            "is_org_shared": False,
            "user": channel.dm_with,
            "is_user_deleted": False,
            "priority": 0,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_read_only": channel.read_only,
        "is_general": channel.name == "general",
        "is_shared": channel.ext_shared,
        "is_ext_shared": channel.ext_shared,
        "is_org_shared": False,
        "is_member": bot in channel.members,
        "created": CREATED_AT,
        "creator": "U0NADIA",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def _is_colleague(person: Person, team: str) -> bool:
    outside = person.deleted or person.is_restricted or person.is_bot
    return not outside and person.team == team
