"""Submitting and closing modals, and applying the bot's answer to the screen."""

from typing import Any

from practice import interaction_payloads, limits
from practice.delivery import Ack, DeliveryRequest
from practice.gestures.interactions import target_view, with_emoji_names
from practice.gestures.messages import acting_person
from practice.payloads import GestureError, Json, SlackError, as_object, as_text
from practice.state_values import client_errors, input_values, merge_values
from practice.views import View
from practice.world import World

CONNECTION_TROUBLE_TEXT = "We had some trouble connecting. Try again?"


async def submit(world: World, body: Json) -> Json:
    """Submit a modal; `hash` submits an older version that a slow screen still showed."""
    person = acting_person(world, body)
    view = target_view(world, person, body)
    if not view.is_open and not body.get("even_if_closed"):
        raise GestureError("This modal is closed.")
    as_of = as_text(body.get("hash"))
    content = view.versions.get(as_of, view.content)
    view.values = merge_values(view.values, with_emoji_names(body.get("values")))
    typed = input_values(content["blocks"], view.values)
    errors = client_errors(content["blocks"], typed)
    if errors:
        return {"ok": True, "status": "kept by the client", "response_action": "errors", "errors": errors}
    payload = interaction_payloads.view_submission(world, person, view, typed, as_of=as_of)
    return _submission_result(
        world, view, await world.delivery.send_interaction(DeliveryRequest("interactive", payload))
    )


async def close(world: World, body: Json) -> Json:
    """Close a modal with its button, or the whole stack with the x (`all`)."""
    person = acting_person(world, body)
    view = target_view(world, person, body)
    everything = bool(body.get("all")) or bool(view.content.get("clear_on_close"))
    notified_view = view
    if everything:
        notified_view = world.views.find(view.root) or view
        world.views.close_all(view)
    else:
        world.views.close(view)
    world.push_view_change(view)
    if not notified_view.content.get("notify_on_close"):
        return {"ok": True, "status": "not notified"}
    payload = interaction_payloads.view_closed(world, person, notified_view, cleared=everything)
    ack = await world.delivery.send_interaction(DeliveryRequest("interactive", payload))
    return {"ok": ack.delivered, "status": ack.status}


def _submission_result(world: World, view: View, ack: Ack) -> Json:
    if not ack.delivered:
        return {"ok": False, "status": ack.status, "problem": CONNECTION_TROUBLE_TEXT}
    try:
        action, errors = _apply_response_action(world, view, ack.body)
    except SlackError as problem:
        detail = [problem.code, *problem.messages]
        return {"ok": False, "status": "refused", "problem": CONNECTION_TROUBLE_TEXT, "detail": detail}
    world.push_view_change(view)
    stack = world.views.stack(view.user)
    shown = interaction_payloads.as_slack_view(world, stack[-1]) if stack else None
    result: Json = {"ok": True, "status": ack.status, "response_action": action, "view": shown}
    return result | ({"errors": errors} if errors else {})


def _apply_response_action(world: World, view: View, body: Any) -> tuple[str, Json]:
    if body in (None, "", {}):
        world.views.close(view)
        return "close", {}
    answer = as_object(body)
    action = answer.get("response_action")
    if action == "errors":
        return "errors", _validated_errors(view, answer)
    if action == "clear":
        world.views.close_all(view)
    elif action == "update":
        world.views.update(view, limits.validate_view(answer.get("view"), "modal"))
    elif action == "push":
        world.views.push(view.user, limits.validate_view(answer.get("view"), "modal"), view)
    else:
        raise SlackError("invalid_response", [f"[ERROR] unknown response_action: {action!r}"])
    return str(action), {}


def _validated_errors(view: View, answer: Json) -> Json:
    errors = answer.get("errors")
    inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_response", ["[ERROR] missing required field: errors"])
    for name, text in errors.items():
        if name not in inputs or not isinstance(text, str) or not text:
            raise SlackError("invalid_response", [f"[ERROR] {name!r} is no input block with a plain text"])
    return errors
