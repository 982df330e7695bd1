"""Somebody joined the workspace, changed their profile, or left."""

from __future__ import annotations

from bot.handlers.interaction import Call, Reply, Routes
from bot.workflows.directory.sync import hear_of


async def changed(call: Call) -> Reply:
    """Slack tells of a person: it is kept, and who has left takes every yes back."""
    await hear_of(call.services, call.who, dict(call.body["event"]["user"]), call.event)
    return None


ROUTES: Routes = {"event": {"user_change": changed, "team_join": changed}}
