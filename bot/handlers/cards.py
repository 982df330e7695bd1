"""Editing the lines of a story: a card in one's own words, two lines merged, a new line."""

from __future__ import annotations

from bot import ids
from bot.conversation.turns import LineAdded, LineReworded, LinesMerged, UserAction
from bot.errors import DraftNotFoundError
from bot.handlers.interaction import AckReply, Interaction, Routes, field_errors_reply
from bot.payloads import DraftPayload, QuestionPayload
from bot.views.stories.cards import (
    change_line_modal,
    merge_lines_modal,
    own_line_modal,
    parse_line_text,
    parse_merge_form,
    shown_line_text,
)
from bot.workflows.people.members import load_texts
from bot.workflows.stories.context import TurnContext
from bot.workflows.stories.load import load_turn_context
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import TurnRequest, take_turn

# Modals are opened after reading only, since the trigger lives three seconds. Whether they're outdated is decided on
# submission.


async def open_card_editor(interaction: Interaction) -> AckReply:
    """Open a card for editing: [Nearly, let me change it]."""
    payload = interaction.payload(QuestionPayload)
    context = await load_turn_context(interaction.services, interaction.who, payload.draft_id)
    return await interaction.open_modal(
        change_line_modal(context.draft, payload.subject, context.material, context.texts)
    )


async def open_merge_form(interaction: Interaction) -> AckReply:
    """Open the form that merges two lines: [Merge two]."""
    context = await _load_context(interaction)
    return await interaction.open_modal(merge_lines_modal(context.draft, context.material, context.texts))


async def open_own_line_form(interaction: Interaction) -> AckReply:
    """Open the form for a new line: [I'll write my own]."""
    context = await _load_context(interaction)
    return await interaction.open_modal(own_line_modal(context.draft, context.texts))


async def save_card_edit(interaction: Interaction) -> AckReply:
    """Save a card or line in the person's words; a very long one arrives in several fields."""
    payload = interaction.payload(QuestionPayload)
    try:
        context = await load_turn_context(interaction.services, interaction.who, payload.draft_id)
    except DraftNotFoundError:
        return await _draft_gone_error(interaction)
    shown = shown_line_text(context.draft, payload.subject, context.material)
    text = parse_line_text(interaction.view, shown)
    return await _save_line(interaction, LineReworded(payload.subject, text), text)


async def save_merge(interaction: Interaction) -> AckReply:
    """Save two lines as one."""
    form = parse_merge_form(interaction.view)
    try:
        context = await _load_context(interaction)
    except DraftNotFoundError:
        return await _draft_gone_error(interaction)
    if form.first == form.second:
        return field_errors_reply({"second": context.texts.label("card-merge-same")})
    if not {form.first, form.second} <= {line.id for line in context.draft.lines}:
        return field_errors_reply({"line": context.texts.label("card-merge-gone")})
    return await _save_line(interaction, LinesMerged(form.first, form.second, form.text), form.text)


async def add_own_line(interaction: Interaction) -> AckReply:
    """Save a new line."""
    text = parse_line_text(interaction.view)
    return await _save_line(interaction, LineAdded(text), text)


async def _load_context(interaction: Interaction) -> TurnContext:
    draft_id = interaction.payload(DraftPayload).draft_id
    return await load_turn_context(interaction.services, interaction.who, draft_id)


async def _save_line(interaction: Interaction, action: UserAction, text: str) -> AckReply:
    """Save the text; where that's impossible, the modal stays open with the text still in it."""
    draft_id = interaction.payload(DraftPayload).draft_id
    if not text.strip():
        return await _line_error(interaction, "card-empty")
    try:
        request = TurnRequest(interaction.who, action, draft_id=draft_id)
        outcome = await take_turn(interaction.services, request)
    except DraftNotFoundError:
        return await _draft_gone_error(interaction)
    if outcome.context.draft.id != draft_id:
        return field_errors_reply({"line": outcome.context.texts.label("edit-aside")})
    interaction.services.send_after_commit(interaction.who, lambda: show_turn(interaction.services, outcome))
    return None


async def _draft_gone_error(interaction: Interaction) -> AckReply:
    """Keep the modal open with the text in it: its draft no longer exists."""
    return await _line_error(interaction, "edit-gone")


async def _line_error(interaction: Interaction, key: str) -> AckReply:
    texts = await load_texts(interaction.services, interaction.who)
    return field_errors_reply({"line": texts.label(key)})


ROUTES: Routes = {
    "action": {
        ids.CARD_CHANGE: open_card_editor,
        ids.CARD_MERGE: open_merge_form,
        ids.CARD_WRITE: open_own_line_form,
    },
    "submission": {
        ids.CARD_CHANGED: save_card_edit,
        ids.CARD_MERGED: save_merge,
        ids.CARD_WRITTEN: add_own_line,
    },
}
