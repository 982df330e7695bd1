"""Starting, resuming, editing and taking along a story."""

from __future__ import annotations

from bot import ids
from bot.conversation.draft_notes import notes_for_step
from bot.handlers.interaction import AckReply, Interaction, Routes, field_errors_reply
from bot.payloads import DestinationPayload, DraftPayload, EditorPayload, QuestionPayload, ReplacementPayload
from bot.views.stories.editor import edit_text_modal
from bot.views.stories.finish import other_sites_modal
from bot.views.stories.notes import note_location_modal, own_words_percentage_modal
from bot.workflows.people.replies import send_sentence_later
from bot.workflows.stories import destinations, start, text_editor
from bot.workflows.stories.context import TurnContext
from bot.workflows.stories.load import load_turn_context
from bot.workflows.stories.show import show_or_send_later
from db.models.drafts import DraftStep


async def start_story(interaction: Interaction) -> AckReply:
    """Start a story: by the shortcut, or the button on the Home tab or under a finished story."""
    await interaction.member()
    services, who = interaction.services, interaction.who
    show_or_send_later(services, who, await start.begin_story(services, who))
    return None


async def resume_story(interaction: Interaction) -> AckReply:
    """Resume this draft: [Go on]."""
    await interaction.member()
    services, who = interaction.services, interaction.who
    outcome = await start.resume(services, who, interaction.payload(DraftPayload).draft_id)
    show_or_send_later(services, who, outcome)
    if (comparison := start.pending_change_question(outcome)) is not None:
        show_or_send_later(services, who, comparison)
    return None


async def put_aside_and_start_another(interaction: Interaction) -> AckReply:
    """Put this draft aside and start another, or a translation: [Put it aside, start another]."""
    await interaction.member()
    services, who, payload = interaction.services, interaction.who, interaction.payload(ReplacementPayload)
    outcome = await start.put_aside_and_begin_another(services, who, payload.draft_id, payload.translation_of)
    show_or_send_later(services, who, outcome)
    return None


async def start_second_language(interaction: Interaction) -> AckReply:
    """Start the same story in the other language."""
    await interaction.member()
    services, who = interaction.services, interaction.who
    draft_id = interaction.payload(DraftPayload).draft_id
    show_or_send_later(services, who, await start.begin_translation(services, who, draft_id))
    return None


async def open_text_editor(interaction: Interaction) -> AckReply:
    """Open the whole text for editing: [Edit the text]."""
    context = await _load_context(interaction)
    return await interaction.open_modal(edit_text_modal(context.draft, context.material, context.texts))


async def save_text(interaction: Interaction) -> AckReply:
    """Save the edited text; where that's impossible, the modal stays open with the text in it."""
    errors = await text_editor.save_edited_text(
        interaction.services, interaction.who, interaction.payload(EditorPayload), interaction.view
    )
    return field_errors_reply(errors) if errors else None


async def open_own_words_percentage(interaction: Interaction) -> AckReply:
    """Show the person's own share of the text: [How much of this is mine?]."""
    context = await _load_context(interaction)
    return await interaction.open_modal(
        own_words_percentage_modal(context.draft, context.material, context.texts)
    )


async def open_note(interaction: Interaction) -> AckReply:
    """Show the passage that a note is about: [Show me where]."""
    payload = interaction.payload(QuestionPayload)
    context = await load_turn_context(
        interaction.services, interaction.who, payload.draft_id, for_checks=True
    )
    notes = notes_for_step(context.draft, DraftStep.DRAFT, context.material)
    note = next((note for note in notes if str(int(note.check)) == payload.subject), None)
    if note is None:
        return None
    return await interaction.open_modal(
        note_location_modal(context.draft, note, context.material, context.texts)
    )


async def open_other_sites(interaction: Interaction) -> AckReply:
    """Show the other sites for a story: [Other places]."""
    context = await _load_context(interaction)
    return await interaction.open_modal(
        other_sites_modal(context.draft, interaction.services.company_name, context.texts)
    )


async def press_destination(interaction: Interaction) -> AckReply:
    """Record that the story was taken to the site whose link was pressed."""
    payload = interaction.payload(DestinationPayload)
    await destinations.record_destination(
        interaction.services, interaction.who, payload.draft_id, payload.destination
    )
    return None


async def request_file(interaction: Interaction) -> AckReply:
    """Send the story as a file, once for each text; pressed again, point to the earlier one: [As a file]."""
    services, who = interaction.services, interaction.who
    context = await _load_context(interaction)
    await destinations.record_destination(services, who, context.draft.id, "file")

    async def send() -> None:
        if problem := await destinations.send_file(services, context):
            await send_sentence_later(services, who, problem)

    services.send_after_commit(who, send)
    return None


async def count_glassdoor_click(interaction: Interaction) -> AckReply:
    """Count an opening of the link; nothing here may know the person."""
    await destinations.record_glassdoor_click(interaction.services)
    return None


async def _load_context(interaction: Interaction) -> TurnContext:
    draft_id = interaction.payload(DraftPayload).draft_id
    return await load_turn_context(interaction.services, interaction.who, draft_id)


ROUTES: Routes = {
    "action": {
        ids.STORY_START: start_story,
        ids.STORY_RESUME: resume_story,
        ids.STORY_REPLACE: put_aside_and_start_another,
        ids.STORY_SECOND_LANGUAGE: start_second_language,
        ids.TEXT_EDIT: open_text_editor,
        ids.TEXT_SHARE: open_own_words_percentage,
        ids.NOTE_SHOW: open_note,
        ids.DESTINATIONS_OPEN: open_other_sites,
        ids.DESTINATION_TAKE: press_destination,
        ids.FILE_TAKE: request_file,
        ids.GLASSDOOR_OPEN: count_glassdoor_click,
    },
    "submission": {ids.TEXT_EDITED: save_text},
    "shortcut": {ids.SHORTCUT_START: start_story},
}
