"""Somebody begins, takes up, edits, looks at, or takes away a story."""

from __future__ import annotations

from bot import ids
from bot.conversation.draft_notes import notes_for_step
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.views.stories.editor import edit_text_modal
from bot.views.stories.finish import destinations_modal
from bot.views.stories.notes import note_location_modal, own_share_modal
from bot.workflows.people.members import ensure_member
from bot.workflows.people.replies import send_text
from bot.workflows.stories import destinations, text_editor
from bot.workflows.stories import start as beginnings
from bot.workflows.stories.load import load_turn_context
from bot.workflows.stories.show import show_or_send
from db.models.drafts import DraftStep


async def start_story(interaction: Interaction) -> AckReply:
    """Begin: by the shortcut, the button on the Home tab, or the button under an ending."""
    await ensure_member(interaction.services, interaction.who)
    show_or_send(
        interaction.services,
        interaction.who,
        await beginnings.begin_story(interaction.services, interaction.who),
    )
    return None


async def resume_story(interaction: Interaction) -> AckReply:
    """[Go on] with this draft."""
    await ensure_member(interaction.services, interaction.who)
    outcome = await beginnings.resume(interaction.services, interaction.who, interaction.payload.draft_id)
    show_or_send(interaction.services, interaction.who, outcome)
    if (then := beginnings.pending_comparison(outcome)) is not None:
        show_or_send(interaction.services, interaction.who, then)
    return None


async def replace_story(interaction: Interaction) -> AckReply:
    """[Put it aside, start another], which may be a story in its other language."""
    await ensure_member(interaction.services, interaction.who)
    services, who, carried = interaction.services, interaction.who, interaction.payload
    show_or_send(
        services, who, await beginnings.replace_current(services, who, carried.draft_id, carried.subject)
    )
    return None


async def start_second_language(interaction: Interaction) -> AckReply:
    """The same story in the other language."""
    await ensure_member(interaction.services, interaction.who)
    show_or_send(
        interaction.services,
        interaction.who,
        await beginnings.begin_translation(
            interaction.services, interaction.who, interaction.payload.draft_id
        ),
    )
    return None


async def open_text_editor(interaction: Interaction) -> AckReply:
    """[Edit the text]: all of it, in a modal."""
    scene = await load_turn_context(interaction.services, interaction.who, interaction.payload.draft_id)
    view = edit_text_modal(scene.draft, scene.material, scene.texts)
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def save_text(interaction: Interaction) -> AckReply:
    """The whole text came back. Where it cannot be kept, the modal stays open with the words in it."""
    return await text_editor.save_edited_text(
        interaction.services, interaction.who, interaction.payload, dict(interaction.view)
    )


async def open_own_share(interaction: Interaction) -> AckReply:
    """[How much of this is mine?]"""
    scene = await load_turn_context(interaction.services, interaction.who, interaction.payload.draft_id)
    view = own_share_modal(scene.draft, scene.material, scene.texts)
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def open_note(interaction: Interaction) -> AckReply:
    """[Show me where] a note stands."""
    scene = await load_turn_context(
        interaction.services, interaction.who, interaction.payload.draft_id, for_checks=True
    )
    found = notes_for_step(scene.draft, DraftStep.DRAFT, scene.material)
    note = next((n for n in found if str(int(n.check)) == interaction.payload.subject), None)
    if note is not None:
        view = note_location_modal(scene.draft, note, scene.material, scene.texts)
        await interaction.services.messenger.call_once(
            "views.open", trigger_id=interaction.trigger_id, view=view
        )
    return None


async def open_destinations(interaction: Interaction) -> AckReply:
    """[Other places]."""
    scene = await load_turn_context(interaction.services, interaction.who, interaction.payload.draft_id)
    view = destinations_modal(scene.draft, interaction.services.company_name, scene.texts)
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def press_destination(interaction: Interaction) -> AckReply:
    """A link to a place was pressed: the story was taken there."""
    await destinations.record_destination(
        interaction.services, interaction.who, interaction.payload.draft_id, interaction.payload.subject
    )
    return None


async def request_file(interaction: Interaction) -> AckReply:
    """[As a file]: once for each text; whoever presses again is told that it lies above."""
    scene = await load_turn_context(interaction.services, interaction.who, interaction.payload.draft_id)
    await destinations.record_destination(
        interaction.services, interaction.who, interaction.payload.draft_id, "file"
    )

    async def sending() -> None:
        if problem := await destinations.send_file(interaction.services, scene):
            await send_text(interaction.services, interaction.who, problem)

    interaction.services.send_after_commit(interaction.who, sending)
    return None


async def press_glassdoor(interaction: Interaction) -> AckReply:
    """One more has opened the link; nothing here may know who."""
    await destinations.record_glassdoor_click(interaction.services)
    return None


ROUTES: Routes = {
    "action": {
        ids.STORY_START: start_story,
        ids.STORY_RESUME: resume_story,
        ids.STORY_REPLACE: replace_story,
        ids.STORY_SECOND_LANGUAGE: start_second_language,
        ids.TEXT_EDIT: open_text_editor,
        ids.TEXT_SHARE: open_own_share,
        ids.NOTE_SHOW: open_note,
        ids.DESTINATIONS_OPEN: open_destinations,
        ids.DESTINATION_TAKE: press_destination,
        ids.FILE_TAKE: request_file,
        ids.GLASSDOOR_OPEN: press_glassdoor,
    },
    "submission": {ids.TEXT_EDITED: save_text},
    "shortcut": {ids.SHORTCUT_START: start_story},
}
