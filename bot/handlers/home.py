"""Somebody opened the Home tab, or changed, read, took along or deleted something there."""

from __future__ import annotations

from bot import ids
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.i18n import Texts
from bot.views.blocks import Block, Message
from bot.views.privacy import personal_data as views
from bot.views.privacy.policy import privacy_policy_modal
from bot.views.stories import reader, replies
from bot.workflows.consents import consents
from bot.workflows.home import home
from bot.workflows.people.members import ensure_member, load_texts, record_dm_channel, texts_for
from bot.workflows.preferences import settings
from bot.workflows.privacy import data_export, erasure
from bot.workflows.stories.landing import set_landing_status
from bot.workflows.stories.load import load_turn_context
from db.queries import story_versions


async def open_home(interaction: Interaction) -> AckReply:
    """Draw the Home tab from what is stored, and note the DM's channel, which the event names for both tabs."""
    event = interaction.body["event"]
    await record_dm_channel(interaction.services, interaction.who, str(event.get("channel") or ""))
    if event.get("tab", "home") == "home":
        home.publish_home_later(interaction.services, interaction.who)
    return None


# --- changing ------------------------------------------------------------------------------------


async def set_consent(interaction: Interaction) -> AckReply:
    """A yes, or taking one back."""
    await ensure_member(interaction.services, interaction.who)
    await consents.set_consent(
        interaction.services,
        interaction.who,
        interaction.payload.subject,
        interaction.payload.choice == "yes",
    )
    return _publish_home(interaction)


async def set_segment(interaction: Interaction) -> AckReply:
    """What is nearer to their work."""
    await ensure_member(interaction.services, interaction.who)
    await consents.set_segment(interaction.services, interaction.who, interaction.payload.choice)
    return _publish_home(interaction)


async def set_language(interaction: Interaction) -> AckReply:
    """The language spoken with them; a story keeps its own."""
    await ensure_member(interaction.services, interaction.who)
    await settings.set_language(interaction.services, interaction.who, interaction.payload.choice)
    return _publish_home(interaction)


async def set_proactive_messages(interaction: Interaction) -> AckReply:
    """Whether the bot may write first."""
    await ensure_member(interaction.services, interaction.who)
    await settings.set_proactive_messages(
        interaction.services, interaction.who, allowed=interaction.payload.choice == "yes"
    )
    return _publish_home(interaction)


async def set_landed(interaction: Interaction) -> AckReply:
    """Did it land? Answered on the tab, in the reading modal, or under the question in the DM."""
    await set_landing_status(
        interaction.services, interaction.who, interaction.payload.draft_id, interaction.payload.choice
    )
    if interaction.view.get("type") == "modal":
        await _update_modal(interaction, await _story_modal(interaction, interaction.payload.draft_id, 0))
    elif not interaction.view:
        thanks = replies.sentence_message(
            await load_texts(interaction.services, interaction.who), "landed-thanks"
        )
        interaction.services.send_after_commit(interaction.who, lambda: _show_thanks(interaction, thanks))
    return _publish_home(interaction)


async def _show_thanks(interaction: Interaction, thanks: Message) -> None:
    await interaction.services.messenger.update_message(interaction.channel, interaction.message_ts, thanks)


def _publish_home(interaction: Interaction) -> AckReply:
    home.publish_home_later(interaction.services, interaction.who)
    return None


# --- reading: modals are opened by reading only, for the trigger lives three seconds ----------------


async def open_story(interaction: Interaction) -> AckReply:
    """[Read]: the story in full."""
    return await _open_modal(interaction, await _story_modal(interaction, interaction.payload.draft_id, 0))


async def open_versions(interaction: Interaction) -> AckReply:
    """[Earlier versions]."""
    return await _open_modal(interaction, await _versions_modal(interaction, interaction.payload.draft_id, 0))


async def open_story_list(interaction: Interaction) -> AckReply:
    """[All my stories]."""
    return await _open_modal(interaction, await _story_list_modal(interaction, 0))


async def open_personal_data(interaction: Interaction) -> AckReply:
    """[Everything held about me]."""
    return await _open_modal(interaction, await _personal_data_modal(interaction, 0))


async def open_policy(interaction: Interaction) -> AckReply:
    """[What happens to my words?], here and under the invitation."""
    shelf = await home.load_home_model(interaction.services, interaction.who)
    return await _open_modal(
        interaction, privacy_policy_modal(interaction.services.company_name, texts_for(shelf.person))
    )


async def turn_page(interaction: Interaction) -> AckReply:
    """The next page of a long modal, or the one before."""
    page = int(interaction.payload.choice) if interaction.payload.choice.isdecimal() else 0
    match interaction.payload.subject:
        case "read":
            view = await _story_modal(interaction, interaction.payload.draft_id, page)
        case "versions":
            view = await _versions_modal(interaction, interaction.payload.draft_id, page)
        case "list":
            view = await _story_list_modal(interaction, page)
        case _:
            view = await _personal_data_modal(interaction, page)
    return await _update_modal(interaction, view)


async def _open_modal(interaction: Interaction, view: Block) -> AckReply:
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def _update_modal(interaction: Interaction, view: Block) -> AckReply:
    await interaction.services.messenger.call_with_retries(
        "views.update", view_id=interaction.view["id"], view=view
    )
    return None


async def _story_modal(interaction: Interaction, draft_id: str, page: int) -> Block:
    scene = await load_turn_context(interaction.services, interaction.who, draft_id)
    return reader.story_modal(scene.stored, scene.material, scene.texts, page)


async def _versions_modal(interaction: Interaction, draft_id: str, page: int) -> Block:
    scene = await load_turn_context(interaction.services, interaction.who, draft_id)
    async with interaction.services.database.read_transaction() as connection:
        found = await story_versions.list_versions(
            connection, interaction.who.team, interaction.who.user, draft_id
        )
    return reader.versions_modal(
        (scene.stored, found), scene.material, scene.person.tz, scene.texts, page=page
    )


async def _story_list_modal(interaction: Interaction, page: int) -> Block:
    shelf = await home.load_home_model(interaction.services, interaction.who)
    return reader.story_list_modal(shelf, texts_for(shelf.person), page)


async def _personal_data_modal(interaction: Interaction, page: int, *, sent: bool = False) -> Block:
    held = await data_export.count_personal_data(interaction.services, interaction.who)
    return views.personal_data_modal(
        held, await load_texts(interaction.services, interaction.who), page, export_sent=sent
    )


# --- taking along, and deleting ----------------------------------------------------------------------


async def request_export(interaction: Interaction) -> AckReply:
    """[Take it as a file]: it goes into the DM; a modal in which it was asked for says so."""
    data_export.send_export_later(interaction.services, interaction.who)
    if interaction.view.get("type") == "modal":
        asked_before_erasing = interaction.payload.subject == "erase"
        texts = await load_texts(interaction.services, interaction.who)
        held = (
            views.explain_erasure_modal(texts, export_sent=True)
            if asked_before_erasing
            else await _personal_data_modal(interaction, 0, sent=True)
        )
        await _update_modal(interaction, held)
    return None


async def open_erasure(interaction: Interaction) -> AckReply:
    """[Delete it all]: first what goes, what cannot be reached, and what stays."""
    return await _open_modal(
        interaction, views.explain_erasure_modal(await load_texts(interaction.services, interaction.who))
    )


async def continue_erasure(interaction: Interaction) -> AckReply:
    """The first question was read: the second one, with a tick of its own."""
    texts: Texts = await load_texts(interaction.services, interaction.who)
    return {"response_action": "update", "view": views.confirm_erasure_modal(texts)}


async def confirm_erasure(interaction: Interaction) -> AckReply:
    """Asked twice, ticked and submitted: everything goes."""
    texts = await load_texts(interaction.services, interaction.who)
    if not views.is_erasure_confirmed(interaction.view):
        return {
            "response_action": "errors",
            "errors": {views.TICK_BLOCK_ID: texts.label("erase-sure-missing")},
        }
    messages = await erasure.erase(interaction.services, interaction.who)
    return {"response_action": "update", "view": views.erasure_done_modal(messages, texts)}


ROUTES: Routes = {
    "event": {"app_home_opened": open_home},
    "action": {
        ids.CONSENT_SET: set_consent,
        ids.SEGMENT_SET: set_segment,
        ids.HOME_LANGUAGE: set_language,
        ids.PROACTIVE_SET: set_proactive_messages,
        ids.LANDED: set_landed,
        ids.STORY_READ: open_story,
        ids.STORY_VERSIONS: open_versions,
        ids.STORY_LIST: open_story_list,
        ids.PAGE_TURN: turn_page,
        ids.PERSONAL_DATA_OPEN: open_personal_data,
        ids.PERSONAL_DATA_EXPORT: request_export,
        ids.POLICY_OPEN: open_policy,
        ids.ALL_ERASE: open_erasure,
    },
    "submission": {ids.ERASE_READ: continue_erasure, ids.ERASE_CONFIRMED: confirm_erasure},
}
