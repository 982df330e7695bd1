"""Payloads of every kind, made by hand and signed by the practice workspace: for what no screen lets anybody do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot import ids
from bot.ids import Carried
from bot.views.privacy import personal_data
from practice import interactions, posting
from practice.delivery import Ack, Parcel
from practice.people import Person
from practice.views import View
from practice.world import World
from tests.e2e.stage import Stage
from tests.e2e.writing import WARM_UP

Json = dict[str, Any]
Make = Callable[[World, Person], Parcel]
OURS, THEIRS = "T0QAMAR", "T0OTHER"
SURE = {personal_data.TICK: {ids.ERASE_TICK: {"type": "checkboxes", "selected_options": [{"value": "yes"}]}}}


def somebody(stage: Stage, user: str, team: str = OURS, **facts: Any) -> Person:
    """Somebody with this id, whose home the payload says is this team."""
    person = stage.workspace.world.people.find(user) or Person(user, user.lower(), user, team)
    return replace(person, team=team, **facts)


async def sends(stage: Stage, parcel: Parcel) -> Ack:
    """Bring one payload to the bot as Slack would, and wait until it has said everything."""
    ack = await stage.workspace.world.delivery.ask(parcel)
    await stage.quiet()
    return ack


def of_another_installation(parcel: Parcel) -> Parcel:
    """The same payload, of the same app as another workspace has installed it."""
    written = json.dumps(parcel.payload).replace(OURS, THEIRS)
    return replace(parcel, payload=json.loads(written))


def installed_elsewhere(parcel: Parcel) -> Parcel:
    """The same payload by the same person, but for the app as another workspace has installed it."""
    payload = json.loads(json.dumps(parcel.payload))
    for place in (payload.get("view"), payload.get("message"), payload, *payload.get("authorizations", ())):
        for name in ("app_installed_team_id", "context_team_id"):
            if place and name in place:
                place[name] = THEIRS
    for authorization in payload.get("authorizations", ()):
        authorization["team_id"] = THEIRS
    if message := payload.get("message"):
        message["team"] = message["bot_profile"]["team_id"] = THEIRS
    return replace(parcel, payload=payload)


def press(action_id: str, carried: Carried | None = None) -> Make:
    """A button under a message of the bot's in the DM."""

    def make(world: World, person: Person) -> Parcel:
        message = posting.of_bot(world, world.channels.dm(person.id), "A question")
        message.ts = world.messages.new_ts(world.clock.now())
        return _interactive(
            interactions.click_in_message(world, person, message, _action(action_id, carried))
        )

    return make


def press_at_home(action_id: str, carried: Carried | None = None) -> Make:
    """A button on the Home tab."""

    def make(world: World, person: Person) -> Parcel:
        view = world.views.home(person.id) or _view(person, "home")
        return _interactive(interactions.click_in_view(world, person, view, _action(action_id, carried)))

    return make


def submit(callback_id: str, carried: Carried | None = None, values: Json | None = None) -> Make:
    """A modal that is sent."""

    def make(world: World, person: Person) -> Parcel:
        view = _view(person, "modal", callback_id=callback_id, private_metadata=(carried or Carried()).pack())
        return _interactive(interactions.submission(world, person, view, values or {}))

    return make


def close(world: World, person: Person) -> Parcel:
    """A modal that is closed."""
    return _interactive(interactions.closed(world, person, _view(person, "modal"), cleared=False))


def command(world: World, person: Person) -> Parcel:
    """The slash command."""
    channel = world.channels.dm(person.id)
    payload = interactions.command(world, person, channel, (ids.COMMAND, ""))
    return Parcel("slash_commands", payload | {"team_id": person.team})


def shortcut(world: World, person: Person) -> Parcel:
    """The global shortcut."""
    payload = interactions.shortcut(world, person, ids.SHORTCUT_START)
    return _interactive(payload | {"team": {"id": person.team, "domain": "somewhere"}})


def home(world: World, person: Person) -> Parcel:
    """The Home tab is opened."""
    channel = world.channels.dm(person.id).id
    event = {"type": "app_home_opened", "user": person.id, "channel": channel, "tab": "home"}
    return envelope(world, person, event)


def written(text: str, **fields: Any) -> Make:
    """A message in the DM."""

    def make(world: World, person: Person) -> Parcel:
        ts = world.messages.new_ts(world.clock.now())
        return envelope(world, person, _message(world, person, text, ts) | fields)

    return make


def edited(text: str, ts: str, before: str) -> Make:
    """An edit of the message with this ts."""

    def make(world: World, person: Person) -> Parcel:
        return envelope(
            world,
            person,
            _about(world, person, "message_changed")
            | {
                "message": _message(world, person, text, ts),
                "previous_message": _message(world, person, before, ts),
            },
        )

    return make


def deleted(ts: str, before: str) -> Make:
    """The message with this ts is deleted."""

    def make(world: World, person: Person) -> Parcel:
        previous = _message(world, person, before, ts)
        event = _about(world, person, "message_deleted") | {"deleted_ts": ts, "previous_message": previous}
        return envelope(world, person, event)

    return make


def changed(**facts: Any) -> Make:
    """Slack tells of a change in somebody's profile."""

    def make(world: World, person: Person) -> Parcel:
        user = {"id": person.id, "team_id": person.team, "name": person.name, "real_name": "Somebody Else"}
        return envelope(world, person, {"type": "user_change", "user": user | facts})

    return make


def envelope(world: World, person: Person, event: Json) -> Parcel:
    """An event as Slack wraps it: the outer team is the sender's, the authorization names the installation."""
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
    return Parcel("events_api", payload)


def _message(world: World, person: Person, text: str, ts: str) -> Json:
    channel = world.channels.dm(person.id).id
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


def _about(world: World, person: Person, subtype: str) -> Json:
    ts = world.messages.new_ts(world.clock.now())
    channel = world.channels.dm(person.id).id
    return {"type": "message", "subtype": subtype, "channel": channel, "channel_type": "im", "ts": ts}


def _action(action_id: str, carried: Carried | None) -> Json:
    value = (carried or Carried()).pack()
    return {"type": "button", "block_id": "b", "action_id": ids.told_apart(action_id, "1"), "value": value}


def _view(person: Person, kind: str, **fields: Any) -> View:
    view = View("V0FORGED", person.id, {}, "V0FORGED")
    view.show({"type": kind, "blocks": [], **fields})
    return view


def _interactive(payload: Json) -> Parcel:
    return Parcel("interactive", payload)


LIST_FILE = {"subtype": "file_share", "files": [{"id": "F0LIST", "name": "people.csv", "filetype": "csv"}]}
KINDS: dict[str, Callable[[str, str], Make]] = {
    "a button in the DM": lambda draft, _: press(ids.DRAFT_ERASE, Carried(draft)),
    "a choice in the DM": lambda draft, _: press(ids.LANGUAGE_SET, Carried(choice="ar")),
    "a button that opens the text": lambda draft, _: press(ids.TEXT_EDIT, Carried(draft)),
    "a button on Home that reads": lambda draft, _: press_at_home(ids.STORY_READ, Carried(draft)),
    "everything held": lambda *_: press_at_home(ids.HELD_SHOW),
    "everything held, as a file": lambda *_: press_at_home(ids.HELD_TAKE),
    "a modal that erases": lambda *_: submit(ids.ERASE_CONFIRMED, values=SURE),
    "a modal that adds words": lambda draft, _: submit(
        ids.CARD_WRITTEN,
        Carried(draft),
        {"line": {"words": {"type": "plain_text_input", "value": "I was forged."}}},
    ),
    "a modal that is closed": lambda *_: close,
    "the command": lambda *_: command,
    "the shortcut": lambda *_: shortcut,
    "the Home tab": lambda *_: home,
    "a message": lambda *_: written("I was forged."),
    "a file": lambda *_: written("", **LIST_FILE),
    "an edit": lambda _, ts: edited("I was forged.", ts, WARM_UP),
    "a deletion": lambda _, ts: deleted(ts, WARM_UP),
    "a change of the profile": lambda *_: changed(),
    "a leaver": lambda *_: changed(deleted=True),
}
ABOUT_PEOPLE = {"a change of the profile", "a leaver"}
"""Events in which Slack speaks of a person: these are nobody's doing."""
