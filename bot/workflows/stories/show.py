"""Showing what is saved: the answered question redrawn, the next one posted, and again after a kill if need be."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.conversation.compose import text_of
from bot.conversation.side_effects import has_begun
from bot.conversation.turns import (
    Ask,
    Compare,
    Declined,
    Finished,
    Note,
    Nothing,
    Paused,
    Redraw,
    Remark,
    Stopped,
    Turn,
)
from bot.errors import Unreachable
from bot.services import Saying, Services, Who
from bot.views.blocks import Message, parted
from bot.views.delivery.notice_layout import reminded
from bot.views.stories import questions as views
from bot.views.stories import replies
from bot.views.stories.finish import finished, story_alone
from bot.views.stories.screen import drawn, remark_words
from bot.workflows.delivery.follow_ups import will_remind
from bot.workflows.people.members import dm_channel, spoken
from bot.workflows.stories.context import material
from bot.workflows.stories.destinations import send_file
from bot.workflows.stories.preference_offers import offer_again
from bot.workflows.stories.turn import Outcome, Scene
from db.models import SaidByBot, Shown, StoredDraft
from db.models.drafts import Draft, Question, Status, Step
from db.queries import bot_messages, drafts, people

log = structlog.get_logger(__name__)

UNSHOWN_FOR = timedelta(seconds=30)
"""After this long without being shown, a saved state counts as not shown: its process may have died."""


@dataclass(frozen=True)
class Place:
    """The message in which something was pressed, and the question it shows."""

    channel: str
    ts: str
    question: Question


async def show(services: Services, outcome: Outcome, place: Place | None = None) -> None:
    """Show one saved turn. A screen that is only redrawn is redrawn in its `place`, or where it was posted."""
    scene, turn = await _as_it_stands(services, outcome.scene), outcome.turn
    channel = await dm_channel(services, scene.person)
    whole = _messages(scene, turn, flying=outcome.flying)
    if isinstance(turn, Paused) and await will_remind(services, scene.person, turn.draft.id):
        whole = [reminded(turn.draft.id, scene.texts)]
    if _is_to_hand_over(scene.draft, turn.draft):
        whole = [*await _handed_over(services, scene, turn.draft), *whole]
    messages = [part for message in whole for part in parted(message)]
    asks = isinstance(turn, Ask | Finished) and turn.draft.status is not Status.ASIDE
    for number, message in enumerate(messages, 1 - len(messages)):
        name = "q" if asks and number == 0 else str(number)
        await _say(services, scene, turn.draft, _Part(message, channel, name))
    if place is not None and isinstance(turn, Ask | Compare) and turn.settled:
        await _settle_change(services, scene, turn.settled, place)
    if isinstance(turn, Redraw):
        await _redraw(services, scene, turn.draft, place)
    elif asks or turn.draft.at != scene.draft.at:
        await _settle_previous(services, scene, turn)
    if turn.draft != scene.draft and not asks:
        await _mark_shown(services, scene, turn.draft)


async def _as_it_stands(services: Services, scene: Scene) -> Scene:
    """The scene with the place where its question stands by now: quick answers come before that was noted."""
    if scene.stored.shown_version >= scene.draft.version:
        return scene
    person = scene.person
    async with services.database.reading() as connection:
        now = await drafts.find_draft(connection, person.team_id, person.user_id, scene.draft.id)
    if now is None:
        return scene
    stored = replace(
        scene.stored,
        shown_version=now.shown_version,
        shown_channel=now.shown_channel,
        shown_ts=now.shown_ts,
        shown_key=now.shown_key,
    )
    return replace(scene, stored=stored)


def _messages(scene: Scene, turn: Turn, *, flying: bool = False) -> list[Message]:
    """What is said for this turn, in order; the last one carries the question."""
    texts = scene.texts
    match turn:
        case Ask() | Compare() if turn.draft.status is Status.ASIDE:
            return [replies.put_aside(turn, texts)]
        case Ask(draft, remark):
            return _asked(scene, draft, remark, turn)
        case Compare():
            return [replies.compare(turn, scene.material, texts)]
        case Note(draft, command):
            return [replies.note(draft, command, texts)]
        case Paused(draft):
            return [replies.simple(texts, "paused" if has_begun(draft) else "later")]
        case Stopped() if flying:
            return [replies.simple(texts, "stopping")]
        case Stopped(as_answer=True):
            return [replies.simple(texts, "stopped-answer")]
        case Stopped():
            return [replies.simple(texts, "stopped" if has_begun(turn.draft) else "stopped-nothing")]
        case Declined():
            return [replies.simple(texts, "declined")]
        case Finished(draft):
            return [finished(draft, texts)]
        case Redraw() | Nothing():
            return []


def _asked(scene: Scene, draft: Draft, remark: Remark | None, turn: Ask) -> list[Message]:
    messages: list[Message] = []
    if (restorable := replies.restorable(turn, scene.texts)) is not None:
        messages.append(restorable)
        remark = None
    name = scene.person.first_name or scene.person.name
    words = remark_words(remark, scene.texts)
    messages.append(views.asked(draft, scene.material, scene.texts, name=name, remark=words))
    return messages


def _is_to_hand_over(before: Draft, now: Draft) -> bool:
    """Whether the story has just been finished, or changed where it is taken along: an old copy would be taken."""
    if now.at.step is not Step.TAKE or now.status is Status.ASIDE:
        return False
    return before.at.step is not Step.TAKE or text_of(before) != text_of(now)


async def _handed_over(services: Services, scene: Scene, draft: Draft) -> list[Message]:
    """The finished story by itself, before the question what to do with it; as a file when it is too long."""
    if (alone := story_alone(draft, scene.material)) is not None:
        return [alone]
    problem = await send_file(services, replace(scene, stored=replace(scene.stored, draft=draft)))
    return [replies.simple(scene.texts, problem)] if problem else []


@dataclass(frozen=True)
class _Part:
    """One message of a turn, where it goes, and its name; "q" is the question itself."""

    message: Message
    channel: str
    name: str


async def _say(services: Services, scene: Scene, draft: Draft, part: _Part) -> None:
    """Post one message of a turn; with the question, note that this version has been shown, and where."""
    key = f"{draft.id}.{draft.version}.{part.name}"
    if draft.version == scene.draft.version and scene.stored.shown_version >= draft.version:
        key = f"{draft.id}.{secrets.token_hex(6)}"
    ts = await services.messenger.reply(part.channel, part.message, key)
    services.crash.reached("posted")
    who, now = scene.person, services.clock.now()
    one = SaidByBot(
        who.team_id, who.user_id, part.channel, ts, draft.at.key, part.message.words, now, draft.id
    )
    async with services.transaction() as connection:
        await bot_messages.add_said(connection, one)
        if part.name == "q":
            await drafts.mark_shown(
                connection, who.team_id, draft.id, Shown(draft.version, part.channel, ts, key)
            )
    services.crash.reached("shown")


async def _mark_shown(services: Services, scene: Scene, draft: Draft) -> None:
    """Note that this version needs no message of its own: its question stands where it stood.

    Where something else was asked in place of the next question, that one stands nowhere yet.
    """
    stored = scene.stored if draft.at == scene.draft.at else replace(scene.stored, shown_ts="")
    shown = Shown(draft.version, stored.shown_channel or "", stored.shown_ts or "", stored.shown_key)
    # Not worth waiting for the disk: what a power cut takes of it, the next start shows again.
    async with services.transaction(durable=False) as connection:
        await drafts.mark_shown(connection, scene.person.team_id, draft.id, shown)
    services.crash.reached("shown")


async def _settle_previous(services: Services, scene: Scene, turn: Turn) -> None:
    """The question shown before gives way to its answer; nothing is lost when it can no longer be drawn."""
    stored = scene.stored
    if stored.shown_ts and stored.shown_channel and scene.draft.at.step is not Step.DONE:
        view = views.answered(turn.draft, scene.draft.at, scene.material, scene.texts)
        await services.messenger.update(stored.shown_channel, stored.shown_ts, view)


async def _settle_change(services: Services, scene: Scene, choice: str, place: Place) -> None:
    """The question what becomes of changed words gives way to its answer."""
    change = scene.draft.change(place.question)
    if change is not None and place.ts:
        view = replies.compare_settled(change, choice, scene.texts)
        await services.messenger.update(place.channel, place.ts, view)


async def _redraw(services: Services, scene: Scene, draft: Draft, place: Place | None) -> None:
    """The screen with the new state, in the message where it was pressed, or where the question stands."""
    if place is None or not place.ts:
        async with services.database.reading() as connection:
            found = await bot_messages.find_said(connection, scene.person.team_id, draft.id, draft.at.key)
        if found is None:
            return
        place = Place(found.channel, found.ts, draft.at)
    screen = views.screen(draft, place.question, scene.material, scene.texts)
    view = parted(drawn(draft, place.question, screen, scene.texts))[-1]
    await services.messenger.update(place.channel, place.ts, view)
    services.crash.reached("posted")


async def show_unshown(services: Services, *, at_start: bool = False) -> None:
    """Show again what was saved and not shown, because a process died in between or Slack was away."""
    async with services.database.reading() as connection:
        waiting = await drafts.list_unshown(connection, services.team, 100)
    for stored in waiting:
        who = Who(stored.team_id, stored.user_id)
        old = services.clock.now() - stored.updated_at > UNSHOWN_FOR
        if (at_start or old) and not services.voice.speaking_to(who):
            services.say_later(who, shown_again(services, stored))


def shown_again(services: Services, stored: StoredDraft) -> Saying:
    """What was saved and not shown, to be said unless it stands there by then."""

    async def again() -> None:
        async with services.database.reading() as connection:
            person = await people.find_person(connection, stored.team_id, stored.user_id)
            now = await drafts.find_draft(connection, stored.team_id, stored.user_id, stored.draft.id)
            if person is None or now is None or now.draft.version != stored.draft.version:
                return  # erased, or gone on since: what came of that is shown by its own turn
            draft = now.draft
            ground = await material(connection, services, person, draft)
        scene = Scene(person, now, ground, spoken(person))
        if draft.status in {Status.PAUSED, Status.ASIDE}:
            await _mark_shown(services, scene, draft)
            return
        channel = await dm_channel(services, person)
        key = f"{draft.id}.{draft.version}.q"
        if ts := await services.messenger.find_reply(channel, key):
            shown = Shown(draft.version, channel, ts, key)
            async with services.transaction() as connection:
                await drafts.mark_shown(connection, person.team_id, draft.id, shown)
            return
        log.info("draft.shown_again", user=person.user_id, version=draft.version)
        try:
            await _say_again(services, scene, channel)
        except Unreachable:  # gone, or their DM is closed: they see where they were when they come back
            log.warning("draft.unreachable", user=person.user_id)
            await _mark_shown(services, scene, draft)

    return again


async def _say_again(services: Services, scene: Scene, channel: str) -> None:
    """Every part of the present question that does not stand there yet, the question itself last."""
    draft = scene.draft
    await offer_again(services, scene.person, scene.stored, channel)
    turn: Turn = Finished(draft) if draft.at.step is Step.DONE else Ask(draft)
    whole = _messages(scene, turn)
    if draft.at.step is Step.TAKE:  # whether it had just come there is not known any more
        whole = [*await _handed_over(services, scene, draft), *whole]
    parts = [part for message in whole for part in parted(message)]
    for number, part in enumerate(parts, 1 - len(parts)):
        name = str(number) if number else "q"
        if name == "q" or not await services.messenger.find_reply(
            channel, f"{draft.id}.{draft.version}.{name}"
        ):
            await _say(services, scene, draft, _Part(part, channel, name))
