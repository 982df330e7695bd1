"""Somebody pressed a button under a question, or wanted to know more about one."""

from __future__ import annotations

from bot import ids
from bot.conversation.turns import ButtonPressed, MessageRestored, UserAction
from bot.errors import DraftNotFoundError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.views.stories.replies import rules_modal
from bot.workflows.people.members import find_person, texts_for
from bot.workflows.people.replies import send_text
from bot.workflows.stories.deletion import erase_draft
from bot.workflows.stories.language import change_language
from bot.workflows.stories.show import PressedMessage, show_turn
from bot.workflows.stories.turn import TurnRequest, take_turn
from db.models.drafts import DraftStep, Question


async def press_choice(interaction: Interaction) -> AckReply:
    """A choice under a question of the story."""
    carried, question = interaction.payload, interaction.payload.parse_question()
    if question is None:
        raise DraftNotFoundError
    pressed = ButtonPressed(question, carried.choice, carried.subject, interaction.ticked_values)
    await _take_turn(interaction, pressed)
    return None


async def _take_turn(interaction: Interaction, action: UserAction) -> None:
    request = TurnRequest(interaction.who, action, draft_id=interaction.payload.draft_id)
    outcome = await take_turn(interaction.services, request)
    question = interaction.payload.parse_question() or Question(DraftStep.INVITATION)
    place = PressedMessage(interaction.channel, interaction.message_ts, question)
    interaction.services.send_after_commit(
        interaction.who, lambda: show_turn(interaction.services, outcome, place)
    )


async def tick_box(interaction: Interaction) -> AckReply:
    """A box was ticked: nothing is taken until the button is pressed."""
    return None


async def press_restore(interaction: Interaction) -> AckReply:
    """[Keep it]: a deleted message's words stay in the story, even in one put aside."""
    carried = interaction.payload
    question = carried.parse_question() or Question(DraftStep.INVITATION)
    await _take_turn(interaction, MessageRestored(question, carried.subject))
    return None


async def open_rules(interaction: Interaction) -> AckReply:
    """[Tell me more] under the ground rules."""
    texts = texts_for(await find_person(interaction.services, interaction.who))
    await interaction.services.messenger.call_once(
        "views.open", trigger_id=interaction.trigger_id, view=rules_modal(texts)
    )
    return None


async def press_erase_draft(interaction: Interaction) -> AckReply:
    """[Erase]: this draft with everything in it."""
    await erase_draft(interaction.services, interaction.who, interaction.payload.draft_id)
    return None


async def press_keep_draft(interaction: Interaction) -> AckReply:
    """[Keep]: nothing has changed."""
    await send_text(interaction.services, interaction.who, "kept")
    return None


async def set_language(interaction: Interaction) -> AckReply:
    """The language in which the bot speaks; the story keeps its own."""
    await change_language(interaction.services, interaction.who, interaction.payload.choice)
    return None


ROUTES: Routes = {
    "action": {
        ids.CHOICE_PRESS: press_choice,
        ids.VOLUNTEER_BOX: tick_box,
        ids.ANSWER_RESTORE: press_restore,
        ids.RULES_EXPLAIN: open_rules,
        ids.DRAFT_ERASE: press_erase_draft,
        ids.DRAFT_KEEP: press_keep_draft,
        ids.LANGUAGE_SET: set_language,
    }
}
