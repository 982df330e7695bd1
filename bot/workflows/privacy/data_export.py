"""Everything held about a person: counted for the eye, and as a file for taking along."""

from __future__ import annotations

import json
from datetime import timedelta

import structlog

from bot.services import Services, UserRef
from bot.slack.errors import CALL_ERRORS
from bot.views.blocks import Message, section
from bot.views.privacy.personal_data import PersonalDataModel
from bot.views.stories.replies import sentence_message
from bot.workflows.people.members import ensure_dm_channel, find_person, texts_for
from db.models import BotMessage, Person
from db.queries import bot_messages, consents, drafts, people
from db.queries.data_export import load_personal_data

log = structlog.get_logger(__name__)

EXPORT_FILE_KEY = "export"
"""The name under which a file taken along stands among what the bot said."""
MIN_EXPORT_INTERVAL = timedelta(minutes=1)
"""Twenty clicks at once are one wish."""

_TABLE_LABELS = {
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


async def count_personal_data(services: Services, who: UserRef) -> PersonalDataModel:
    """How much is held of each kind; a table that has no words yet is counted among the others."""
    async with services.database.read_transaction() as connection:
        person = await people.find_person(connection, who.team, who.user)
        everything = await load_personal_data(connection, who.team, who.user)
        stories = await drafts.list_drafts(connection, who.team, who.user)
        agreed = await consents.list_consents(connection, who.team, who.user)
    counts: dict[str, int] = {}
    for table, rows in everything.items():
        if table not in _SHOWN_IN_FULL:
            name = _TABLE_LABELS.get(table, "other")
            counts[name] = counts.get(name, 0) + len(rows)
    return PersonalDataModel(person, stories, agreed, counts)


async def export(services: Services, who: UserRef) -> bytes:
    """Everything held, letter for letter, as JSON that people can read as well."""
    async with services.database.read_transaction() as connection:
        everything = await load_personal_data(connection, who.team, who.user)
    document = {
        "about": {
            "person": who.user,
            "workspace": who.team,
            "company": services.company_name,
            "made_at": services.clock.now().isoformat(),
        },
        "held": everything,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8")


def send_export_later(services: Services, who: UserRef) -> None:
    """Put the file into the DM, after what is still to be said to this person."""
    services.send_after_commit(who, lambda: _send_export(services, who))


async def _send_export(services: Services, who: UserRef) -> None:
    person = await find_person(services, who)
    if person is None or await _was_just_sent(services, who):
        return
    texts = texts_for(person)
    channel = await ensure_dm_channel(services, person)
    content = await export(services, who)
    try:
        file = await services.messenger.upload_file(
            channel, texts.label("export-name"), texts.label("export-label"), content
        )
    except CALL_ERRORS as problem:
        log.warning("export.failed", user=who.user, error=type(problem).__name__)
        await _tell(services, channel, sentence_message(texts, "export-failed").text)
        return
    await _record_file(services, person, channel, file)
    await _tell(services, channel, texts.say("export-sent"))


async def _tell(services: Services, channel: str, sentence: str) -> None:
    await services.messenger.post_reply(
        channel, Message(sentence, (section(sentence),)), services.messenger.new_key()
    )


async def _was_just_sent(services: Services, who: UserRef) -> bool:
    async with services.database.read_transaction() as connection:
        before = await bot_messages.list_bot_messages(connection, who.team, who.user)
    now = services.clock.now()
    return any(one.question == EXPORT_FILE_KEY and now - one.sent_at < MIN_EXPORT_INTERVAL for one in before)


async def _record_file(services: Services, person: Person, channel: str, file: str) -> None:
    """The file carries the person's words: with everything else it is to be deleted when they say so."""
    one = BotMessage(
        person.team_id, person.user_id, channel, file, EXPORT_FILE_KEY, True, services.clock.now()
    )
    async with services.transaction() as connection:
        await bot_messages.upsert_bot_message(connection, one)
