"""The slash command."""

from __future__ import annotations

from bot import ids
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.views.stories.replies import command_help_text
from bot.workflows.people.members import texts_for
from bot.workflows.stories import start
from bot.workflows.stories.show import show_or_send_later

STORY_WORDS = frozenset({"", "story", "قصة", "القصة"})
HELP_WORDS = frozenset({"help", "?", "مساعدة", "المساعدة"})


async def run_slash_command(interaction: Interaction) -> AckReply:
    """Start or resume a story, or explain the command: `/hakawati`, alone or with a word."""
    person = await interaction.member(written_at=interaction.services.clock.now())
    texts = texts_for(person)
    word = str(interaction.body.get("text") or "").strip().lower()
    if word in STORY_WORDS:
        show_or_send_later(
            interaction.services,
            interaction.who,
            await start.begin_story(interaction.services, interaction.who),
        )
        return texts.say("command-done")
    return command_help_text(texts, unknown=word not in HELP_WORDS)


ROUTES: Routes = {"command": {ids.COMMAND: run_slash_command}}
