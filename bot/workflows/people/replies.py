"""Small things said or done beside the story: one sentence, erasing a draft, the language of the interface."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.turns import Answer, Ask
from bot.services import Services, Who
from bot.views.blocks import Message
from bot.views.stories import replies
from bot.workflows.home.home import set_language
from bot.workflows.people.members import dm_channel, known, spoken, texts_for
from bot.workflows.privacy.erasure import sweep
from bot.workflows.privacy.log_clearing import clear_log
from bot.workflows.stories.context import material
from bot.workflows.stories.show import show
from bot.workflows.stories.turn import Outcome, Scene
from db.queries import drafts, people
from db.queries.erasure import sweep_orphaned
from db.queries.log_clearing import mark_erased

Decide = Callable[[Scene], Answer]


async def tell(services: Services, who: Who, key: str) -> None:
    """One sentence in the DM, in this person's language."""
    texts = await texts_for(services, who)
    post(services, who, replies.simple(texts, key))


def post(services: Services, who: Who, message: Message) -> None:
    """A reply that is no question of the story."""

    async def saying() -> None:
        person = await known(services, who)
        channel = await dm_channel(services, person) if person else who.user
        await services.messenger.reply(channel, message, services.messenger.new_key())

    services.say_later(who, saying)


def say(services: Services, who: Who, what: Outcome | Message) -> None:
    """Show where the story stands, or post the reply that came instead."""
    if isinstance(what, Message):
        post(services, who, what)
    else:
        services.say_later(who, lambda: show(services, what))


async def erase_draft(services: Services, who: Who, draft_id: str) -> None:
    """The draft, its answers, choices and versions; and the bot's messages that carry its words."""
    now = services.clock.now()
    async with services.turn(who) as connection:
        gone = await drafts.delete_draft(connection, who.team, who.user, draft_id)
        await sweep_orphaned(connection, who.team, who.user, now)
        if gone:
            await mark_erased(connection, who.team, now)
    await clear_log(services)
    await tell(services, who, "deleted" if gone else "delete-nothing")

    async def sweeping() -> None:
        await sweep(services)

    services.say_later(who, sweeping)


async def change_language(services: Services, who: Who, locale: str) -> None:
    """The language in which this person is spoken to; the present question is shown again in it."""
    if not await set_language(services, who, locale):
        return
    await tell(services, who, "language-set")
    async with services.database.reading() as connection:
        stored = await drafts.find_current(connection, who.team, who.user)
        person = await people.find_person(connection, who.team, who.user)
        if stored is None or person is None:
            return
        ground = await material(connection, services, person, stored.draft)
    outcome = Outcome(Scene(person, stored, ground, spoken(person)), Ask(stored.draft))
    services.say_later(who, lambda: show(services, outcome))
