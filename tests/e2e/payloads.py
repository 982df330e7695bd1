"""Handmade payloads of every kind, signed by the practice workspace, for what no screen lets anybody do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot import ids
from bot.payloads import ButtonPayload, DraftPayload, EmptyPayload, LanguagePayload
from bot.views.privacy import personal_data
from practice import interaction_payloads, message_store
from practice.delivery import Ack, DeliveryRequest
from practice.people import Person
from practice.views import View
from practice.world import World
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.story_steps import WARM_UP

Json = dict[str, Any]
PayloadFactory = Callable[[World, Person], DeliveryRequest]
OWN_TEAM, OTHER_TEAM = "T0QAMAR", "T0OTHER"
SURE = {
    personal_data.TICK_BLOCK_ID: {
        ids.ERASE_TICK: {"type": "checkboxes", "selected_options": [{"value": "yes"}]}
    }
}


def forged_person(app: AppUnderTest, user: str, team: str = OWN_TEAM, **facts: Any) -> Person:
    """Return a person with this id whose home team, according to the payload, is this one."""
    person = app.workspace.world.people.find(user) or Person(user, user.lower(), user, team)
    return replace(person, team=team, **facts)


async def deliver(app: AppUnderTest, request: DeliveryRequest) -> Ack:
    """Deliver one payload as Slack would, and wait until the bot is idle."""
    ack = await app.workspace.world.delivery.send_interaction(request)
    await app.wait_until_idle()
    return ack


def for_other_installation(request: DeliveryRequest) -> DeliveryRequest:
    """Return the payload as another workspace's installation of the app would send it."""
    written = json.dumps(request.payload).replace(OWN_TEAM, OTHER_TEAM)
    return replace(request, payload=json.loads(written))


def with_other_installation(request: DeliveryRequest) -> DeliveryRequest:
    """Return the payload with the same sender, but addressed to another workspace's installation of the app."""
    payload = json.loads(json.dumps(request.payload))
    for place in (payload.get("view"), payload.get("message"), payload, *payload.get("authorizations", ())):
        for name in ("app_installed_team_id", "context_team_id"):
            if place and name in place:
                place[name] = OTHER_TEAM
    for authorization in payload.get("authorizations", ()):
        authorization["team_id"] = OTHER_TEAM
    if message := payload.get("message"):
        message["team"] = message["bot_profile"]["team_id"] = OTHER_TEAM
    return replace(request, payload=payload)


def button_press(action_id: str, payload: ButtonPayload | None = None) -> PayloadFactory:
    """Return a click on a button under one of the bot's DMs."""

    def make(world: World, person: Person) -> DeliveryRequest:
        message = message_store.bot_message(world, world.channels.open_dm(person.id), "A question")
        message.ts = world.messages.new_ts(world.clock.now())
        return _interactive(
            interaction_payloads.click_in_message(world, person, message, _action(action_id, payload))
        )

    return make


def home_button_press(action_id: str, payload: ButtonPayload | None = None) -> PayloadFactory:
    """Return a click on a button of the Home tab."""

    def make(world: World, person: Person) -> DeliveryRequest:
        view = world.views.find_home(person.id) or _view(person, "home")
        return _interactive(
            interaction_payloads.click_in_view(world, person, view, _action(action_id, payload))
        )

    return make


def modal_submission(
    callback_id: str, payload: ButtonPayload | None = None, values: Json | None = None
) -> PayloadFactory:
    """Return the submission of a modal."""

    def make(world: World, person: Person) -> DeliveryRequest:
        view = _view(
            person, "modal", callback_id=callback_id, private_metadata=(payload or EmptyPayload()).pack()
        )
        return _interactive(interaction_payloads.view_submission(world, person, view, values or {}))

    return make


def modal_closing(world: World, person: Person) -> DeliveryRequest:
    """Return the closing of a modal."""
    return _interactive(
        interaction_payloads.view_closed(world, person, _view(person, "modal"), cleared=False)
    )


def slash_command(world: World, person: Person) -> DeliveryRequest:
    """Return a use of the slash command."""
    channel = world.channels.open_dm(person.id)
    payload = interaction_payloads.slash_command(world, person, channel, (ids.COMMAND, ""))
    return DeliveryRequest("slash_commands", payload | {"team_id": person.team})


def global_shortcut(world: World, person: Person) -> DeliveryRequest:
    """Return a use of the global shortcut."""
    payload = interaction_payloads.global_shortcut(world, person, ids.SHORTCUT_START)
    return _interactive(payload | {"team": {"id": person.team, "domain": "somewhere"}})


def home_opening(world: World, person: Person) -> DeliveryRequest:
    """Return the opening of the Home tab."""
    channel = world.channels.open_dm(person.id).id
    event = {"type": "app_home_opened", "user": person.id, "channel": channel, "tab": "home"}
    return event_envelope(world, person, event)


def message_sent(text: str, **fields: Any) -> PayloadFactory:
    """Return a message in the DM."""

    def make(world: World, person: Person) -> DeliveryRequest:
        ts = world.messages.new_ts(world.clock.now())
        return event_envelope(world, person, _message(world, person, text, ts) | fields)

    return make


def message_edit(text: str, ts: str, before: str) -> PayloadFactory:
    """Return an edit of the message with this ts."""

    def make(world: World, person: Person) -> DeliveryRequest:
        return event_envelope(
            world,
            person,
            _message_event(world, person, "message_changed")
            | {
                "message": _message(world, person, text, ts),
                "previous_message": _message(world, person, before, ts),
            },
        )

    return make


def message_deletion(ts: str, before: str) -> PayloadFactory:
    """Return the deletion of the message with this ts."""

    def make(world: World, person: Person) -> DeliveryRequest:
        previous = _message(world, person, before, ts)
        event = _message_event(world, person, "message_deleted") | {
            "deleted_ts": ts,
            "previous_message": previous,
        }
        return event_envelope(world, person, event)

    return make


def profile_change(**facts: Any) -> PayloadFactory:
    """Return Slack's event about a changed profile."""

    def make(world: World, person: Person) -> DeliveryRequest:
        user = {"id": person.id, "team_id": person.team, "name": person.name, "real_name": "Somebody Else"}
        return event_envelope(world, person, {"type": "user_change", "user": user | facts})

    return make


def event_envelope(world: World, person: Person, event: Json) -> DeliveryRequest:
    """Wrap an event as Slack does: the outer team is the sender's, the authorization names the installation."""
    ts = world.messages.new_ts(world.clock.now())
    authorization = {"team_id": world.company.team_id, "enterprise_id": None, "is_enterprise_install": False}
    payload = {
        "type": "event_callback",
        "team_id": person.team,
        "context_team_id": world.company.team_id,
        "event_id": f"Ev{ts}",
        "event": {"event_ts": ts, **event},
        "authorizations": [authorization],
    }
    return DeliveryRequest("events_api", payload)


def _message(world: World, person: Person, text: str, ts: str) -> Json:
    channel = world.channels.open_dm(person.id).id
    there = world.messages.find(channel, ts)
    return {
        "type": "message",
        "user": person.id,
        "team": person.team,
        "user_team": person.team,
        "source_team": person.team,
        "text": text,
        "ts": ts,
        "client_msg_id": there.client_msg_id if there else f"id-{ts}",
        "channel": channel,
        "channel_type": "im",
    }


def _message_event(world: World, person: Person, subtype: str) -> Json:
    ts = world.messages.new_ts(world.clock.now())
    channel = world.channels.open_dm(person.id).id
    return {"type": "message", "subtype": subtype, "channel": channel, "channel_type": "im", "ts": ts}


def _action(action_id: str, payload: ButtonPayload | None) -> Json:
    value = (payload or EmptyPayload()).pack()
    return {
        "type": "button",
        "block_id": "b",
        "action_id": ids.suffixed_action_id(action_id, "1"),
        "value": value,
    }


def _view(person: Person, kind: str, **fields: Any) -> View:
    view = View("V0FORGED", person.id, {}, "V0FORGED")
    view.replace_content({"type": kind, "blocks": [], **fields})
    return view


def _interactive(payload: Json) -> DeliveryRequest:
    return DeliveryRequest("interactive", payload)


LIST_FILE = {"subtype": "file_share", "files": [{"id": "F0LIST", "name": "people.csv", "filetype": "csv"}]}
PAYLOADS_BY_NAME: dict[str, Callable[[str, str], PayloadFactory]] = {
    "a button in the DM": lambda draft, _: button_press(ids.DRAFT_ERASE, DraftPayload(draft)),
    "a choice in the DM": lambda draft, _: button_press(ids.LANGUAGE_SET, LanguagePayload("ar")),
    "a button that opens the text": lambda draft, _: button_press(ids.TEXT_EDIT, DraftPayload(draft)),
    "a button on Home that reads": lambda draft, _: home_button_press(ids.STORY_READ, DraftPayload(draft)),
    "everything held": lambda *_: home_button_press(ids.PERSONAL_DATA_OPEN),
    "everything held, as a file": lambda *_: home_button_press(ids.PERSONAL_DATA_EXPORT),
    "a modal that erases": lambda *_: modal_submission(ids.ERASE_CONFIRMED, values=SURE),
    "a modal that adds words": lambda draft, _: modal_submission(
        ids.CARD_WRITTEN,
        DraftPayload(draft),
        {"line": {"words": {"type": "plain_text_input", "value": "I was forged."}}},
    ),
    "a modal that is closed": lambda *_: modal_closing,
    "the command": lambda *_: slash_command,
    "the shortcut": lambda *_: global_shortcut,
    "the Home tab": lambda *_: home_opening,
    "a message": lambda *_: message_sent("I was forged."),
    "a file": lambda *_: message_sent("", **LIST_FILE),
    "an edit": lambda _, ts: message_edit("I was forged.", ts, WARM_UP),
    "a deletion": lambda _, ts: message_deletion(ts, WARM_UP),
    "a change of the profile": lambda *_: profile_change(),
    "a leaver": lambda *_: profile_change(deleted=True),
}
PROFILE_EVENTS = {"a change of the profile", "a leaver"}
"""Events in which Slack reports about a person; nobody in particular caused them."""
