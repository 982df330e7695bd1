"""The announcement of a wave, as it stands in a channel."""

from __future__ import annotations

from bot.i18n import Texts
from bot.views.blocks import Message, context, escape_user_text, plain_text_sections, section
from bot.views.dates import format_date
from db.models.waves import StoredWave


def announcement_message(wave: StoredWave, texts: Texts) -> Message:
    """Who asked, what is going to come, the owner's own lines, and that it is up to everybody."""
    owner = f"<@{wave.asked_by}>" if wave.asked_by else texts.label("invitation-owners")
    said = texts.say("announcement", owner=owner, date=format_date(wave.opens_on, texts))
    why = texts.say("announcement-why")
    aloud = [said, escape_user_text(wave.greeting), why]
    return Message(
        "\n".join(filter(None, aloud)), (section(said), *plain_text_sections(wave.greeting), context(why))
    )
