"""users.* and dnd.*: people and their do-not-disturb times."""

from practice.channels import as_slack_channel
from practice.payloads import Json, SlackError
from practice.people import SLACKBOT, Person, as_slack_user, dnd_schedule, slackbot_user
from practice.web_api.methods import ApiCall, method, paginate


@method("users.info", "users:read")
def info(call: ApiCall) -> Json:
    """Return one person."""
    if call.args.text("user") == SLACKBOT:
        return {"user": slackbot_user(call.world.company.team_id)}
    return {"user": _user_json(call, call.person())}


@method("users.list", "users:read")
def list_people(call: ApiCall) -> Json:
    """Return everybody, including Slackbot and leavers."""
    team = call.world.company.team_id
    everybody = [
        slackbot_user(team),
        *(_user_json(call, p) for p in call.world.people if p.is_member_of(team)),
    ]
    found, next_cursor = paginate(everybody, call.args, len(everybody) + 1)
    return {
        "members": found,
        "cache_ts": call.world.clock.unix_seconds(),
        "response_metadata": {"next_cursor": next_cursor},
    }


@method("users.lookupByEmail", "users:read.email")
def lookup_by_email(call: ApiCall) -> Json:
    """Return the person with this address; leavers aren't found."""
    email = call.args.require("email", "users_not_found").casefold()
    for person in call.world.people:
        if person.email.casefold() == email and not person.deleted:
            return {"user": _user_json(call, person)}
    raise SlackError("users_not_found")


@method("users.conversations", "channels:read", "groups:read", "im:read", "mpim:read")
def conversations(call: ApiCall) -> Json:
    """Return a person's (or the bot's) conversations, as far as the bot can see them."""
    world = call.world
    user = call.args.text("user") or world.bot_user_id
    types = call.args.string_list("types") or ["public_channel"]
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    wanted = {kinds[name] for name in types if name in kinds}
    seen = [c for c in world.channels if user in c.members and c.kind in wanted]
    visible = [c for c in seen if c.kind == "channel" or world.bot_user_id in c.members]
    found, next_cursor = paginate(visible, call.args, 100)
    shown = [as_slack_channel(channel, world.bot_user_id) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": next_cursor}}


@method("users.profile.get", "users.profile:read")
def profile(call: ApiCall) -> Json:
    """Return a person's profile."""
    person = call.person() if call.args.text("user") else call.world.people.find(call.world.bot_user_id)
    if person is None:
        raise SlackError("user_not_found")
    return {"profile": _user_json(call, person)["profile"]}


@method("dnd.info", "dnd:read")
def dnd_info(call: ApiCall) -> Json:
    """Return one person's do-not-disturb schedule."""
    person = call.person() if call.args.text("user") else call.world.people.find(call.world.bot_user_id)
    if person is None:
        raise SlackError("user_not_found")
    return {**dnd_schedule(person, call.world.clock.now()), "snooze_enabled": False}


@method("dnd.teamInfo", "dnd:read")
def dnd_team_info(call: ApiCall) -> Json:
    """Return the do-not-disturb schedules of up to fifty people."""
    wanted = call.args.string_list("users")
    if not wanted:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: users"])
    if len(wanted) > 50:
        raise SlackError("too_many_users")
    people = [call.world.people.find(user) for user in wanted]
    return {"users": {p.id: dnd_schedule(p, call.world.clock.now()) for p in people if p}}


def _user_json(call: ApiCall, person: Person) -> Json:
    return as_slack_user(
        person,
        call.world.company.team_id,
        call.world.clock.now(),
        email="users:read.email" in call.world.app.scopes,
        locale=call.args.flag("include_locale"),
    )
