"""auth.*, apps.*, team.*, bots.*, emoji.* and api.test: the identity of app and workspace."""

from practice.payloads import Json, SlackError
from practice.web_api.methods import ApiCall, method


@method("api.test", token="none")
def api_test(call: ApiCall) -> Json:
    """Return the arguments, or the requested error."""
    shown = {key: value for key, value in call.args.values.items() if key != "token"}
    if call.args.text("error"):
        raise SlackError(call.args.text("error"), args=shown)
    return {"args": shown}


@method("auth.test", token="any")
def auth_test(call: ApiCall) -> Json:
    """Return the identity of the token."""
    company = call.world.company
    return {
        "url": f"https://{company.domain}.slack.com/",
        "team": company.team_name,
        "user": call.world.app.name.lower(),
        "team_id": company.team_id,
        "user_id": company.bot_user,
        "bot_id": company.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", token="app")
def connections_open(call: ApiCall) -> Json:
    """Return the URL for one Socket Mode connection."""
    return {"url": call.world.socket.issue_url()}


@method("team.info", "team:read")
def team_info(call: ApiCall) -> Json:
    """Return the workspace."""
    company = call.world.company
    team = call.args.text("team") or company.team_id
    if team != company.team_id:
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": company.team_id,
            "name": company.team_name,
            "url": f"https://{company.domain}.slack.com/",
            "domain": company.domain,
            "email_domain": f"{company.domain}.example",
            "icon": {"image_default": True},
            "avatar_base_url": "https://ca.slack-edge.com/",
            "is_verified": False,
        }
    }


@method("bots.info", "users:read")
def bots_info(call: ApiCall) -> Json:
    """Return the app's bot."""
    company = call.world.company
    wanted = call.args.text("bot") or company.bot_id
    if wanted != company.bot_id:
        raise SlackError("bot_not_found")
    return {
        "bot": {
            "id": company.bot_id,
            "deleted": False,
            "name": call.world.app.name,
            "updated": 1767225600,
            "app_id": company.app_id,
            "user_id": company.bot_user,
            "icons": {},
        }
    }


@method("emoji.list", "emoji:read")
def emoji_list(call: ApiCall) -> Json:
    """Return the workspace's custom emoji: one, with an alias."""
    return {
        "emoji": {"qamar": f"{call.world.url}/static/qamar.svg", "moon-logo": "alias:qamar"},
        "cache_ts": f"{call.world.clock.unix_seconds()}.000000",
    }
