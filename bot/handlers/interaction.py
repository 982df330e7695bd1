"""The argument of every handler: who did what and where, and the methods to answer with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from bot.errors import BotError, DraftNotFoundError
from bot.ids import action_suffix, base_action_id
from bot.payloads import ButtonPayload
from bot.rules.teams import other_claimed_teams
from bot.services import Services, UserRef
from bot.views.blocks import Block, Message
from bot.workflows.people.members import ensure_member
from db.models import Person

InteractionKind = Literal["action", "submission", "closed", "command", "shortcut", "event"]
AckReply = Mapping[str, Any] | str | None
"""The body of the ack: a modal's response action, a command's text, or nothing."""
_Payload = TypeVar("_Payload", bound=ButtonPayload)


@dataclass(frozen=True)
class Interaction:
    """Something that somebody did in Slack."""

    kind: InteractionKind
    id: str
    who: UserRef
    body: Mapping[str, Any]
    services: Services
    claimed_ids: frozenset[str] = frozenset()
    """Other teams and organisations to which the body assigns the person; see `bot.rules.teams`."""
    event_id: str = ""
    """The event's id, for its receipt; other interactions have none, and Slack never repeats them."""
    is_retry: bool = False

    @property
    def action(self) -> Mapping[str, Any]:
        """The element that was used."""
        return dict(self.body["actions"][0])

    def find_payload(self, family: type[_Payload]) -> _Payload | None:
        """Return the payload of the button, menu or modal; None for one that isn't of this family."""
        return family.unpack(self._packed_payload())

    def payload(self, family: type[_Payload], missing: type[BotError] = DraftNotFoundError) -> _Payload:
        """Return the payload of the button, menu or modal; raise `missing` for one that isn't of this family."""
        found = self.find_payload(family)
        if found is None:
            raise missing
        return found

    def _packed_payload(self) -> str | None:
        if self.kind != "action":
            return self.view.get("private_metadata")
        if self.action.get("type") == "datepicker":
            return action_suffix(str(self.action["action_id"]))
        return self.action.get("value") or (self.action.get("selected_option") or {}).get("value")

    @property
    def picked_date(self) -> date | None:
        """The date that was picked; None where it was cleared, or there is none."""
        try:
            return date.fromisoformat(str(self.action.get("selected_date") or ""))
        except ValueError:
            return None

    @property
    def ticked_values(self) -> tuple[str, ...]:
        """The values of the ticked boxes in the message."""
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
        """The modal or Home tab in which it happened; empty for a message."""
        return dict(self.body.get("view") or {})

    @property
    def trigger_id(self) -> str:
        """The id that opens a modal, for three seconds."""
        return str(self.body.get("trigger_id", ""))

    @property
    def channel(self) -> str:
        """The channel of the message; empty outside messages."""
        place = self.body.get("channel") or self.body.get("container") or {}
        return str(place.get("id") or place.get("channel_id") or "") if isinstance(place, Mapping) else ""

    @property
    def message_ts(self) -> str:
        """The ts of the message; empty outside messages."""
        return str((self.body.get("container") or {}).get("message_ts", ""))

    @property
    def is_in_modal(self) -> bool:
        """Whether it happened in a modal."""
        return self.view.get("type") == "modal"

    async def member(self, *, written_at: datetime | None = None, channel: str = "") -> Person:
        """Return the person if they may take part; an error otherwise, see `ensure_member`."""
        return await ensure_member(self.services, self.who, written_at=written_at, channel=channel)

    async def open_modal(self, view: Block) -> AckReply:
        """Open a modal, while the trigger lives."""
        await self.services.messenger.call_once("views.open", trigger_id=self.trigger_id, view=view)
        return None

    async def update_modal(self, view: Block) -> AckReply:
        """Show another view in the modal in which a button was pressed."""
        await self.services.messenger.call_with_retries("views.update", view_id=self.view["id"], view=view)
        return None

    def replace_message(self, message: Message) -> AckReply:
        """Show another message in place of the one in which a button was pressed, after the commit."""

        async def redraw() -> None:
            await self.services.messenger.update_message(self.channel, self.message_ts, message)

        self.services.send_after_commit(self.who, redraw)
        return None


def field_errors_reply(errors: Mapping[str, str]) -> AckReply:
    """Return the answer that keeps a submitted modal open, with a sentence under each field that's wrong."""
    return {"response_action": "errors", "errors": dict(errors)}


def next_view_reply(view: Block) -> AckReply:
    """Return the answer that shows another view in a submitted modal."""
    return {"response_action": "update", "view": view}


Handler = Callable[[Interaction], Awaitable[AckReply]]
Routes = Mapping[InteractionKind, Mapping[str, Handler]]


def parse_interaction(
    kind: InteractionKind, body: Mapping[str, Any], services: Services, retry: bool = False
) -> Interaction:
    """Return the interaction that a body from Slack describes."""
    if kind == "event":
        return _parse_event(body, services, retry)
    who = UserRef(services.team, str(body["user_id"] if kind == "command" else body["user"]["id"]))
    return Interaction(
        kind, _route_id(kind, body), who, body, services, other_claimed_teams(who.team, kind, body)
    )


def _route_id(kind: InteractionKind, body: Mapping[str, Any]) -> str:
    """Return the id by which the handler is looked up."""
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
    claimed, event_id = other_claimed_teams(who.team, "event", body), str(body.get("event_id", ""))
    return Interaction(
        "event", str(event["type"]), who, body, services, claimed, event_id=event_id, is_retry=retry
    )
