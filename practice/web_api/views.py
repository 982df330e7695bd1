"""views.*: modals and the Home tab."""

from practice import limits
from practice.interactions import as_slack_view
from practice.payloads import Json, SlackError
from practice.views import View
from practice.web_api.methods import Call, method


@method("views.open")
def open_view(call: Call) -> Json:
    """Open a modal for the person who just did something."""
    content = limits.view(_content(call), "modal")
    trigger = call.world.triggers.spend(_trigger(call))
    return _shown(call, call.world.views.open(trigger.user, content))


@method("views.push")
def push(call: Call) -> Json:
    """Push a modal onto the one in which the person just did something."""
    content = limits.view(_content(call), "modal")
    trigger = call.world.triggers.spend(_trigger(call))
    below = call.world.views.find(trigger.view_id)
    if below is None or not below.open or below.kind != "modal":
        raise SlackError("not_found")
    return _shown(call, call.world.views.push(trigger.user, content, below))


@method("views.update")
def update(call: Call) -> Json:
    """Change an open modal, found by its id or by the app's own one."""
    view_id, external_id = call.args.text("view_id"), call.args.text("external_id")
    if view_id and external_id:
        raise SlackError("invalid_arguments", ["[ERROR] Cannot provide both `view_id` and `external_id`"])
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", ["[ERROR] must provide one of `view_id` or `external_id`"])
    views = call.world.views
    view = views.find(view_id) if view_id else views.with_external_id(external_id)
    if view is None or not view.open:
        raise SlackError("not_found")
    content = limits.view(_content(call), view.kind)
    _same_hash(call, view)
    return _shown(call, views.update(view, content))


@method("views.publish")
def publish(call: Call) -> Json:
    """Put something on a person's Home tab."""
    if not call.world.app.home_tab:
        raise SlackError("not_enabled")
    person = call.world.people.find(call.args.need("user_id"))
    if person is None:
        raise SlackError("invalid_arguments", ["[ERROR] invalid user_id [json-pointer:/user_id]"])
    content = limits.view(_content(call), "home")
    home = call.world.views.home(person.id)
    if home is not None:
        _same_hash(call, home)
    return _shown(call, call.world.views.publish(person.id, content))


def _content(call: Call) -> object:
    return call.args.json("view")


def _trigger(call: Call) -> str:
    return call.args.text("trigger_id") or call.args.need("interactivity_pointer")


def _same_hash(call: Call, view: View) -> None:
    known = call.args.text("hash")
    if known and known != view.hash:
        raise SlackError("hash_conflict")


def _shown(call: Call, view: View) -> Json:
    call.world.tell_view(view)
    return {"view": as_slack_view(call.world, view)}
