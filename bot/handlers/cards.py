"""Somebody put a card into their own words, merged two lines, or wrote one of their own."""

from __future__ import annotations

from collections.abc import Callable

from bot import ids
from bot.conversation.turns import LineAdded, LineReworded, LinesMerged, UserAction
from bot.errors import DraftNotFoundError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.views.blocks import Block, text_input_values
from bot.views.stories.cards import change_line_modal, merge_lines_modal, own_line_modal, shown_line_text
from bot.views.stories.editor import join_editor_fields
from bot.workflows.people.members import load_texts
from bot.workflows.stories.context import TurnContext
from bot.workflows.stories.load import load_turn_context
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import TurnRequest, take_turn


async def open_card_editor(interaction: Interaction) -> AckReply:
    """[Nearly, let me change it]: the card in a modal."""
    about = interaction.payload.subject
    return await _open_modal(
        interaction, lambda scene: change_line_modal(scene.draft, about, scene.material, scene.texts)
    )


async def open_merge_form(interaction: Interaction) -> AckReply:
    """[Merge two]."""
    return await _open_modal(
        interaction, lambda scene: merge_lines_modal(scene.draft, scene.material, scene.texts)
    )


async def open_own_line_form(interaction: Interaction) -> AckReply:
    """[I'll write my own]."""
    return await _open_modal(interaction, lambda scene: own_line_modal(scene.draft, scene.texts))


async def _open_modal(interaction: Interaction, view: Callable[[TurnContext], Block]) -> AckReply:
    """A modal, opened by reading only: the trigger lives three seconds, and whether it is stale is decided later."""
    scene = await load_turn_context(interaction.services, interaction.who, interaction.payload.draft_id)
    await interaction.services.messenger.call_once(
        "views.open", trigger_id=interaction.trigger_id, view=view(scene)
    )
    return None


async def save_card_edit(interaction: Interaction) -> AckReply:
    """A card or line in the person's words came back; a very long one in several fields."""
    about = interaction.payload.subject
    try:
        scene = await load_turn_context(interaction.services, interaction.who, interaction.payload.draft_id)
    except DraftNotFoundError:
        return await _draft_gone_error(interaction)
    words = join_editor_fields(
        text_input_values(dict(interaction.view)), shown_line_text(scene.draft, about, scene.material)
    )
    return await _save_line(interaction, LineReworded(about, words), words)


async def save_merge(interaction: Interaction) -> AckReply:
    """Two lines came back as one."""
    words = _submitted_text(interaction)
    first, second = _selected_value(interaction, "first"), _selected_value(interaction, "second")
    try:
        scene = await load_turn_context(interaction.services, interaction.who, interaction.payload.draft_id)
    except DraftNotFoundError:
        return await _draft_gone_error(interaction)
    kept = {line.id for line in scene.draft.lines}
    if first == second:
        return _field_error("second", scene.texts.label("card-merge-same"))
    if not {first, second} <= kept:
        return _field_error("line", scene.texts.label("card-merge-gone"))
    return await _save_line(interaction, LinesMerged(first, second, words), words)


async def save_own_line(interaction: Interaction) -> AckReply:
    """A line of the person's own came back."""
    words = _submitted_text(interaction)
    return await _save_line(interaction, LineAdded(words), words)


async def _save_line(interaction: Interaction, action: UserAction, text: str) -> AckReply:
    """Keep the words; where they cannot be kept, the modal stays open with them still in it."""
    if not text.strip():
        return _field_error(
            "line", (await load_texts(interaction.services, interaction.who)).label("card-empty")
        )
    try:
        request = TurnRequest(interaction.who, action, draft_id=interaction.payload.draft_id)
        outcome = await take_turn(interaction.services, request)
    except DraftNotFoundError:
        return await _draft_gone_error(interaction)
    if outcome.context.draft.id != interaction.payload.draft_id:
        return _field_error("line", outcome.context.texts.label("edit-aside"))
    interaction.services.send_after_commit(interaction.who, lambda: show_turn(interaction.services, outcome))
    return None


def _submitted_text(interaction: Interaction) -> str:
    """The line as written, in one field."""
    return join_editor_fields(text_input_values(dict(interaction.view)), "")


async def _draft_gone_error(interaction: Interaction) -> AckReply:
    """The draft is no longer there: the modal stays open with the words in it."""
    return _field_error("line", (await load_texts(interaction.services, interaction.who)).label("edit-gone"))


def _field_error(block_id: str, sentence: str) -> AckReply:
    return {"response_action": "errors", "errors": {block_id: sentence}}


def _selected_value(interaction: Interaction, block_id: str) -> str:
    elements = interaction.view.get("state", {}).get("values", {}).get(block_id, {})
    return next((str((e.get("selected_option") or {}).get("value", "")) for e in elements.values()), "")


ROUTES: Routes = {
    "action": {
        ids.CARD_CHANGE: open_card_editor,
        ids.CARD_MERGE: open_merge_form,
        ids.CARD_WRITE: open_own_line_form,
    },
    "submission": {
        ids.CARD_CHANGED: save_card_edit,
        ids.CARD_MERGED: save_merge,
        ids.CARD_WRITTEN: save_own_line,
    },
}
