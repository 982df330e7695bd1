"""The Home tab: settings and consents, stories to read, personal data, and erasure."""

from __future__ import annotations

from bot import ids
from bot.handlers.interaction import AckReply, Interaction, Routes, field_errors_reply, next_view_reply
from bot.payloads import (
    ConsentPayload,
    DraftPayload,
    ExportPayload,
    LandingPayload,
    LanguagePayload,
    PagePayload,
    SegmentPayload,
    SwitchPayload,
)
from bot.views.blocks import Block
from bot.views.privacy import personal_data as views
from bot.views.privacy.policy import privacy_policy_modal
from bot.views.stories import reader, replies
from bot.workflows.consents import consents
from bot.workflows.home import home
from bot.workflows.people.members import load_texts, record_dm_channel, texts_for
from bot.workflows.preferences import settings
from bot.workflows.privacy import data_export, erasure
from bot.workflows.stories.landing import set_landing_status
from bot.workflows.stories.load import load_turn_context
from db.queries import story_versions


async def receive_app_home_opened(interaction: Interaction) -> AckReply:
    """Draw the Home tab from what is stored, and note the DM's channel, which the event names for both tabs."""
    event, services, who = interaction.body["event"], interaction.services, interaction.who
    channel = str(event.get("channel") or "")
    # After the ack: a database that doesn't answer must not cost the event, nor make the bot write to a visitor.
    services.send_after_commit(who, lambda: record_dm_channel(services, who, channel))
    if event.get("tab", "home") == "home":
        _publish_home(interaction)
    return None


# --- settings ----------------------------------------------------------------------------------------


async def set_consent(interaction: Interaction) -> AckReply:
    """Give a consent, or take it back."""
    await interaction.member()
    if (payload := interaction.find_payload(ConsentPayload)) is not None:
        await consents.record_consent_choice(
            interaction.services, interaction.who, payload.use, payload.given
        )
    return _publish_home(interaction)


async def set_segment(interaction: Interaction) -> AckReply:
    """Set the segment that's nearer to their work."""
    await interaction.member()
    if (payload := interaction.find_payload(SegmentPayload)) is not None:
        await consents.set_segment(interaction.services, interaction.who, payload.segment)
    return _publish_home(interaction)


async def set_language(interaction: Interaction) -> AckReply:
    """Set the bot's language; a story keeps its own."""
    await interaction.member()
    if (payload := interaction.find_payload(LanguagePayload)) is not None:
        await settings.set_language(interaction.services, interaction.who, payload.language)
    return _publish_home(interaction)


async def set_proactive_messages(interaction: Interaction) -> AckReply:
    """Allow proactive messages, or stop them."""
    await interaction.member()
    if (payload := interaction.find_payload(SwitchPayload)) is not None:
        await settings.set_proactive_messages(interaction.services, interaction.who, allowed=payload.is_on)
    return _publish_home(interaction)


async def record_landing_answer(interaction: Interaction) -> AckReply:
    """Record whether a story landed, from the tab, the reading modal, or the question in the DM."""
    payload = interaction.payload(LandingPayload)
    await set_landing_status(interaction.services, interaction.who, payload.draft_id, payload.answer)
    if interaction.is_in_modal:
        await interaction.update_modal(await _story_modal(interaction, payload.draft_id))
    elif not interaction.view:
        texts = await load_texts(interaction.services, interaction.who)
        interaction.replace_message(replies.sentence_message(texts, "landed-thanks"))
    return _publish_home(interaction)


def _publish_home(interaction: Interaction) -> AckReply:
    home.publish_home_later(interaction.services, interaction.who)
    return None


# --- reading: modals are opened after reading only, since the trigger lives three seconds ---------------


async def open_story(interaction: Interaction) -> AckReply:
    """Show the whole story: [Read]."""
    draft_id = interaction.payload(DraftPayload).draft_id
    return await interaction.open_modal(await _story_modal(interaction, draft_id))


async def open_versions(interaction: Interaction) -> AckReply:
    """Show a story's versions: [Earlier versions]."""
    draft_id = interaction.payload(DraftPayload).draft_id
    return await interaction.open_modal(await _versions_modal(interaction, draft_id))


async def open_finished_stories(interaction: Interaction) -> AckReply:
    """List all finished stories: [All my stories]."""
    return await interaction.open_modal(await _story_list_modal(interaction))


async def open_personal_data(interaction: Interaction) -> AckReply:
    """Show the personal data: [Everything held about me]."""
    return await interaction.open_modal(await _personal_data_modal(interaction))


async def open_policy(interaction: Interaction) -> AckReply:
    """Explain the privacy policy, from the tab or the first question: [What happens to my words?]."""
    model = await home.load_home_model(interaction.services, interaction.who)
    company = interaction.services.company_name
    return await interaction.open_modal(privacy_policy_modal(company, texts_for(model.person)))


async def turn_page(interaction: Interaction) -> AckReply:
    """Show the next or previous page of a long modal."""
    wanted = interaction.payload(PagePayload)
    match wanted.document:
        case "read":
            view = await _story_modal(interaction, wanted.draft_id, wanted.page)
        case "versions":
            view = await _versions_modal(interaction, wanted.draft_id, wanted.page)
        case "list":
            view = await _story_list_modal(interaction, wanted.page)
        case "held":
            view = await _personal_data_modal(interaction, wanted.page)
    return await interaction.update_modal(view)


async def _story_modal(interaction: Interaction, draft_id: str, page: int = 0) -> Block:
    context = await load_turn_context(interaction.services, interaction.who, draft_id)
    return reader.story_modal(context.stored, context.material, context.texts, page)


async def _versions_modal(interaction: Interaction, draft_id: str, page: int = 0) -> Block:
    who = interaction.who
    context = await load_turn_context(interaction.services, who, draft_id)
    async with interaction.services.database.read_transaction() as connection:
        found = await story_versions.list_versions(connection, who.team, who.user, draft_id)
    return reader.versions_modal(
        (context.stored, found), context.material, context.person.tz, context.texts, page=page
    )


async def _story_list_modal(interaction: Interaction, page: int = 0) -> Block:
    model = await home.load_home_model(interaction.services, interaction.who)
    return reader.finished_stories_modal(model, texts_for(model.person), page)


async def _personal_data_modal(interaction: Interaction, page: int = 0, *, sent: bool = False) -> Block:
    held = await data_export.load_personal_data_summary(interaction.services, interaction.who)
    texts = await load_texts(interaction.services, interaction.who)
    return views.personal_data_summary_modal(held, texts, page, export_sent=sent)


# --- exporting and erasing ------------------------------------------------------------------------------


async def request_export(interaction: Interaction) -> AckReply:
    """Send the personal data as a file into the DM; a modal with the button then says so: [Take it as a file]."""
    data_export.send_export_later(interaction.services, interaction.who)
    if not interaction.is_in_modal:
        return None
    payload = interaction.find_payload(ExportPayload)
    if payload is not None and payload.before_erasure:
        texts = await load_texts(interaction.services, interaction.who)
        return await interaction.update_modal(views.explain_erasure_modal(texts, export_sent=True))
    return await interaction.update_modal(await _personal_data_modal(interaction, sent=True))


async def open_erasure(interaction: Interaction) -> AckReply:
    """Explain what is erased, what cannot be reached, and what stays: [Delete it all]."""
    texts = await load_texts(interaction.services, interaction.who)
    return await interaction.open_modal(views.explain_erasure_modal(texts))


async def ask_to_confirm_erasure(interaction: Interaction) -> AckReply:
    """Ask the second question, which needs a tick."""
    texts = await load_texts(interaction.services, interaction.who)
    return next_view_reply(views.confirm_erasure_modal(texts))


async def confirm_erasure(interaction: Interaction) -> AckReply:
    """Erase everything, once the second question is ticked and submitted."""
    texts = await load_texts(interaction.services, interaction.who)
    if not views.is_erasure_confirmed(interaction.view):
        return field_errors_reply({views.TICK_BLOCK_ID: texts.label("erase-sure-missing")})
    messages = await erasure.erase_person_and_confirm(interaction.services, interaction.who)
    return next_view_reply(views.erasure_done_modal(messages, texts))


ROUTES: Routes = {
    "event": {"app_home_opened": receive_app_home_opened},
    "action": {
        ids.CONSENT_SET: set_consent,
        ids.SEGMENT_SET: set_segment,
        ids.HOME_LANGUAGE: set_language,
        ids.PROACTIVE_SET: set_proactive_messages,
        ids.LANDED: record_landing_answer,
        ids.STORY_READ: open_story,
        ids.STORY_VERSIONS: open_versions,
        ids.STORY_LIST: open_finished_stories,
        ids.PAGE_TURN: turn_page,
        ids.PERSONAL_DATA_OPEN: open_personal_data,
        ids.PERSONAL_DATA_EXPORT: request_export,
        ids.POLICY_OPEN: open_policy,
        ids.ALL_ERASE: open_erasure,
    },
    "submission": {ids.ERASE_READ: ask_to_confirm_erasure, ids.ERASE_CONFIRMED: confirm_erasure},
}
