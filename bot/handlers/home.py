"""Somebody opened the Home tab, or changed, read, took along or deleted something there."""

from __future__ import annotations

from bot import ids
from bot.handlers.interaction import Call, Reply, Routes
from bot.i18n import Texts
from bot.views.blocks import Block, Message
from bot.views.privacy import personal_data as views
from bot.views.privacy.policy import words_modal
from bot.views.stories import reader, replies
from bot.workflows.consents import consents
from bot.workflows.home import home
from bot.workflows.people.members import meet, spoken, texts_for
from bot.workflows.privacy import data_export, erasure
from bot.workflows.stories.load import scene_of
from db.queries import story_versions


async def open_home(call: Call) -> Reply:
    """The tab was opened: it is drawn from what is stored. The Messages tab needs nothing."""
    if call.body["event"].get("tab", "home") == "home":
        home.publish_later(call.services, call.who)
    return None


# --- changing ------------------------------------------------------------------------------------


async def set_consent(call: Call) -> Reply:
    """A yes, or taking one back."""
    await meet(call.services, call.who)
    await consents.set_consent(call.services, call.who, call.carried.about, call.carried.choice == "yes")
    return _published(call)


async def set_segment(call: Call) -> Reply:
    """What is nearer to their work."""
    await meet(call.services, call.who)
    await consents.set_segment(call.services, call.who, call.carried.choice)
    return _published(call)


async def set_language(call: Call) -> Reply:
    """The language spoken with them; a story keeps its own."""
    await meet(call.services, call.who)
    await home.set_language(call.services, call.who, call.carried.choice)
    return _published(call)


async def set_first(call: Call) -> Reply:
    """Whether the bot may write first."""
    await meet(call.services, call.who)
    await home.set_first(call.services, call.who, may=call.carried.choice == "yes")
    return _published(call)


async def set_landed(call: Call) -> Reply:
    """Did it land? Answered on the tab, in the reading modal, or under the question in the DM."""
    await home.set_landed(call.services, call.who, call.carried.draft, call.carried.choice)
    if call.view.get("type") == "modal":
        await _update(call, await _reading(call, call.carried.draft, 0))
    elif not call.view:
        thanks = replies.simple(await texts_for(call.services, call.who), "landed-thanks")
        call.services.say_later(call.who, lambda: _thank(call, thanks))
    return _published(call)


async def _thank(call: Call, thanks: Message) -> None:
    await call.services.messenger.update(call.channel, call.ts, thanks)


def _published(call: Call) -> Reply:
    home.publish_later(call.services, call.who)
    return None


# --- reading: modals are opened by reading only, for the trigger lives three seconds ----------------


async def read(call: Call) -> Reply:
    """[Read]: the story in full."""
    return await _open(call, await _reading(call, call.carried.draft, 0))


async def read_versions(call: Call) -> Reply:
    """[Earlier versions]."""
    return await _open(call, await _versions(call, call.carried.draft, 0))


async def list_stories(call: Call) -> Reply:
    """[All my stories]."""
    return await _open(call, await _list(call, 0))


async def show_held(call: Call) -> Reply:
    """[Everything held about me]."""
    return await _open(call, await _held(call, 0))


async def explain_words(call: Call) -> Reply:
    """[What happens to my words?], here and under the invitation."""
    shelf = await home.shelf_of(call.services, call.who)
    return await _open(call, words_modal(call.services.company, spoken(shelf.person)))


async def turn_page(call: Call) -> Reply:
    """The next page of a long modal, or the one before."""
    page = int(call.carried.choice) if call.carried.choice.isdecimal() else 0
    match call.carried.about:
        case "read":
            view = await _reading(call, call.carried.draft, page)
        case "versions":
            view = await _versions(call, call.carried.draft, page)
        case "list":
            view = await _list(call, page)
        case _:
            view = await _held(call, page)
    return await _update(call, view)


async def _open(call: Call, view: Block) -> Reply:
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def _update(call: Call, view: Block) -> Reply:
    await call.services.messenger.call("views.update", view_id=call.view["id"], view=view)
    return None


async def _reading(call: Call, draft_id: str, page: int) -> Block:
    scene = await scene_of(call.services, call.who, draft_id)
    return reader.read_modal(scene.stored, scene.material, scene.texts, page)


async def _versions(call: Call, draft_id: str, page: int) -> Block:
    scene = await scene_of(call.services, call.who, draft_id)
    async with call.services.database.reading() as connection:
        found = await story_versions.list_versions(connection, call.who.team, call.who.user, draft_id)
    return reader.versions_modal(
        (scene.stored, found), scene.material, scene.person.tz, scene.texts, page=page
    )


async def _list(call: Call, page: int) -> Block:
    shelf = await home.shelf_of(call.services, call.who)
    return reader.list_modal(shelf, spoken(shelf.person), page)


async def _held(call: Call, page: int, *, sent: bool = False) -> Block:
    held = await data_export.holdings(call.services, call.who)
    return views.held_modal(held, await texts_for(call.services, call.who), page, sent=sent)


# --- taking along, and deleting ----------------------------------------------------------------------


async def take_held(call: Call) -> Reply:
    """[Take it as a file]: it goes into the DM; a modal in which it was asked for says so."""
    data_export.send_export_later(call.services, call.who)
    if call.view.get("type") == "modal":
        asked_before_erasing = call.carried.about == "erase"
        texts = await texts_for(call.services, call.who)
        held = (
            views.erase_modal(texts, sent=True) if asked_before_erasing else await _held(call, 0, sent=True)
        )
        await _update(call, held)
    return None


async def ask_to_erase(call: Call) -> Reply:
    """[Delete it all]: first what goes, what cannot be reached, and what stays."""
    return await _open(call, views.erase_modal(await texts_for(call.services, call.who)))


async def ask_again(call: Call) -> Reply:
    """The first question was read: the second one, with a tick of its own."""
    texts: Texts = await texts_for(call.services, call.who)
    return {"response_action": "update", "view": views.erase_sure_modal(texts)}


async def erase(call: Call) -> Reply:
    """Asked twice, ticked and submitted: everything goes."""
    texts = await texts_for(call.services, call.who)
    if not views.is_sure(call.view):
        return {"response_action": "errors", "errors": {views.TICK: texts.label("erase-sure-missing")}}
    messages = await erasure.erase(call.services, call.who)
    return {"response_action": "update", "view": views.erased_modal(messages, texts)}


ROUTES: Routes = {
    "event": {"app_home_opened": open_home},
    "action": {
        ids.CONSENT_SET: set_consent,
        ids.SEGMENT_SET: set_segment,
        ids.HOME_LANGUAGE: set_language,
        ids.FIRST_SET: set_first,
        ids.LANDED: set_landed,
        ids.STORY_READ: read,
        ids.STORY_VERSIONS: read_versions,
        ids.STORY_LIST: list_stories,
        ids.PAGE_TURN: turn_page,
        ids.HELD_SHOW: show_held,
        ids.HELD_TAKE: take_held,
        ids.WORDS_EXPLAIN: explain_words,
        ids.ALL_ERASE: ask_to_erase,
    },
    "submission": {ids.ERASE_READ: ask_again, ids.ERASE_CONFIRMED: erase},
}
