"""People press buttons, choose, use shortcuts and slash commands: what waits for the bot's answer."""

from practice import events, interactions, posting
from practice.blocks import elements_of
from practice.channels import Channel
from practice.delivery import Ack, Parcel
from practice.messages import Message
from practice.payloads import GestureError, Json, SlackError, as_object, as_text
from practice.people import SLACKBOT, Person
from practice.responding import answer_to_command
from practice.state_values import FIELDS, TEXT_INPUTS, choose, merge
from practice.talking import acting, message_at, place
from practice.typed_text import as_stored, name_emoji
from practice.views import View
from practice.world import World


async def click(world: World, body: Json) -> Json:
    """Press a button or choose something, in a message, in a modal or on the Home tab."""
    person = acting(world, body)
    view = view_of(world, person, body) if body.get("view_id") else None
    if view is not None:
        block, element = _find([view.content["blocks"], *(v["blocks"] for v in view.versions.values())], body)
        view.values = merge(view.values, named_emoji(body.get("state")))
        answer = _answer(element, body)
        view.values = merge(view.values, _kept(block, element, answer))
        payload = interactions.click_in_view(
            world, person, view, interactions.action_of(block, element, answer)
        )
    else:
        message = message_at(world, place(world, person, body), body, person)
        block, element = _find([message.blocks, *reversed(message.past_blocks)], body)
        answer = _answer(element, body)
        _remember(world, person, message, merge(as_object(body.get("state")), _kept(block, element, answer)))
        action = interactions.action_of(block, element, answer)
        payload = interactions.click_in_message(world, person, message, action)
    return _told(await world.delivery.ask(Parcel("interactive", payload)))


async def use_shortcut(world: World, body: Json) -> Json:
    """Use a global shortcut, or a message shortcut when a message is named."""
    person = acting(world, body)
    callback_id = as_text(body.get("callback_id"))
    declared = next((s for s in world.app.shortcuts if s.get("callback_id") == callback_id), None)
    if declared is None:
        raise GestureError(f"The app has no shortcut {callback_id!r}.")
    if declared.get("type") == "message":
        message = message_at(world, place(world, person, body), body, person)
        payload = interactions.message_shortcut(world, person, message, callback_id)
    else:
        payload = interactions.shortcut(world, person, callback_id)
    return _told(await world.delivery.ask(Parcel("interactive", payload)))


async def type_command(world: World, body: Json) -> Json:
    """Type a slash command; what goes wrong is shown to the person who typed it."""
    person = acting(world, body)
    channel = place(world, person, body)
    name, text = as_text(body.get("command")), as_text(body.get("text"))
    declared = next((c for c in world.app.commands if c.get("command") == name), None)
    if declared is None:
        raise GestureError(f"{name} is not a valid command.")
    if not person.is_of(world.company.team_id):
        raise GestureError("People of another company cannot use slash commands here.")
    if declared.get("should_escape"):
        text = _escaped(world, text)
    payload = interactions.command(world, person, channel, (name, text))
    ack = await world.delivery.ask(Parcel("slash_commands", payload))
    if not ack.delivered:
        reason = "operation_timeout" if "timeout" in ack.status else "dispatch_failed"
        _whisper(world, channel, person, f'{name} failed with the error "{reason}"')
        return {**_told(ack), "problem": reason}
    try:
        answer_to_command(world, channel, person.id, ack.body)
    except SlackError as problem:
        _whisper(world, channel, person, f'{name} failed with the error "{problem.code}"')
        return {"ok": False, "status": problem.code, "problem": problem.code}
    return _told(ack)


def open_home(world: World, body: Json) -> View | None:
    """Open the app's Home tab; the event brings the view only if one was published before."""
    person = acting(world, body)
    if not world.app.home_tab:
        raise GestureError("The app has its Home tab turned off.")
    home = world.views.home(person.id)
    shown = interactions.as_slack_view(world, home) if home else None
    events.home_opened(world, person, "home", shown)
    return home


def view_of(world: World, person: Person, body: Json) -> View:
    """Give the view a gesture is about."""
    view = world.views.find(as_text(body.get("view_id")))
    if view is None or view.user != person.id:
        raise GestureError(f"{person.shown_name} has no view {body.get('view_id')!r}.")
    return view


def named_emoji(values: object) -> Json:
    """Name the emoji in what was typed into inputs."""
    named: Json = {}
    for block, actions in as_object(values).items():
        for action, answer in as_object(actions).items():
            one = as_object(answer)
            typed = one.get("value")
            named.setdefault(block, {})[action] = (
                {**one, "value": name_emoji(typed)} if isinstance(typed, str) else one
            )
    return named


def _find(versions: list[list[Json]], body: Json) -> tuple[Json, Json]:
    # A click may race a redraw: what stood there a moment ago can still be pressed.
    wanted = (body.get("block_id"), body.get("action_id"))
    for blocks in versions:
        for block in blocks:
            for element in elements_of(block):
                if (block["block_id"], element.get("action_id")) == wanted:
                    return block, element
    raise GestureError(f"There is nothing to press at {wanted}.")


def _answer(element: Json, body: Json) -> Json:
    kind = element["type"]
    if kind == "overflow":
        return {"selected_option": choose(element, body.get("selected_option", body.get("value")))}
    if kind not in FIELDS:
        return {"value": body["value"]} if body.get("value") is not None else {}
    field, _, empty = FIELDS[kind]
    value = body.get(field, body.get("value", empty))
    if field == "selected_option" and value is not None:
        value = choose(element, value)
    elif field == "selected_options":
        value = [choose(element, item) for item in value or []]
    elif kind in TEXT_INPUTS and isinstance(value, str):
        value = name_emoji(value)
    return {"type": kind, field: value}


def _kept(block: Json, element: Json, answer: Json) -> Json:
    if element["type"] not in FIELDS:
        return {}
    return {block["block_id"]: {element["action_id"]: answer}}


def _remember(world: World, person: Person, message: Message, news: Json) -> None:
    key = (person.id, message.channel, message.ts)
    world.message_values[key] = merge(world.message_values.get(key, {}), named_emoji(news))


def _escaped(world: World, text: str) -> str:
    people, channels = world.people, world.channels
    names = [name for person in people for name in (person.shown_name, person.name)]

    def person_id(name: str) -> str | None:
        found = people.mentioned_as(name)
        return found.id if found else None

    def channel_id(name: str) -> str | None:
        found = channels.named(name)
        return found.id if found else None

    return as_stored(text, person_id, names, channel_id)


def _whisper(world: World, channel: Channel, person: Person, text: str) -> None:
    message = Message(channel.id, SLACKBOT, text, world.company.team_id, ephemeral_to=person.id)
    posting.post(world, channel, message)


def _told(ack: Ack) -> Json:
    return {"ok": ack.delivered, "status": ack.status}
