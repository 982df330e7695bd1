"""Buttons under the questions of a story."""

from __future__ import annotations

from bot import ids
from bot.conversation.turns import ButtonPressed, MessageRestored, UserAction
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.payloads import DraftPayload, LanguagePayload, QuestionPayload
from bot.views.stories.replies import rules_modal
from bot.workflows.people.members import load_texts
from bot.workflows.people.replies import send_sentence_later
from bot.workflows.stories.deletion import delete_story_and_confirm
from bot.workflows.stories.language import change_interface_language
from bot.workflows.stories.show import PressedMessage, show_turn
from bot.workflows.stories.turn import TurnRequest, take_turn


async def press_choice(interaction: Interaction) -> AckReply:
    """Take a choice under a question of the story."""
    payload = interaction.payload(QuestionPayload)
    await _take_turn(
        interaction,
        payload,
        ButtonPressed(payload.question, payload.choice, payload.subject, interaction.ticked_values),
    )
    return None


async def _take_turn(interaction: Interaction, payload: QuestionPayload, action: UserAction) -> None:
    request = TurnRequest(interaction.who, action, draft_id=payload.draft_id)
    outcome = await take_turn(interaction.services, request)
    place = PressedMessage(interaction.channel, interaction.message_ts, payload.question)
    interaction.services.send_after_commit(
        interaction.who, lambda: show_turn(interaction.services, outcome, place)
    )


async def ignore_ticked_box(interaction: Interaction) -> AckReply:
    """Ignore a ticked box: it counts when the button is pressed."""
    return None


async def press_restore_deleted_words(interaction: Interaction) -> AckReply:
    """Keep a deleted message's words in the story, even in one put aside: [Keep it]."""
    payload = interaction.payload(QuestionPayload)
    await _take_turn(interaction, payload, MessageRestored(payload.question, payload.subject))
    return None


async def open_rules(interaction: Interaction) -> AckReply:
    """Explain the ground rules: [Tell me more]."""
    return await interaction.open_modal(rules_modal(await load_texts(interaction.services, interaction.who)))


async def press_erase_draft(interaction: Interaction) -> AckReply:
    """Erase the draft with everything in it: [Erase]."""
    draft_id = interaction.payload(DraftPayload).draft_id
    await delete_story_and_confirm(interaction.services, interaction.who, draft_id)
    return None


async def decline_draft_erasure(interaction: Interaction) -> AckReply:
    """Say that nothing has changed: [Keep]."""
    await send_sentence_later(interaction.services, interaction.who, "kept")
    return None


async def set_bot_language(interaction: Interaction) -> AckReply:
    """Change the bot's language; the story keeps its own."""
    payload = interaction.find_payload(LanguagePayload)
    if payload is not None:
        await change_interface_language(interaction.services, interaction.who, payload.language)
    return None


ROUTES: Routes = {
    "action": {
        ids.CHOICE_PRESS: press_choice,
        ids.VOLUNTEER_BOX: ignore_ticked_box,
        ids.ANSWER_RESTORE: press_restore_deleted_words,
        ids.RULES_EXPLAIN: open_rules,
        ids.DRAFT_ERASE: press_erase_draft,
        ids.DRAFT_KEEP: decline_draft_erasure,
        ids.LANGUAGE_SET: set_bot_language,
    }
}
