"""users.* and dnd.*: who is here, and whether they want to be left alone."""

from practice.channels import as_slack_channel
from practice.payloads import Json, SlackError
from practice.people import SLACKBOT, Person, as_slack_user, do_not_disturb, slackbot
from practice.web_api.methods import Call, method, page


@method("users.info", "users:read")
def info(call: Call) -> Json:
    """Give one person."""
    if call.args.text("user") == SLACKBOT:
        return {"user": slackbot(call.world.company.team_id)}
    return {"user": _shown(call, call.person())}


@method("users.list", "users:read")
def list_people(call: Call) -> Json:
    """Give everybody, Slackbot and leavers included."""
    team = call.world.company.team_id
    everybody = [slackbot(team), *(_shown(call, p) for p in call.world.people if p.is_of(team))]
    found, following = page(everybody, call.args, len(everybody) + 1)
    return {
        "members": found,
        "cache_ts": call.world.clock.seconds(),
        "response_metadata": {"next_cursor": following},
    }


@method("users.lookupByEmail", "users:read.email")
def lookup_by_email(call: Call) -> Json:
    """Find a person by address; those who left are not found."""
    email = call.args.need("email", "users_not_found").casefold()
    for person in call.world.people:
        if person.email.casefold() == email and not person.deleted:
            return {"user": _shown(call, person)}
    raise SlackError("users_not_found")


@method("users.conversations", "channels:read", "groups:read", "im:read", "mpim:read")
def conversations(call: Call) -> Json:
    """Give the conversations a person (or the bot) is in, as far as the bot can see them."""
    world = call.world
    user = call.args.text("user") or world.bot
    types = call.args.names("types") or ["public_channel"]
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    wanted = {kinds[name] for name in types if name in kinds}
    seen = [c for c in world.channels if user in c.members and c.kind in wanted]
    visible = [c for c in seen if c.kind == "channel" or world.bot in c.members]
    found, following = page(visible, call.args, 100)
    shown = [as_slack_channel(channel, world.bot) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": following}}


@method("users.profile.get", "users.profile:read")
def profile(call: Call) -> Json:
    """Give the profile of a person."""
    person = call.person() if call.args.text("user") else call.world.people.find(call.world.bot)
    if person is None:
        raise SlackError("user_not_found")
    return {"profile": _shown(call, person)["profile"]}


@method("dnd.info", "dnd:read")
def dnd_info(call: Call) -> Json:
    """Give one person's do-not-disturb schedule."""
    person = call.person() if call.args.text("user") else call.world.people.find(call.world.bot)
    if person is None:
        raise SlackError("user_not_found")
    return {**do_not_disturb(person, call.world.clock.now()), "snooze_enabled": False}


@method("dnd.teamInfo", "dnd:read")
def dnd_team_info(call: Call) -> Json:
    """Give the do-not-disturb schedules of several people, fifty at most."""
    wanted = call.args.names("users")
    if not wanted:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: users"])
    if len(wanted) > 50:
        raise SlackError("too_many_users")
    people = [call.world.people.find(user) for user in wanted]
    return {"users": {p.id: do_not_disturb(p, call.world.clock.now()) for p in people if p}}


def _shown(call: Call, person: Person) -> Json:
    return as_slack_user(
        person,
        call.world.company.team_id,
        call.world.clock.now(),
        email="users:read.email" in call.world.app.scopes,
        locale=call.args.flag("include_locale"),
    )
