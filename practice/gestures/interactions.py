"""Clicks, choices, shortcuts and slash commands: the gestures that wait for the bot's answer."""

from practice import events, interaction_payloads, message_store
from practice.blocks import interactive_elements
from practice.channels import Channel
from practice.delivery import Ack, DeliveryRequest
from practice.gestures.messages import acting_person, target_channel, target_message
from practice.messages import Message
from practice.payloads import GestureError, Json, SlackError, as_object, as_text
from practice.people import SLACKBOT, Person
from practice.response_urls import show_command_reply
from practice.state_values import TEXT_INPUTS, VALUE_FIELDS, chosen_option, merge_values
from practice.typed_text import name_emoji, stored_text
from practice.views import View
from practice.world import World


async def click(world: World, body: Json) -> Json:
    """Press a button or choose something in a message, in a modal or on the Home tab."""
    person = acting_person(world, body)
    view = target_view(world, person, body) if body.get("view_id") else None
    if view is not None:
        block, element = _require_element(
            [view.content["blocks"], *(v["blocks"] for v in view.versions.values())], body
        )
        view.values = merge_values(view.values, with_emoji_names(body.get("state")))
        answer = _element_value(element, body)
        view.values = merge_values(view.values, _as_state(block, element, answer))
        payload = interaction_payloads.click_in_view(
            world, person, view, interaction_payloads.action_entry(block, element, answer)
        )
    else:
        message = target_message(world, target_channel(world, person, body), body, person)
        block, element = _require_element([message.blocks, *reversed(message.past_blocks)], body)
        answer = _element_value(element, body)
        _store_message_values(
            world,
            person,
            message,
            merge_values(as_object(body.get("state")), _as_state(block, element, answer)),
        )
        action = interaction_payloads.action_entry(block, element, answer)
        payload = interaction_payloads.click_in_message(world, person, message, action)
    return _ack_result(await world.delivery.send_interaction(DeliveryRequest("interactive", payload)))


async def use_shortcut(world: World, body: Json) -> Json:
    """Use a global shortcut, or a message shortcut when a message is named."""
    person = acting_person(world, body)
    callback_id = as_text(body.get("callback_id"))
    declared = next((s for s in world.app.shortcuts if s.get("callback_id") == callback_id), None)
    if declared is None:
        raise GestureError(f"The app has no shortcut {callback_id!r}.")
    if declared.get("type") == "message":
        message = target_message(world, target_channel(world, person, body), body, person)
        payload = interaction_payloads.message_shortcut(world, person, message, callback_id)
    else:
        payload = interaction_payloads.global_shortcut(world, person, callback_id)
    return _ack_result(await world.delivery.send_interaction(DeliveryRequest("interactive", payload)))


async def type_command(world: World, body: Json) -> Json:
    """Type a slash command; the person who typed it sees what went wrong."""
    person = acting_person(world, body)
    channel = target_channel(world, person, body)
    name, text = as_text(body.get("command")), as_text(body.get("text"))
    declared = next((c for c in world.app.commands if c.get("command") == name), None)
    if declared is None:
        raise GestureError(f"{name} is not a valid command.")
    if not person.is_member_of(world.company.team_id):
        raise GestureError("People of another company cannot use slash commands here.")
    if declared.get("should_escape"):
        text = _escape_command_text(world, text)
    payload = interaction_payloads.slash_command(world, person, channel, (name, text))
    ack = await world.delivery.send_interaction(DeliveryRequest("slash_commands", payload))
    if not ack.delivered:
        reason = "operation_timeout" if "timeout" in ack.status else "dispatch_failed"
        _post_ephemeral(world, channel, person, f'{name} failed with the error "{reason}"')
        return {**_ack_result(ack), "problem": reason}
    try:
        show_command_reply(world, channel, person.id, ack.body)
    except SlackError as problem:
        _post_ephemeral(world, channel, person, f'{name} failed with the error "{problem.code}"')
        return {"ok": False, "status": problem.code, "problem": problem.code}
    return _ack_result(ack)


def open_home(world: World, body: Json) -> View | None:
    """Open the app's Home tab; the event brings the view only if one was published before."""
    person = acting_person(world, body)
    if not world.app.home_tab:
        raise GestureError("The app has its Home tab turned off.")
    home = world.views.find_home(person.id)
    shown = interaction_payloads.as_slack_view(world, home) if home else None
    events.send_home_opened(world, person, "home", shown)
    return home


def target_view(world: World, person: Person, body: Json) -> View:
    """Return the view a gesture is about."""
    view = world.views.find(as_text(body.get("view_id")))
    if view is None or view.user != person.id:
        raise GestureError(f"{person.shown_name} has no view {body.get('view_id')!r}.")
    return view


def with_emoji_names(values: object) -> Json:
    """Replace emoji with their names in values typed into inputs."""
    named: Json = {}
    for block, actions in as_object(values).items():
        for action, answer in as_object(actions).items():
            value = as_object(answer)
            typed = value.get("value")
            named.setdefault(block, {})[action] = (
                {**value, "value": name_emoji(typed)} if isinstance(typed, str) else value
            )
    return named


def _require_element(versions: list[list[Json]], body: Json) -> tuple[Json, Json]:
    # A click may race a redraw: buttons of earlier versions can still be pressed.
    wanted = (body.get("block_id"), body.get("action_id"))
    for blocks in versions:
        for block in blocks:
            for element in interactive_elements(block):
                if (block["block_id"], element.get("action_id")) == wanted:
                    return block, element
    raise GestureError(f"There is nothing to press at {wanted}.")


def _element_value(element: Json, body: Json) -> Json:
    kind = element["type"]
    if kind == "overflow":
        return {"selected_option": chosen_option(element, body.get("selected_option", body.get("value")))}
    if kind not in VALUE_FIELDS:
        return {"value": body["value"]} if body.get("value") is not None else {}
    field, _, empty = VALUE_FIELDS[kind]
    value = body.get(field, body.get("value", empty))
    if field == "selected_option" and value is not None:
        value = chosen_option(element, value)
    elif field == "selected_options":
        value = [chosen_option(element, item) for item in value or []]
    elif kind in TEXT_INPUTS and isinstance(value, str):
        value = name_emoji(value)
    return {"type": kind, field: value}


def _as_state(block: Json, element: Json, answer: Json) -> Json:
    if element["type"] not in VALUE_FIELDS:
        return {}
    return {block["block_id"]: {element["action_id"]: answer}}


def _store_message_values(world: World, person: Person, message: Message, values: Json) -> None:
    key = (person.id, message.channel, message.ts)
    world.message_values[key] = merge_values(world.message_values.get(key, {}), with_emoji_names(values))


def _escape_command_text(world: World, text: str) -> str:
    people, channels = world.people, world.channels
    names = [name for person in people for name in (person.shown_name, person.name)]

    def person_id(name: str) -> str | None:
        found = people.find_by_mention(name)
        return found.id if found else None

    def channel_id(name: str) -> str | None:
        found = channels.find_by_name(name)
        return found.id if found else None

    return stored_text(text, person_id, names, channel_id)


def _post_ephemeral(world: World, channel: Channel, person: Person, text: str) -> None:
    message = Message(channel.id, SLACKBOT, text, world.company.team_id, ephemeral_to=person.id)
    message_store.post(world, channel, message)


def _ack_result(ack: Ack) -> Json:
    return {"ok": ack.delivered, "status": ack.status}
