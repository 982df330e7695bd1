"""views.*: modals and the Home tab."""

from practice import limits
from practice.interaction_payloads import as_slack_view
from practice.payloads import Json, SlackError
from practice.views import View
from practice.web_api.methods import ApiCall, method


@method("views.open")
def open_view(call: ApiCall) -> Json:
    """Open a modal for the person whose action issued the trigger."""
    content = limits.validate_view(_content(call), "modal")
    trigger = call.world.triggers.consume(_trigger_id(call))
    return _view_response(call, call.world.views.open(trigger.user, content))


@method("views.push")
def push(call: ApiCall) -> Json:
    """Push a modal onto the one in which the person acted."""
    content = limits.validate_view(_content(call), "modal")
    trigger = call.world.triggers.consume(_trigger_id(call))
    below = call.world.views.find(trigger.view_id)
    if below is None or not below.is_open or below.kind != "modal":
        raise SlackError("not_found")
    return _view_response(call, call.world.views.push(trigger.user, content, below))


@method("views.update")
def update(call: ApiCall) -> Json:
    """Change an open modal, found by its id or by its external id."""
    view_id, external_id = call.args.text("view_id"), call.args.text("external_id")
    if view_id and external_id:
        raise SlackError("invalid_arguments", ["[ERROR] Cannot provide both `view_id` and `external_id`"])
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", ["[ERROR] must provide one of `view_id` or `external_id`"])
    views = call.world.views
    view = views.find(view_id) if view_id else views.find_by_external_id(external_id)
    if view is None or not view.is_open:
        raise SlackError("not_found")
    content = limits.validate_view(_content(call), view.kind)
    _require_same_hash(call, view)
    return _view_response(call, views.update(view, content))


@method("views.publish")
def publish(call: ApiCall) -> Json:
    """Publish the view on a person's Home tab."""
    if not call.world.app.home_tab:
        raise SlackError("not_enabled")
    person = call.world.people.find(call.args.require("user_id"))
    if person is None:
        raise SlackError("invalid_arguments", ["[ERROR] invalid user_id [json-pointer:/user_id]"])
    content = limits.validate_view(_content(call), "home")
    home = call.world.views.find_home(person.id)
    if home is not None:
        _require_same_hash(call, home)
    return _view_response(call, call.world.views.publish(person.id, content))


def _content(call: ApiCall) -> object:
    return call.args.json("view")


def _trigger_id(call: ApiCall) -> str:
    return call.args.text("trigger_id") or call.args.require("interactivity_pointer")


def _require_same_hash(call: ApiCall, view: View) -> None:
    known = call.args.text("hash")
    if known and known != view.hash:
        raise SlackError("hash_conflict")


def _view_response(call: ApiCall, view: View) -> Json:
    call.world.push_view_change(view)
    return {"view": as_slack_view(call.world, view)}
