"""Somebody begins, takes up, edits, looks at, or takes away a story."""

from __future__ import annotations

from bot import ids
from bot.conversation.draft_notes import notes_at
from bot.handlers.interaction import Call, Reply, Routes
from bot.views.stories.editor import edit_modal
from bot.views.stories.finish import places_modal
from bot.views.stories.notes import note_modal, share_modal
from bot.workflows.people.members import meet
from bot.workflows.people.replies import say, tell
from bot.workflows.stories import destinations, text_editor
from bot.workflows.stories import start as beginnings
from bot.workflows.stories.load import scene_of
from db.models.drafts import Step


async def start(call: Call) -> Reply:
    """Begin: by the shortcut, the button on the Home tab, or the button under an ending."""
    await meet(call.services, call.who)
    say(call.services, call.who, await beginnings.begin(call.services, call.who))
    return None


async def resume(call: Call) -> Reply:
    """[Go on] with this draft."""
    await meet(call.services, call.who)
    outcome = await beginnings.resume(call.services, call.who, call.carried.draft)
    say(call.services, call.who, outcome)
    if (then := beginnings.undecided(outcome)) is not None:
        say(call.services, call.who, then)
    return None


async def replace(call: Call) -> Reply:
    """[Put it aside, start another], which may be a story in its other language."""
    await meet(call.services, call.who)
    services, who, carried = call.services, call.who, call.carried
    say(services, who, await beginnings.replace_current(services, who, carried.draft, carried.about))
    return None


async def second(call: Call) -> Reply:
    """The same story in the other language."""
    await meet(call.services, call.who)
    say(
        call.services, call.who, await beginnings.second_language(call.services, call.who, call.carried.draft)
    )
    return None


async def edit(call: Call) -> Reply:
    """[Edit the text]: all of it, in a modal."""
    scene = await scene_of(call.services, call.who, call.carried.draft)
    view = edit_modal(scene.draft, scene.material, scene.texts)
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def edited(call: Call) -> Reply:
    """The whole text came back. Where it cannot be kept, the modal stays open with the words in it."""
    return await text_editor.rewrite(call.services, call.who, call.carried, dict(call.view))


async def share(call: Call) -> Reply:
    """[How much of this is mine?]"""
    scene = await scene_of(call.services, call.who, call.carried.draft)
    view = share_modal(scene.draft, scene.material, scene.texts)
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def show_note(call: Call) -> Reply:
    """[Show me where] a note stands."""
    scene = await scene_of(call.services, call.who, call.carried.draft, checked=True)
    found = notes_at(scene.draft, Step.DRAFT, scene.material)
    note = next((n for n in found if str(int(n.check)) == call.carried.about), None)
    if note is not None:
        view = note_modal(scene.draft, note, scene.material, scene.texts)
        await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def open_places(call: Call) -> Reply:
    """[Other places]."""
    scene = await scene_of(call.services, call.who, call.carried.draft)
    view = places_modal(scene.draft, call.services.company, scene.texts)
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def take(call: Call) -> Reply:
    """A link to a place was pressed: the story was taken there."""
    await destinations.record(call.services, call.who, call.carried.draft, call.carried.about)
    return None


async def take_file(call: Call) -> Reply:
    """[As a file]: once for each text; whoever presses again is told that it lies above."""
    scene = await scene_of(call.services, call.who, call.carried.draft)
    await destinations.record(call.services, call.who, call.carried.draft, "file")

    async def sending() -> None:
        if problem := await destinations.send_file(call.services, scene):
            await tell(call.services, call.who, problem)

    call.services.say_later(call.who, sending)
    return None


async def open_glassdoor(call: Call) -> Reply:
    """One more has opened the link; nothing here may know who."""
    await destinations.count_glassdoor(call.services)
    return None


ROUTES: Routes = {
    "action": {
        ids.STORY_START: start,
        ids.STORY_RESUME: resume,
        ids.STORY_REPLACE: replace,
        ids.STORY_SECOND: second,
        ids.TEXT_EDIT: edit,
        ids.TEXT_SHARE: share,
        ids.NOTE_SHOW: show_note,
        ids.PLACES_OPEN: open_places,
        ids.PLACE_TAKE: take,
        ids.FILE_TAKE: take_file,
        ids.PLACE_GLASSDOOR: open_glassdoor,
    },
    "submission": {ids.TEXT_EDITED: edited},
    "shortcut": {ids.SHORTCUT_START: start},
}
