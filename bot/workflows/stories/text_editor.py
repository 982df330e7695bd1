"""The whole text edited in a modal: saved uncut, or refused with the words still in the modal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.gaps import story_with_gap_hints
from bot.conversation.turns import StoryRewritten
from bot.errors import DraftNotFoundError
from bot.i18n import Texts
from bot.payloads import EditorPayload
from bot.services import Services, UserRef
from bot.views.stories.editor import join_editor_fields
from bot.views.view_state import text_input_values
from bot.workflows.home.home import publish_home_later
from bot.workflows.people.members import load_texts
from bot.workflows.people.replies import send_sentence_later
from bot.workflows.stories.load import load_turn_context
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import TurnRequest, take_turn
from db.models.drafts import DraftStatus
from db.queries import story_versions

MAX_TEXT_LENGTH = 40_000

EditorErrors = Mapping[str, str]
"""The sentence for the field under which it is shown."""


async def save_edited_text(
    services: Services, who: UserRef, payload: EditorPayload, view: Mapping[str, Any]
) -> EditorErrors | None:
    """Save the text from the editor, and show the draft with it; return the refusal if there is one."""
    texts = await load_texts(services, who)
    fields = text_input_values(view)
    try:
        text = await _load_edited_text(services, who, payload, fields)
    except DraftNotFoundError:
        return _error_response(fields, texts, "edit-gone")
    if not text.strip():
        return _error_response(fields, texts, "edit-empty")
    if len(text) > MAX_TEXT_LENGTH:
        return _error_response(fields, texts, "edit-too-long")
    request = TurnRequest(who, StoryRewritten(text), draft_id=payload.draft_id)
    outcome = await take_turn(services, request)
    if outcome.context.draft.id != payload.draft_id:
        return _error_response(fields, texts, "edit-aside")
    services.send_after_commit(who, lambda: show_turn(services, outcome))
    if outcome.context.draft.status is DraftStatus.FINISHED:
        publish_home_later(services, who)
    if payload.version is not None and payload.version < outcome.context.draft.version:
        await _say_if_newer(services, who, outcome.context.draft.id)
    return None


async def _load_edited_text(
    services: Services, who: UserRef, payload: EditorPayload, fields: dict[str, str]
) -> str:
    """Join the fields to one text, with the original paragraph breaks between them."""
    context = await load_turn_context(services, who, payload.draft_id)
    return join_editor_fields(fields, story_with_gap_hints(context.draft, context.material))


async def _say_if_newer(services: Services, who: UserRef, draft_id: str) -> None:
    """Notify the author if the text was changed elsewhere since the editor was opened; both versions are kept."""
    async with services.database.read_transaction() as connection:
        versions = await story_versions.list_versions(connection, who.team, who.user, draft_id)
    if len(versions) > 1 and versions[-2].source == "edited":
        await send_sentence_later(services, who, "edit-newer")


def _error_response(fields: dict[str, str], texts: Texts, key: str) -> EditorErrors:
    first = min(fields, default="part.1")
    return {first: texts.label(key)}
