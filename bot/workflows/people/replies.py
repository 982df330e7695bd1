"""Replies in the DM that aren't a question of the story."""

from __future__ import annotations

from bot.services import Services, UserRef
from bot.views.blocks import Message
from bot.views.stories import replies
from bot.workflows.people.members import ensure_dm_channel, find_person, load_texts


async def send_sentence_later(services: Services, who: UserRef, key: str) -> None:
    """Send one sentence in the person's language."""
    texts = await load_texts(services, who)
    send_message_later(services, who, replies.sentence_message(texts, key))


def send_message_later(services: Services, who: UserRef, message: Message) -> None:
    """Send a message once the current transaction is committed."""

    async def post() -> None:
        person = await find_person(services, who)
        channel = await ensure_dm_channel(services, person) if person else who.user
        await services.messenger.post_reply(channel, message, services.messenger.new_key())

    services.send_after_commit(who, post)
