"""Everything stored about a person: as counts to read, and as a file to download."""

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
"""The name under which an exported file is listed among the bot's messages."""
MIN_EXPORT_INTERVAL = timedelta(minutes=1)
"""Twenty clicks in a row count as one request."""

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
"""The label under which a person reads of each table."""
_SHOWN_IN_FULL = frozenset({"people", "drafts"})


async def load_personal_data_summary(services: Services, who: UserRef) -> PersonalDataModel:
    """Count what is stored, by label; a table without a label is counted as `other`."""
    async with services.database.read_transaction() as connection:
        person = await people.find_person(connection, who.team, who.user)
        everything = await load_personal_data(connection, who.team, who.user)
        stories = await drafts.list_all_drafts_of_person(connection, who.team, who.user)
        given = await consents.list_consents(connection, who.team, who.user)
    counts: dict[str, int] = {}
    for table, rows in everything.items():
        if table not in _SHOWN_IN_FULL:
            name = _TABLE_LABELS.get(table, "other")
            counts[name] = counts.get(name, 0) + len(rows)
    return PersonalDataModel(person, stories, given, counts)


async def export(services: Services, who: UserRef) -> bytes:
    """Return everything stored, verbatim, as indented JSON."""
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
    """Send the file to the DM, after the messages queued for this person."""
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
        await _post(services, channel, sentence_message(texts, "export-failed").text)
        return
    await _record_file(services, person, channel, file)
    await _post(services, channel, texts.say("export-sent"))


async def _post(services: Services, channel: str, sentence: str) -> None:
    await services.messenger.post_reply(
        channel, Message(sentence, (section(sentence),)), services.messenger.new_key()
    )


async def _was_just_sent(services: Services, who: UserRef) -> bool:
    async with services.database.read_transaction() as connection:
        before = await bot_messages.list_bot_messages(connection, who.team, who.user)
    now = services.clock.now()
    return any(one.question == EXPORT_FILE_KEY and now - one.sent_at < MIN_EXPORT_INTERVAL for one in before)


async def _record_file(services: Services, person: Person, channel: str, file: str) -> None:
    """Store the file among the bot's messages: it carries the person's words, and is deleted with them."""
    one = BotMessage(
        person.team_id, person.user_id, channel, file, EXPORT_FILE_KEY, True, services.clock.now()
    )
    async with services.transaction() as connection:
        await bot_messages.upsert_bot_message(connection, one)
