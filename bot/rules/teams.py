"""The workspace that Slack addresses in a payload, the teams that its sender claims, and who is a colleague.

Three different teams may be in one payload: the installation of the app that Slack addresses, the workspace in
which the sender was at that moment, and the sender's home. Only the first decides whether the payload is ours. The
other two are claims about the sender, and a claim alone never makes a colleague.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Payload = Mapping[str, Any]
ORGANISATION_PREFIX = "E"
"""The first letter of the ID of an Enterprise Grid organisation; a workspace's is T."""
UNREADABLE_TEAM = "?"
"""The ID for a team named in a form that Slack doesn't use: no team has it."""


def is_addressed_to(team: str, kind: str, body: Payload) -> bool:
    """Return whether Slack addresses this payload to the app as it is installed in this workspace.

    A payload that names no workspace is for nobody. An org-wide installation leaves out `team` and the
    `team_id` of the authorization: the workspace is then the one in which it happened.
    """
    match kind:
        case "event":
            return team in _event_workspaces(body)
        case "command":
            return _workspace_id(body.get("team_id")) == team
        case _:
            return next(_installation_candidates(kind, body), "") == team


def other_claimed_teams(team: str, kind: str, body: Payload) -> frozenset[str]:
    """Return the other teams and organisations to which the sender belongs according to the payload.

    Events about a person (`user_change`, `team_join`) have no sender: they come from Slack itself.
    """
    if kind == "event":
        named = _teams_in_event(body)
    elif kind == "command":
        named = iter((body.get("team_id"),))
    else:
        named = iter((_child_object(body, "user").get("team_id"), _child_object(body, "team").get("id")))
    return frozenset(_claimed_id(one) for one in named if one not in (None, "", team))


def user_team_ids(user: Payload) -> frozenset[str]:
    """Return every team and organisation to which Slack's user object says somebody belongs."""
    grid = _child_object(user, "enterprise_user")
    teams = grid.get("teams")
    named = [user.get("team_id"), grid.get("enterprise_id"), *(teams if isinstance(teams, list) else ())]
    return frozenset(one for one in named if isinstance(one, str) and one)


def is_colleague(team: str, user: Payload) -> bool:
    """Return whether Slack's user object shows somebody of this workspace; unknown means no.

    Somebody whose home is a sister workspace of the same Enterprise Grid belongs to this one, too, if Slack lists it
    among their teams. People in a shared channel never do: their teams are those of their own company.
    """
    return not user.get("is_stranger") and team in user_team_ids(user)


def _event_workspaces(body: Payload) -> Iterator[str] | tuple[str, ...]:
    """Return the workspaces that an event is for: the outer `team_id` may be the sender's."""
    authorizations = body.get("authorizations") or []
    if not isinstance(authorizations, list) or not all(isinstance(one, Mapping) for one in authorizations):
        return ()
    named = tuple(team for one in authorizations if (team := _workspace_id(one.get("team_id"))))
    if named or not all(_is_org_wide(one) for one in authorizations):
        return named
    return (_workspace_id(body.get("context_team_id")) or _workspace_id(body.get("team_id")),)


def _installation_candidates(kind: str, body: Payload) -> Iterator[str]:
    """Yield the workspaces that may be the installation, the most certain first."""
    view, message = _child_object(body, "view"), _child_object(body, "message")
    if team := _workspace_id(view.get("app_installed_team_id")):
        yield team
    if kind == "action" and (team := _bot_workspace(message)):
        yield team
    if team := _workspace_id(_child_object(body, "team").get("id")):
        yield team
    if _is_org_wide(body):
        yield _workspace_id(_child_object(body, "user").get("team_id")) or _workspace_id(view.get("team_id"))


def _bot_workspace(message: Payload) -> str:
    """Return the workspace of the bot that posted this message: only its own app receives clicks in it."""
    if not message.get("bot_id"):
        return ""
    return _workspace_id(_child_object(message, "bot_profile").get("team_id")) or _workspace_id(
        message.get("team")
    )


def _teams_in_event(body: Payload) -> Iterator[Any]:
    event = _child_object(body, "event")
    if isinstance(event.get("user"), Mapping):
        return
    inner = _child_object(event, "message") or _child_object(event, "previous_message") or event
    for place in (inner, event):
        yield from (place.get(name) for name in ("user_team", "source_team", "team"))
    yield body.get("team_id")


def _child_object(body: Payload, name: str) -> Payload:
    """Return the object under this name; an empty one where Slack sent none, null, or something else."""
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _workspace_id(value: Any) -> str:
    """Return the ID of a workspace, or an empty string."""
    return value if isinstance(value, str) and not value.startswith(ORGANISATION_PREFIX) else ""


def _claimed_id(value: Any) -> str:
    return value if isinstance(value, str) else UNREADABLE_TEAM


def _is_org_wide(body: Payload) -> bool:
    """Return whether the app is installed for a whole organisation; slash commands say so in a string."""
    return body.get("is_enterprise_install") in (True, "true")
