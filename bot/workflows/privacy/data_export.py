"""Everything held about a person: counted for the eye, and as a file for taking along."""

from __future__ import annotations

import json
from datetime import timedelta

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.services import Services, Who
from bot.views.blocks import Message, section
from bot.views.privacy.personal_data import Holdings
from bot.views.stories.replies import simple
from bot.workflows.people.members import dm_channel, known, spoken
from db.models import Person, SaidByBot
from db.queries import bot_messages, consents, drafts, people
from db.queries.data_export import everything_about

log = structlog.get_logger(__name__)

EXPORT = "export"
"""The name under which a file taken along stands among what the bot said."""
ONCE_IN = timedelta(minutes=1)
"""Twenty clicks at once are one wish."""

_NAMED = {
    "versions": "versions",
    "consents": "consents",
    "exposures": "shown",
    "choices": "chosen",
    "takings": "places",
    "said": "messages",
    "deals": "order",
    "outbox": "notices",
    "attempts": "tries",
    "pace": "tries",
    "wave_people": "waves",
    "wave_answers": "waves",
    "sweeps": "sweeps",
    "tombstones": "tombstone",
    "listings": "listing",
    "roles": "role",
    "audit": "deeds",
    "changes": "changes",
    "lists": "lists",
}
"""Tables, and the words under which the person reads of them."""
_SHOWN_IN_FULL = frozenset({"people", "drafts"})


async def holdings(services: Services, who: Who) -> Holdings:
    """How much is held of each kind; a table that has no words yet is counted among the others."""
    async with services.database.reading() as connection:
        person = await people.find_person(connection, who.team, who.user)
        everything = await everything_about(connection, who.team, who.user)
        stories = await drafts.list_drafts(connection, who.team, who.user)
        agreed = await consents.list_consents(connection, who.team, who.user)
    counts: dict[str, int] = {}
    for table, rows in everything.items():
        if table not in _SHOWN_IN_FULL:
            name = _NAMED.get(table, "other")
            counts[name] = counts.get(name, 0) + len(rows)
    return Holdings(person, stories, agreed, counts)


async def export(services: Services, who: Who) -> bytes:
    """Everything held, letter for letter, as JSON that people can read as well."""
    async with services.database.reading() as connection:
        everything = await everything_about(connection, who.team, who.user)
    document = {
        "about": {
            "person": who.user,
            "workspace": who.team,
            "company": services.company,
            "made_at": services.clock.now().isoformat(),
        },
        "held": everything,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8")


def send_export_later(services: Services, who: Who) -> None:
    """Put the file into the DM, after what is still to be said to this person."""
    services.say_later(who, lambda: _send_export(services, who))


async def _send_export(services: Services, who: Who) -> None:
    person = await known(services, who)
    if person is None or await _just_sent(services, who):
        return
    texts = spoken(person)
    channel = await dm_channel(services, person)
    content = await export(services, who)
    try:
        file = await services.messenger.upload(
            channel, texts.label("export-name"), texts.label("export-label"), content
        )
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
        log.warning("export.failed", user=who.user, error=type(problem).__name__)
        await _tell(services, channel, simple(texts, "export-failed").text)
        return
    await _remember(services, person, channel, file)
    await _tell(services, channel, texts.say("export-sent"))


async def _tell(services: Services, channel: str, sentence: str) -> None:
    await services.messenger.reply(
        channel, Message(sentence, (section(sentence),)), services.messenger.new_key()
    )


async def _just_sent(services: Services, who: Who) -> bool:
    async with services.database.reading() as connection:
        before = await bot_messages.list_said(connection, who.team, who.user)
    now = services.clock.now()
    return any(one.question == EXPORT and now - one.at < ONCE_IN for one in before)


async def _remember(services: Services, person: Person, channel: str, file: str) -> None:
    """The file carries the person's words: with everything else it is to be deleted when they say so."""
    one = SaidByBot(person.team_id, person.user_id, channel, file, EXPORT, True, services.clock.now())
    async with services.transaction() as connection:
        await bot_messages.add_said(connection, one)
