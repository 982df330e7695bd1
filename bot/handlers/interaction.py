"""What a handler is given: who did what, where, and the services to answer with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.ids import ButtonPayload, action_suffix, base_action_id
from bot.rules.teams import claimed_teams
from bot.services import Services, UserRef

InteractionKind = Literal["action", "submission", "closed", "command", "shortcut", "event"]
AckReply = Mapping[str, Any] | str | None
"""What Slack is told with the ack: a modal's response action, a command's text, or nothing."""


@dataclass(frozen=True)
class Interaction:
    """One thing that somebody did, as Slack told it."""

    kind: InteractionKind
    id: str
    who: UserRef
    body: Mapping[str, Any]
    services: Services
    claimed_ids: frozenset[str] = frozenset()
    """Other teams and organisations of which the payload says the person is; see `bot.rules.teams`."""
    event_id: str = ""
    """The event's id, for its receipt; interactions have none and are never repeated by Slack."""
    is_retry: bool = False

    @property
    def action(self) -> Mapping[str, Any]:
        """The element that was used."""
        return dict(self.body["actions"][0])

    @property
    def payload(self) -> ButtonPayload:
        """What the button, menu or modal carried."""
        if self.kind == "action":
            if self.action.get("type") == "datepicker":
                return ButtonPayload.unpack(action_suffix(str(self.action["action_id"])))
            chosen = self.action.get("selected_option") or {}
            return ButtonPayload.unpack(self.action.get("value") or chosen.get("value"))
        return ButtonPayload.unpack(self.view.get("private_metadata"))

    @property
    def picked_date(self) -> date | None:
        """The date that was picked; None for one taken away again, or none at all."""
        try:
            return date.fromisoformat(str(self.action.get("selected_date") or ""))
        except ValueError:
            return None

    @property
    def ticked_values(self) -> tuple[str, ...]:
        """What is ticked in the boxes of the message in which it happened."""
        values = (self.body.get("state") or {}).get("values", {})
        options = [
            option
            for elements in values.values()
            for element in elements.values()
            for option in element.get("selected_options") or []
        ]
        return tuple(str(option["value"]) for option in options)

    @property
    def view(self) -> Mapping[str, Any]:
        """The modal or Home tab in which it happened, or nothing."""
        return dict(self.body.get("view") or {})

    @property
    def trigger_id(self) -> str:
        """What opens a modal, for three seconds."""
        return str(self.body.get("trigger_id", ""))

    @property
    def channel(self) -> str:
        """The channel of the message in which it happened, or nothing."""
        place = self.body.get("channel") or self.body.get("container") or {}
        return str(place.get("id") or place.get("channel_id") or "") if isinstance(place, Mapping) else ""

    @property
    def message_ts(self) -> str:
        """The ts of the message in which it happened, or nothing."""
        return str((self.body.get("container") or {}).get("message_ts", ""))


Handler = Callable[[Interaction], Awaitable[AckReply]]
Routes = Mapping[InteractionKind, Mapping[str, Handler]]


def parse_interaction(
    kind: InteractionKind, body: Mapping[str, Any], services: Services, retry: bool = False
) -> Interaction:
    """The call in a payload of Slack's."""
    if kind == "event":
        return _parse_event(body, services, retry)
    who = UserRef(services.team, str(body["user_id"] if kind == "command" else body["user"]["id"]))
    return Interaction(kind, _route_id(kind, body), who, body, services, claimed_teams(who.team, kind, body))


def _route_id(kind: InteractionKind, body: Mapping[str, Any]) -> str:
    """The id under which this call is looked up."""
    match kind:
        case "action":
            return base_action_id(str(body["actions"][0]["action_id"]))
        case "submission" | "closed":
            return str(body["view"]["callback_id"])
        case "command":
            return str(body["command"])
        case _:
            return str(body["callback_id"])


def _parse_event(body: Mapping[str, Any], services: Services, retry: bool) -> Interaction:
    event = body["event"]
    inner = event.get("message") or event.get("previous_message") or event
    user = inner.get("user") or event.get("user") or ""
    if isinstance(user, Mapping):  # user_change and team_join carry the whole user
        user = user.get("id", "")
    who = UserRef(services.team, str(user))
    claimed, event_id = claimed_teams(who.team, "event", body), str(body.get("event_id", ""))
    return Interaction(
        "event", str(event["type"]), who, body, services, claimed, event_id=event_id, is_retry=retry
    )
