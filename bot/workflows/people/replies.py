"""Small things said or done beside the story: one sentence, erasing a draft, the language of the interface."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.turns import AskQuestion, UserAction
from bot.services import Services, UserRef
from bot.views.blocks import Message
from bot.views.stories import replies
from bot.workflows.home.home import set_language
from bot.workflows.people.members import ensure_dm_channel, find_person, load_texts, texts_for
from bot.workflows.privacy.erasure import delete_pending_messages
from bot.workflows.privacy.log_clearing import clear_log
from bot.workflows.stories.context import load_material
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import TurnContext, TurnOutcome
from db.queries import drafts, people
from db.queries.erasure import queue_orphaned_deletions
from db.queries.log_clearing import mark_log_uncleared

AnswerChooser = Callable[[TurnContext], UserAction]


async def send_text(services: Services, who: UserRef, key: str) -> None:
    """One sentence in the DM, in this person's language."""
    texts = await load_texts(services, who)
    send_message(services, who, replies.sentence_message(texts, key))


def send_message(services: Services, who: UserRef, message: Message) -> None:
    """A reply that is no question of the story."""

    async def saying() -> None:
        person = await find_person(services, who)
        channel = await ensure_dm_channel(services, person) if person else who.user
        await services.messenger.post_reply(channel, message, services.messenger.new_key())

    services.send_after_commit(who, saying)


def show_or_send(services: Services, who: UserRef, result: TurnOutcome | Message) -> None:
    """Show where the story stands, or post the reply that came instead."""
    if isinstance(result, Message):
        send_message(services, who, result)
    else:
        services.send_after_commit(who, lambda: show_turn(services, result))


async def erase_draft(services: Services, who: UserRef, draft_id: str) -> None:
    """The draft, its answers, choices and versions; and the bot's messages that carry its words."""
    now = services.clock.now()
    async with services.person_transaction(who) as connection:
        gone = await drafts.delete_draft(connection, who.team, who.user, draft_id)
        await queue_orphaned_deletions(connection, who.team, who.user, now)
        if gone:
            await mark_log_uncleared(connection, who.team, now)
    await clear_log(services)
    await send_text(services, who, "deleted" if gone else "delete-nothing")

    async def sweeping() -> None:
        await delete_pending_messages(services)

    services.send_after_commit(who, sweeping)


async def change_language(services: Services, who: UserRef, locale: str) -> None:
    """The language in which this person is spoken to; the present question is shown again in it."""
    if not await set_language(services, who, locale):
        return
    await send_text(services, who, "language-set")
    async with services.database.read_transaction() as connection:
        stored = await drafts.find_current_draft(connection, who.team, who.user)
        person = await people.find_person(connection, who.team, who.user)
        if stored is None or person is None:
            return
        ground = await load_material(connection, services, person, stored.draft)
    outcome = TurnOutcome(TurnContext(person, stored, ground, texts_for(person)), AskQuestion(stored.draft))
    services.send_after_commit(who, lambda: show_turn(services, outcome))
