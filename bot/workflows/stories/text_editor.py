"""The whole text edited: kept whole, or refused with the words still in the modal; never cut."""

from __future__ import annotations

from typing import Any

from bot.conversation.gaps import shown_text
from bot.conversation.turns import Rewritten
from bot.errors import NoDraft
from bot.i18n import Texts
from bot.ids import Carried
from bot.services import Services, Who
from bot.views.blocks import inputs
from bot.views.stories.editor import whole
from bot.workflows.home.home import publish_later
from bot.workflows.people.members import texts_for
from bot.workflows.people.replies import tell
from bot.workflows.stories.load import scene_of
from bot.workflows.stories.show import show
from bot.workflows.stories.turn import take_turn
from db.models.drafts import Status
from db.queries import story_versions

LONGEST = 40_000

Refusal = dict[str, Any]


async def rewrite(services: Services, who: Who, carried: Carried, view: dict[str, Any]) -> Refusal | None:
    """Keep the text that came back from the editor, and show the draft with it."""
    texts = await texts_for(services, who)
    fields = inputs(view)
    try:
        text = await _whole(services, who, carried, fields)
    except NoDraft:
        return _refused(fields, texts, "edit-gone")
    if not text.strip():
        return _refused(fields, texts, "edit-empty")
    if len(text) > LONGEST:
        return _refused(fields, texts, "edit-too-long")
    outcome = await take_turn(services, who, lambda _scene: Rewritten(text), draft_id=carried.draft)
    if outcome.scene.draft.id != carried.draft:
        return _refused(fields, texts, "edit-aside")
    services.say_later(who, lambda: show(services, outcome))
    if outcome.scene.draft.status is Status.FINISHED:
        publish_later(services, who)
    if carried.choice.isdigit() and int(carried.choice) < outcome.scene.draft.version:
        await _say_if_newer(services, who, outcome.scene.draft.id, carried)
    return None


async def _whole(services: Services, who: Who, carried: Carried, fields: dict[str, str]) -> str:
    """The fields as one text again, with the paragraph breaks that stood between them."""
    scene = await scene_of(services, who, carried.draft)
    return whole(fields, shown_text(scene.draft, scene.material))


async def _say_if_newer(services: Services, who: Who, draft_id: str, carried: Carried) -> None:
    """Tell that the text had been changed elsewhere since the editor was opened; both versions are kept."""
    async with services.database.reading() as connection:
        kept = await story_versions.list_versions(connection, who.team, who.user, draft_id)
    if len(kept) > 1 and kept[-2].source == "edited":
        await tell(services, who, "edit-newer")


def _refused(fields: dict[str, str], texts: Texts, key: str) -> Refusal:
    first = min(fields, default="part.1")
    return {"response_action": "errors", "errors": {first: texts.label(key)}}
