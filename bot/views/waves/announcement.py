"""The announcement of a wave in a channel."""

from __future__ import annotations

from bot.i18n import Texts
from bot.views.blocks import Message, context, escape_user_text, plain_text_sections, section
from bot.views.dates import format_date
from db.models.waves import StoredWave


def announcement_message(wave: StoredWave, texts: Texts) -> Message:
    """Return the announcement: who asks, what will come, the owner's greeting, and that it's voluntary."""
    owner = f"<@{wave.asked_by}>" if wave.asked_by else texts.label("invitation-owners")
    sentence = texts.say("announcement", owner=owner, date=format_date(wave.opens_on, texts))
    why = texts.say("announcement-why")
    spoken = [sentence, escape_user_text(wave.greeting), why]
    return Message(
        "\n".join(filter(None, spoken)),
        (section(sentence), *plain_text_sections(wave.greeting), context(why)),
    )
