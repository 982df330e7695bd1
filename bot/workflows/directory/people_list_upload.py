"""People lists that an owner uploaded in the DM: read in rounds from the file in Slack, and answered when done."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog

from bot.errors import UnreadableFileError
from bot.i18n import Texts
from bot.rules.people_csv import RejectedLine, RejectionReason, UnreadableListError, parse_people_list
from bot.rules.roles import ProgrammeRight
from bot.services import Services, UserRef
from bot.slack.errors import RefusedCallError
from bot.views.blocks import Message
from bot.views.directory.people_list import list_received_message, list_refused_message, list_report_message
from bot.workflows.directory.people_list import (
    PEOPLE_LISTED,
    ParsedLines,
    import_lines,
    load_segment_keys_by_name,
)
from bot.workflows.people.members import find_person, person_from, texts_for
from bot.workflows.people.replies import send_message_later
from bot.workflows.programme.access import load_right
from db.models import Person
from db.models.programmes import AuditEntry, PeopleListUpload
from db.queries import audit, people_list_uploads

log = structlog.get_logger(__name__)

LINES_PER_ROUND = 12
"""Lines for each tick of fifteen seconds: Slack allows some fifty calls a minute."""
FILE_TYPES = frozenset({"csv", "tsv"})


async def find_authorised_list_file_id(
    services: Services, person: Person, message: Mapping[str, Any]
) -> str | None:
    """Return the ID of the list in a message, if its sender runs the programme by what Slack says of them now."""
    found = (
        str(f["id"]) for f in message.get("files") or () if str(f.get("filetype", "")).lower() in FILE_TYPES
    )
    file = next(found, None)
    if file is None:
        return None
    now = await _fetch_person(services, person)
    async with services.database.read_transaction() as connection:
        return file if await load_right(connection, now) is ProgrammeRight.RUN else None


async def _fetch_person(services: Services, person: Person) -> Person:
    """Return the person as Slack describes them now; if it can't, raise, so that Slack delivers the message again."""
    answer = await services.messenger.call_with_retries(
        "users.info", user=person.user_id, include_locale=True
    )
    return person_from(services, UserRef(person.team_id, person.user_id), dict(answer["user"]))


async def accept_upload(services: Services, person: Person, file: str, *, channel: str, event: str) -> None:
    """Store the upload, confirm it, and start reading it."""
    who, now = UserRef(person.team_id, person.user_id), services.clock.now()
    async with services.person_transaction(who, event) as connection:
        await people_list_uploads.add_people_list_upload(
            connection, PeopleListUpload(who.team, file, who.user, channel, 0, 0, "[]", now)
        )
    send_message_later(services, who, list_received_message(texts_for(person)))

    async def read_first_lines() -> None:
        await import_next_lines(services)

    services.send_after_commit(who, read_first_lines)


async def import_next_lines(services: Services, max_lines: int = LINES_PER_ROUND) -> int:
    """Read the next lines of the list that has waited longest, and return their number."""
    async with services.database.read_transaction() as connection:
        waiting = await people_list_uploads.list_unfinished_uploads(connection, services.team, 1)
    return await _read_lines(services, waiting[0], max_lines) if waiting else 0


async def _read_lines(services: Services, upload: PeopleListUpload, max_lines: int) -> int:
    uploader = await find_person(services, UserRef(upload.team_id, upload.user_id))
    now = services.clock.now()
    try:
        lines = await _load_lines(services, uploader, upload)
    except (UnreadableFileError, UnreadableListError, RefusedCallError) as problem:
        log.info("list.refused", problem=type(problem).__name__)
        if await _save_progress(services, replace(upload, done_at=now), upload.line):
            await _send_result(services, upload, list_refused_message)
        return 0
    ahead = [line for line in lines if line.line > upload.line]
    imported, problems = await import_lines(services, tuple(ahead[:max_lines]), upload.user_id)
    after = replace(
        upload,
        line=ahead[:max_lines][-1].line if ahead else upload.line,
        taken=upload.taken + imported,
        problems=json.dumps(
            [*json.loads(upload.problems), *([one.line, one.reason.value] for one in problems)]
        ),
        done_at=now if len(ahead) <= max_lines else None,
    )
    if await _save_progress(services, after, upload.line) and after.done_at is not None:
        wrong = [RejectedLine(int(line), RejectionReason(what)) for line, what in json.loads(after.problems)]
        await _send_result(services, upload, lambda texts: list_report_message(after.taken, wrong, texts))
    return len(ahead[:max_lines])


async def _load_lines(services: Services, uploader: Person | None, upload: PeopleListUpload) -> ParsedLines:
    """Download the list from Slack; raise UnreadableFileError if its uploader no longer runs the programme."""
    async with services.database.read_transaction() as connection:
        if uploader is None or await load_right(connection, uploader) is not ProgrammeRight.RUN:
            raise UnreadableFileError
    content = await services.messenger.download_file(upload.id)
    return parse_people_list(content, await load_segment_keys_by_name(services))


async def _save_progress(services: Services, after: PeopleListUpload, previous_line: int) -> bool:
    """Store how far the list has been read, with an audit entry at its end; False if another process did so first."""
    async with services.transaction() as connection:
        is_saved = await people_list_uploads.mark_list_reading_progress(
            connection, services.team, after, previous_line
        )
        if is_saved and after.done_at is not None and after.taken:
            entry = AuditEntry(
                services.team, after.user_id, PEOPLE_LISTED, None, str(after.taken), after.done_at
            )
            await audit.add_audit_entry(connection, entry)
    return is_saved


async def _send_result(
    services: Services, upload: PeopleListUpload, build_message: Callable[[Texts], Message]
) -> None:
    """Send the result to the uploader, unless they had everything deleted and haven't written since."""
    who = UserRef(upload.team_id, upload.user_id)
    uploader = await find_person(services, who)
    if uploader is not None and uploader.met_at is not None:
        send_message_later(services, who, build_message(texts_for(uploader)))
