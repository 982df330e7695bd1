"""Somebody put a card into their own words, merged two lines, or wrote one of their own."""

from __future__ import annotations

from collections.abc import Callable

from bot import ids
from bot.conversation.turns import Added, Answer, Merged, Reworded
from bot.errors import NoDraft
from bot.handlers.interaction import Call, Reply, Routes
from bot.views.blocks import Block, inputs
from bot.views.stories.cards import change_modal, line_shown, merge_modal, write_modal
from bot.views.stories.editor import whole
from bot.workflows.people.members import texts_for
from bot.workflows.stories.load import scene_of
from bot.workflows.stories.show import show
from bot.workflows.stories.turn import Scene, take_turn


async def change(call: Call) -> Reply:
    """[Nearly, let me change it]: the card in a modal."""
    about = call.carried.about
    return await _open(call, lambda scene: change_modal(scene.draft, about, scene.material, scene.texts))


async def merge(call: Call) -> Reply:
    """[Merge two]."""
    return await _open(call, lambda scene: merge_modal(scene.draft, scene.material, scene.texts))


async def write(call: Call) -> Reply:
    """[I'll write my own]."""
    return await _open(call, lambda scene: write_modal(scene.draft, scene.texts))


async def _open(call: Call, view: Callable[[Scene], Block]) -> Reply:
    """A modal, opened by reading only: the trigger lives three seconds, and whether it is stale is decided later."""
    scene = await scene_of(call.services, call.who, call.carried.draft)
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view(scene))
    return None


async def changed(call: Call) -> Reply:
    """A card or line in the person's words came back; a very long one in several fields."""
    about = call.carried.about
    try:
        scene = await scene_of(call.services, call.who, call.carried.draft)
    except NoDraft:
        return await _gone(call)
    words = whole(inputs(dict(call.view)), line_shown(scene.draft, about, scene.material))
    return await _submitted(call, lambda _scene: Reworded(about, words), words)


async def merged(call: Call) -> Reply:
    """Two lines came back as one."""
    words = _words(call)
    first, second = _selected(call, "first"), _selected(call, "second")
    try:
        scene = await scene_of(call.services, call.who, call.carried.draft)
    except NoDraft:
        return await _gone(call)
    kept = {line.id for line in scene.draft.lines}
    if first == second:
        return _refused("second", scene.texts.label("card-merge-same"))
    if not {first, second} <= kept:
        return _refused("line", scene.texts.label("card-merge-gone"))
    return await _submitted(call, lambda _scene: Merged(first, second, words), words)


async def written(call: Call) -> Reply:
    """A line of the person's own came back."""
    words = _words(call)
    return await _submitted(call, lambda _scene: Added(words), words)


async def _submitted(call: Call, decide: Callable[[Scene], Answer], words: str) -> Reply:
    """Keep the words; where they cannot be kept, the modal stays open with them still in it."""
    if not words.strip():
        return _refused("line", (await texts_for(call.services, call.who)).label("card-empty"))
    try:
        outcome = await take_turn(call.services, call.who, decide, draft_id=call.carried.draft)
    except NoDraft:
        return await _gone(call)
    if outcome.scene.draft.id != call.carried.draft:
        return _refused("line", outcome.scene.texts.label("edit-aside"))
    call.services.say_later(call.who, lambda: show(call.services, outcome))
    return None


def _words(call: Call) -> str:
    """The line as written, in one field."""
    return whole(inputs(dict(call.view)), "")


async def _gone(call: Call) -> Reply:
    """The draft is no longer there: the modal stays open with the words in it."""
    return _refused("line", (await texts_for(call.services, call.who)).label("edit-gone"))


def _refused(block_id: str, sentence: str) -> Reply:
    return {"response_action": "errors", "errors": {block_id: sentence}}


def _selected(call: Call, block_id: str) -> str:
    elements = call.view.get("state", {}).get("values", {}).get(block_id, {})
    return next((str((e.get("selected_option") or {}).get("value", "")) for e in elements.values()), "")


ROUTES: Routes = {
    "action": {ids.CARD_CHANGE: change, ids.CARD_MERGE: merge, ids.CARD_WRITE: write},
    "submission": {ids.CARD_CHANGED: changed, ids.CARD_MERGED: merged, ids.CARD_WRITTEN: written},
}
