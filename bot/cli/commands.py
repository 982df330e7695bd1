"""The commands that may run next to the bot; each yields lines that report its result."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from bot.errors import BotError
from bot.i18n import Texts
from bot.rules.people_csv import UnreadableListError, parse_people_list
from bot.services import Services, UserRef
from bot.views.directory.people_list import rejected_line_text
from bot.workflows.directory.people_list import PEOPLE_LISTED, import_lines, load_segment_keys_by_name
from bot.workflows.directory.sync import SyncProgress, sync_everybody
from bot.workflows.people import lookup
from bot.workflows.people.members import ensure_known, refuse_outsider
from bot.workflows.programme.roles import grant_role, revoke_role
from db.models import Person
from db.models.programmes import AuditEntry, Role
from db.queries import audit, programmes, roles

LOOKUP_INTERVAL = 1.2
"""Seconds between two lines of a list: Slack allows some fifty lookups a minute."""
CliCommand = Callable[[Services], AsyncIterator[str]]


class CommandFailedError(Exception):
    """The command can't be done; the message is one sentence that says why."""


async def add_owner(services: Services, address: str) -> AsyncIterator[str]:
    """Make the person with this address an owner."""
    now = services.clock.now()
    try:
        person = await lookup.look_up_person(services, address)
        refuse_outsider(person)
    except BotError as problem:
        raise CommandFailedError(str(problem.__doc__)) from problem
    await ensure_known(services, [person.user_id])
    async with services.transaction() as connection:
        await programmes.lock_programme(connection, services.team)
        was_granted = await grant_role(connection, _user_ref(person), Role.OWNER, now, by=None)
    yield f"{_display_name(person)} {'is an owner now' if was_granted else 'was an owner already'}."


async def remove_owner(services: Services, address: str) -> AsyncIterator[str]:
    """Remove the person with this address from the owners."""
    now = services.clock.now()
    try:
        person = await lookup.look_up_person(services, address)
        await ensure_known(services, [person.user_id])
        async with services.transaction() as connection:
            await programmes.lock_programme(connection, services.team)
            was_revoked = await revoke_role(connection, _user_ref(person), Role.OWNER, now, by=None)
    except BotError as problem:
        raise CommandFailedError(str(problem.__doc__)) from problem
    yield f"{_display_name(person)} {'is an owner no longer' if was_revoked else 'was no owner'}."


async def list_owners(services: Services) -> AsyncIterator[str]:
    """List the owners, and say which of them have left."""
    async with services.database.read_transaction() as connection:
        all_holders = await roles.list_role_holders(connection, services.team)
        active = await roles.list_active_holder_ids(connection, services.team, (Role.OWNER,))
    holders = [holder for holder in all_holders if holder.role is Role.OWNER]
    for holder in holders:
        left = "" if holder.user_id in active else ", has left"
        person = await lookup.find_or_fetch_person(services, holder.user_id)
        yield f"{_display_name(person)}, since {holder.granted_at:%Y-%m-%d}{left}"
    if not active:
        yield "Nobody who works here runs the programme: an admin of the workspace is offered it on the Home tab."


async def sync_people(services: Services, report_progress: SyncProgress) -> AsyncIterator[str]:
    """Read everybody from Slack, and report the number of people read so far."""
    count = await sync_everybody(services, on_progress=report_progress)
    if count is None:
        raise CommandFailedError("They are being read at this moment, by the bot or another command.")
    yield f"{count} accounts read from Slack, guests, bots and people who left among them."


async def import_people(
    services: Services, content: bytes, report_progress: Callable[..., None], pause: float = LOOKUP_INTERVAL
) -> AsyncIterator[str]:
    """Import a people list, and name the lines that were rejected."""
    try:
        lines = parse_people_list(content, await load_segment_keys_by_name(services))
    except UnreadableListError as problem:
        raise CommandFailedError(str(problem.__doc__)) from problem
    report_progress(total=len(lines))
    accepted, rejected_lines = await import_lines(
        services, lines, None, pause_seconds=pause, on_progress=lambda n: report_progress(completed=n)
    )
    async with services.transaction() as connection:
        now = services.clock.now()
        await audit.add_audit_entry(
            connection, AuditEntry(services.team, None, PEOPLE_LISTED, None, str(accepted), now)
        )
    yield f"{accepted} of {len(lines)} lines were taken."
    for rejected in rejected_lines:
        yield rejected_line_text(rejected, Texts("en")).translate(dict.fromkeys((0x2068, 0x2069)))


def _user_ref(person: Person) -> UserRef:
    return UserRef(person.team_id, person.user_id)


def _display_name(person: Person) -> str:
    return f"{person.real_name or person.name} ({person.user_id})"
