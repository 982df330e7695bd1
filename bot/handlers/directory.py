"""Events about people who join the workspace, change their profile, or leave."""

from __future__ import annotations

from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.workflows.directory.sync import handle_user_change


async def receive_join_or_profile_change(interaction: Interaction) -> AckReply:
    """Save the profile in the event; somebody who left loses their consents."""
    await handle_user_change(
        interaction.services, interaction.who, dict(interaction.body["event"]["user"]), interaction.event_id
    )
    return None


ROUTES: Routes = {
    "event": {"user_change": receive_join_or_profile_change, "team_join": receive_join_or_profile_change}
}
