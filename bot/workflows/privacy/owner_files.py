"""Files with people's names for owners: each is deleted from Slack after its lifetime, in any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import Services
from bot.workflows.privacy.message_deletion import Deletion, DeletionPolicy, delete_each
from db.models.privacy import BotFile
from db.queries.owner_files import forget_deleted_file, list_due_files, postpone_file, schedule_file_deletion

FILE_LIFETIME = timedelta(days=30)
"""How long such a file stays in Slack; the message above it says so."""


@dataclass(frozen=True)
class NamedFile:
    """A file for an owner, with people's names in it."""

    name: str
    title: str
    content: bytes


async def upload_for_owner(services: Services, channel: str, file: NamedFile) -> None:
    """Share a file in an owner's DM; its time of deletion is stored before anybody can see it."""

    async def note(file_id: str) -> None:
        now = services.clock.now()
        async with services.transaction() as connection:
            await schedule_file_deletion(
                connection, BotFile(services.team, file_id, now, now + FILE_LIFETIME)
            )

    await services.messenger.upload_file(channel, file.name, file.title, file.content, on_file_id=note)


async def delete_due_files(services: Services, now: datetime, policy: DeletionPolicy | None = None) -> int:
    """Delete the files whose lifetime is over and return how many are gone.

    A file stays in the database until it's gone from Slack: a restart resumes where this stopped.
    """
    policy = policy or DeletionPolicy()
    async with services.database.read_transaction() as connection:
        due = await list_due_files(connection, services.team, now, limit=policy.max_count)
    return await delete_each(services, "owner_file", [_deletion(file) for file in due], policy)


def _deletion(file: BotFile) -> Deletion:
    return Deletion(
        "",  # a file is found by its id alone
        file.id,
        file.tries,
        lambda connection: forget_deleted_file(connection, file.team_id, file.id),
        lambda connection, until, problem: postpone_file(connection, file, until, problem),
    )
