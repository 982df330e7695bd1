"""An owner's form asks Slack once about its sender, and saves in a single transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import ids
from bot.crash_points import CrashPoints
from bot.errors import NotAllowedError
from bot.handlers import programme, waves
from bot.handlers.interaction import Interaction
from bot.payloads import ButtonPayload, EmptyPayload, SetupPayload, WavePayload
from bot.services import Services, UserRef
from db.engine.database import Database
from db.models.programmes import Programme, Role
from db.queries import people, programmes
from db.queries import waves as stored_waves
from db.queries.erasure import erase_person
from db.queries.roles import add_role
from tests.workflows.recording_services import (
    MAYA,
    NOW,
    TEAM,
    RecordingMessenger,
    ServicesFactory,
    slack_refusal,
)

WHO = UserRef(TEAM, MAYA.user_id)
TIMES = {
    "week": ("sun", "mon", "tue", "wed", "thu"),
    "opens": "10:00",
    "closes": "15:00",
    "country": "Egypt",
    "tz": "Africa/Cairo",
    "language": "en",
}
WAVE = {
    "name": "Spring",
    "opens_on": "2027-03-10",
    "greeting": "",
    "chosen": ("U0OMAR",),
    "channel": "C0NEWS",
}


@dataclass
class CallLog(RecordingMessenger):
    """Remembers which methods of Slack were called."""

    calls: list[str] = field(default_factory=list)

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Note the call, and describe a channel that the bot is in."""
        self.calls.append(method)
        if method == "conversations.info":
            return {"ok": True, "channel": {"id": arguments["channel"], "is_member": True}}
        if method == "conversations.open":
            return {"ok": True, "channel": {"id": "D0MAYA"}}
        if method == "files.getUploadURLExternal":
            raise slack_refusal("missing_scope")
        return await super().call_with_retries(method, **arguments)


class CountingServices(Services):
    """Services that count their write transactions."""

    writes = 0

    @asynccontextmanager
    async def person_transaction(self, who: UserRef, event: str = "") -> AsyncIterator[AsyncConnection]:
        """Count one more."""
        self.writes += 1
        async with super().person_transaction(who, event) as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self, *, durable: bool = True) -> AsyncIterator[AsyncConnection]:
        """Count one more."""
        self.writes += 1
        async with super().transaction(durable=durable) as connection:
            yield connection


@contextmanager
def counted_transactions() -> Iterator[list[object]]:
    """Count the transactions of every engine, reading ones included."""
    started: list[object] = []

    def note(connection: object) -> None:
        started.append(connection)

    event.listen(Engine, "begin", note)
    try:
        yield started
    finally:
        event.remove(Engine, "begin", note)


@pytest.fixture
async def services(make_services: ServicesFactory, database: Database) -> CountingServices:
    """Services of a company where Maya is the owner of the programme."""
    known = await make_services(None, MAYA, replace(MAYA, user_id="U0OMAR"))
    async with database.write_transaction() as connection:
        await programmes.upsert_programme(connection, Programme(TEAM, "Qamar Labs", NOW, tz="Africa/Cairo"))
        await add_role(connection, TEAM, MAYA.user_id, Role.OWNER, at=NOW)
    return CountingServices(database, CallLog(), known.clock, workspace=known.workspace, crash=CrashPoints())


def submission(services: Services, given: Mapping[str, Any], payload: ButtonPayload) -> Interaction:
    """Return the submission of a form with these values."""
    values = {name: {name: _element(name, value)} for name, value in given.items()}
    view = {"private_metadata": payload.pack(), "state": {"values": values}}
    return Interaction("submission", ids.WAVE_KEEP, WHO, {"view": view}, services)


def _element(name: str, value: Any) -> dict[str, Any]:
    if name == "channel":
        return {"type": "conversations_select", "selected_conversation": value}
    if name == "chosen":
        return {"type": "multi_users_select", "selected_users": list(value)}
    if isinstance(value, tuple):
        return {"type": "checkboxes", "selected_options": [{"value": one} for one in value]}
    return {"type": "plain_text_input", "value": value}


def calls_of(services: Services) -> list[str]:
    """Return the methods of Slack called so far."""
    assert isinstance(services.messenger, CallLog)
    return services.messenger.calls


async def test_settings_are_saved_with_one_call_and_one_transaction(services: CountingServices) -> None:
    with counted_transactions() as started:
        given = await programme.save_times_and_language(submission(services, TIMES, SetupPayload("times")))
        in_the_ack = (given, list(calls_of(services)), services.writes, len(started))

    assert in_the_ack == (None, ["users.info"], 1, 1)
    await services.outgoing.wait_until_idle()


async def test_wave_is_previewed_after_two_calls_in_sequence(services: CountingServices) -> None:
    with counted_transactions() as started:
        assert await waves.save_wave_and_preview(submission(services, WAVE, EmptyPayload())) is None
        in_the_ack = (services.writes, len(started))

    # The channel is asked about while Slack is asked about the owner; then the preview is posted.
    assert sorted(calls_of(services)) == ["conversations.info", "users.info"]
    assert in_the_ack == (1, 1)
    await services.outgoing.wait_until_idle()
    assert calls_of(services)[2] != "conversations.info"
    assert isinstance(services.messenger, CallLog)
    assert services.messenger.posted


async def test_owner_who_is_not_stored_gets_the_dry_run(services: CountingServices) -> None:
    # Given a wave of an owner who then had everything erased: their role stays
    await waves.save_wave_and_preview(submission(services, WAVE, EmptyPayload()))
    await services.outgoing.wait_until_idle()
    async with services.transaction() as connection:
        (wave,) = await stored_waves.list_waves(connection, TEAM)
        await erase_person(connection, TEAM, MAYA.user_id, NOW)
    assert isinstance(services.messenger, CallLog)
    services.messenger.posted.clear()
    # When they ask for its dry run
    action = {
        "type": "button",
        "action_id": ids.WAVE_DRY_RUN,
        "value": WavePayload(wave.id, wave.version).pack(),
    }
    await waves.request_dry_run(Interaction("action", ids.WAVE_DRY_RUN, WHO, {"actions": [action]}, services))
    await services.outgoing.wait_until_idle()
    # Then it comes
    assert services.messenger.posted


async def test_wave_with_an_error_is_neither_saved_nor_previewed(services: CountingServices) -> None:
    reply = await waves.save_wave_and_preview(submission(services, {**WAVE, "name": " "}, EmptyPayload()))

    assert isinstance(reply, dict)
    assert set(reply["errors"]) == {"name"}
    await services.outgoing.wait_until_idle()
    async with services.database.read_transaction() as connection:
        assert not await stored_waves.list_waves(connection, TEAM)


async def test_form_of_somebody_who_is_no_owner_is_refused_and_stores_nothing(
    services: CountingServices,
) -> None:
    who = UserRef(TEAM, "U0SARA")

    with pytest.raises(NotAllowedError):
        await programme.save_times_and_language(
            replace(submission(services, TIMES, SetupPayload("times")), who=who)
        )

    async with services.database.read_transaction() as connection:
        assert await people.find_person(connection, TEAM, who.user) is None
        kept = await programmes.find_programme(connection, TEAM)
    assert kept is not None
    assert kept.closes != TIMES["closes"]
