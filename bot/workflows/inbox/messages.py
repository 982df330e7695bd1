"""Hearing a message in the DM: what it is, which draft it belongs to, and what to do when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.conversation.commands import Command, heard
from bot.conversation.plan import takes_words
from bot.conversation.preference_phrases import Quiet, Wish, doubts, may_be_an_answer, wished
from bot.conversation.turns import Answer, Ask, Nothing, Ordered, Pressed, Remark, Told, Unseen, Wordless
from bot.errors import NoDraft
from bot.ids import CHOOSE
from bot.services import Services, Who
from bot.text import at_the_door, fold, from_slack, is_greeting, mentioned, moment
from bot.views.stories import questions as views
from bot.views.stories import replies
from bot.workflows.inbox.typed_preferences import grant
from bot.workflows.people.members import spoken
from bot.workflows.people.replies import post, say, tell
from bot.workflows.preferences.opt_out import stop
from bot.workflows.stories.load import scene_of
from bot.workflows.stories.preference_offers import offer
from bot.workflows.stories.show import show, shown_again
from bot.workflows.stories.start import begin
from bot.workflows.stories.turn import Outcome, Scene, new_draft, take_turn
from db.models import Person
from db.models.drafts import Draft, Question, Said, Status
from db.queries import drafts, people

HEARS_OUT = 2.0
"""Seconds for which a message waits until what is being said to its author has been said; Slack waits for three."""
MENTIONS_ASKED = 20
"""How many people in one message Slack is asked for; the others are shown as somebody."""


@dataclass(frozen=True)
class Heard:
    """One message: its words, whether it brought files, and the id under which it is received once."""

    said: Said
    files: bool
    receipt: str


async def words_of(services: Services, who: Who, channel: str, message: Mapping[str, Any]) -> Said:
    """The words of a message: as they stood at the door, and plain, with people's names in the place of ids."""
    raw = at_the_door(str(message.get("text") or ""))
    names = await _names(services, who, raw)
    return Said(raw, from_slack(raw, names), channel, str(message["ts"]))


async def _names(services: Services, who: Who, raw: str) -> dict[str, str]:
    users = mentioned(raw)
    if not users:
        return {}
    async with services.database.reading() as connection:
        known = dict(await people.names(connection, who.team, users))
    for user in [user for user in users if user not in known][:MENTIONS_ASKED]:
        try:
            answer = await services.messenger.call("users.info", user=user)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError):
            continue  # a name less; the words come first, and the raw ones keep the mention
        profile = answer["user"].get("profile", {})
        known[user] = str(profile.get("display_name") or answer["user"].get("real_name") or "")
    return {user: name for user, name in known.items() if name}


async def hear(services: Services, person: Person, message: Heard) -> None:
    """Take the message as what it is in this person's conversation, and show what comes of it.

    A question may stand before the person's eyes while Slack has not told us yet where: which one was meant
    is known when it has.
    """
    who = Who(person.team_id, person.user_id)
    await services.voice.finished(who, HEARS_OUT)
    wish = None if message.files else wished(message.said.plain)
    if wish is not None and not await _is_for_the_story(services, who, wish, message.said):
        await grant(services, person, wish, message.receipt)
        return
    try:
        outcome = await take_turn(services, who, lambda scene: meant(scene, message), event=message.receipt)
    except NoDraft:
        await _without_a_draft(services, person, message)
        return
    _offer(services, wish, outcome, message.said)
    if message.said.plain.strip():  # else the remark before the question says it
        await _tell_of_files(services, who, message)
    if outcome.turn == Nothing(outcome.scene.draft):
        services.say_later(who, shown_again(services, outcome.scene.stored))
        return
    services.say_later(who, lambda: show(services, outcome))


async def _is_for_the_story(services: Services, who: Who, wish: Wish | Quiet, said: Said) -> bool:
    """Whether these words are one of the present question's choices, or may be an answer: then they are kept as that.

    Granted in the place of an answer, a wish would lose it; taken for an answer, the wish can still be offered.
    """
    async with services.database.reading() as connection:
        current = await drafts.find_current(connection, who.team, who.user)
    if current is None:
        return False
    scene = await scene_of(services, who, current.draft.id)
    if _chosen(scene, said.plain) is not None:
        return True
    waits = takes_words(scene.draft.at) or _is_late(scene, said)
    return scene.draft.status is Status.OPEN and waits and may_be_an_answer(wish)


def _offer(services: Services, wish: Wish | Quiet | None, outcome: Outcome, said: Said) -> None:
    """Words that are kept in the story and may have been a wish all the same: one button says so."""
    draft, person = outcome.turn.draft, outcome.scene.person
    for doubt in doubts(draft) if isinstance(wish, Wish) else ():
        if (doubt.said.channel, doubt.said.ts) == (said.channel, said.ts):
            who = Who(person.team_id, person.user_id)
            services.say_later(who, partial(offer, services, person, draft.id, doubt))


async def _tell_of_files(services: Services, who: Who, message: Heard) -> None:
    """A file is met kindly and not read; words beside it count."""
    if message.files:
        await tell(services, who, "file-beside-words" if message.said.plain.strip() else "file-alone")


def meant(scene: Scene, message: Heard) -> Answer:
    """What a message means at the present question: a word for every step, a choice typed out, or an answer."""
    said = message.said
    if message.files and not said.plain.strip():
        return Wordless()
    if (command := heard(said.plain)) is not None:
        unseen = scene.stored.shown_version < scene.draft.version and scene.draft.status is Status.OPEN
        return Unseen() if unseen and command in {Command.BACK, Command.SKIP} else Ordered(command, said)
    return _chosen(scene, said.plain) or Told(said, late=_is_late(scene, said))


def _chosen(scene: Scene, words: str) -> Pressed | None:
    """The choice whose label was typed out: of the present question, or of changed words asked about last."""
    draft = scene.draft
    screen = views.screen(draft, draft.at, scene.material, scene.texts)
    offered = [(choice.to or draft.at, choice) for choice in screen.choices if choice.action == CHOOSE]
    for change in draft.changes[-1:]:
        asked = Question.named(change.question)
        offered += [(asked, choice) for choice in replies.compare_choices(change, scene.texts)]
    typed = fold(words).strip()
    found = (one for one in offered if fold(one[1].label).strip() == typed)
    return next((Pressed(question, choice.name, choice.about) for question, choice in found), None)


def _is_late(scene: Scene, said: Said) -> bool:
    """Whether the words were written before the present question stood there: they belong to the one before."""
    stored = scene.stored
    unseen = stored.shown_version < 0 or not stored.shown_ts
    if unseen or stored.shown_channel != said.channel:
        return False
    behind = stored.shown_version < scene.draft.version
    return behind or moment(said.ts) < moment(stored.shown_ts or "0")


_ANSWERED: dict[Command | None, str] = {
    Command.HELP: "help",
    Command.LANGUAGE: "",
    Command.DELETE: "delete-nothing",
    Command.STOP: "",
}
"""The words for every step that mean something without a story, and the sentence that answers each."""


async def _without_a_draft(services: Services, person: Person, message: Heard) -> None:
    """No story in progress: a word for every step is answered, anything else begins one, with the words kept."""
    who, said = Who(person.team_id, person.user_id), message.said
    command = heard(said.plain)
    if command in _ANSWERED:
        if command is Command.STOP:
            return await tell(services, who, await stop(services, who, message.receipt))
        async with services.turn(who, message.receipt):
            pass  # nothing but the receipt: a repeat is answered once
        if command is Command.LANGUAGE:
            return post(services, who, replies.language_choice(spoken(person)))
        return await tell(services, who, _ANSWERED[command])
    wordy = bool(said.plain.strip()) and not is_greeting(said.plain) and command is None
    if not wordy and await _came_back(services, person, message):
        return None
    first: Draft = new_draft()
    if wordy:
        first = replace(first, strays=(said,))
    what = await begin(services, who, first, event=message.receipt)
    await _tell_of_files(services, who, message)
    if wordy and isinstance(what, Outcome):
        what = replace(what, turn=Ask(what.turn.draft, Remark.STRAY))
    return say(services, who, what)


async def _came_back(services: Services, person: Person, message: Heard) -> bool:
    """Somebody with a finished story, or who once said stop, says hello: answered, and offered to begin."""
    who, texts = Who(person.team_id, person.user_id), spoken(person)
    async with services.database.reading() as connection:
        stories = await drafts.list_drafts(connection, who.team, who.user)
    finished = [story for story in stories if story.draft.status is Status.FINISHED]
    if not finished and not person.is_stopped:
        return False
    async with services.turn(who, message.receipt):
        pass  # nothing but the receipt: a repeat is answered once
    await _tell_of_files(services, who, message)
    if person.is_stopped:
        post(services, who, replies.begin_choice("stopped-begin", texts))
        return True
    for story in finished[:1]:
        if story.landed in (None, "not_yet"):
            post(services, who, replies.landed_choice(story.draft.id, texts))
    post(services, who, replies.begin_choice("done-begin", texts))
    return True
