"""Somebody pressed a button under a question, or wanted to know more about one."""

from __future__ import annotations

from bot import ids
from bot.conversation.commands import Command
from bot.conversation.turns import ButtonPressed, CardsDealt, CommandSent, MessageRestored, UserAction
from bot.errors import DraftNotFoundError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.views.stories.replies import rules_modal
from bot.workflows.people import replies as leaving
from bot.workflows.people.members import find_person, texts_for
from bot.workflows.stories.show import PressedMessage, show_turn
from bot.workflows.stories.turn import UNDEALT, TurnContext, ensure_member_and_take_turn
from db.models.drafts import DraftStep, Question


async def press_choice(interaction: Interaction) -> AckReply:
    """A choice under a question of the story."""
    carried, question = interaction.payload, interaction.payload.parse_question()
    if question is None:
        raise DraftNotFoundError

    def decide(scene: TurnContext) -> UserAction:
        opens = question.step is DraftStep.LINES and not question.about and carried.choice == "open"
        if opens and scene.draft.at == question:
            return CardsDealt(UNDEALT)
        if carried.choice in set(Command) and scene.draft.at == question:
            return CommandSent(Command(carried.choice))
        return ButtonPressed(question, carried.choice, carried.subject, interaction.ticked_values)

    await _take_turn(interaction, decide)
    return None


async def _take_turn(interaction: Interaction, decide: leaving.AnswerChooser, *, aside: bool = False) -> None:
    outcome = await ensure_member_and_take_turn(
        interaction.services,
        interaction.who,
        decide,
        draft_id=interaction.payload.draft_id,
        allow_aside=aside,
    )
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
    await _take_turn(interaction, lambda _scene: MessageRestored(question, carried.subject), aside=True)
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
    await leaving.erase_draft(interaction.services, interaction.who, interaction.payload.draft_id)
    return None


async def press_keep_draft(interaction: Interaction) -> AckReply:
    """[Keep]: nothing has changed."""
    await leaving.send_text(interaction.services, interaction.who, "kept")
    return None


async def set_language(interaction: Interaction) -> AckReply:
    """The language in which the bot speaks; the story keeps its own."""
    await leaving.change_language(interaction.services, interaction.who, interaction.payload.choice)
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
