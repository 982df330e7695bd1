"""Lists that an owner gave in the DM: read a round at a time from the file in Slack, and answered when done."""

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
from bot.views.directory.people_list import list_accepted_message, list_refused_message, list_report_message
from bot.workflows.directory.people_list import PEOPLE_LISTED, ParsedLines, import_lines, load_segment_names
from bot.workflows.people.members import find_person, person_from, texts_for
from bot.workflows.people.replies import send_message
from bot.workflows.programme.settings import load_right
from db.models import Person
from db.models.programmes import AuditEntry, PeopleListUpload
from db.queries import audit, people_list_uploads

log = structlog.get_logger(__name__)

LINES_PER_ROUND = 12
"""Lines for each tick of fifteen seconds: Slack allows some fifty questions a minute."""
FILE_TYPES = frozenset({"csv", "tsv"})


async def find_list_file(services: Services, person: Person, message: Mapping[str, Any]) -> str | None:
    """The id of the list in a message, if there is one and its sender runs the programme by Slack's word of now."""
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
    """Return the person as Slack describes them now. If it can't, this fails, and Slack brings the message again."""
    answer = await services.messenger.call_with_retries(
        "users.info", user=person.user_id, include_locale=True
    )
    return person_from(services, UserRef(person.team_id, person.user_id), dict(answer["user"]))


async def accept_upload(services: Services, person: Person, file: str, *, channel: str, event: str) -> None:
    """Note that this list is to be read, say so, and begin."""
    who, now = UserRef(person.team_id, person.user_id), services.clock.now()
    async with services.person_transaction(who, event) as connection:
        await people_list_uploads.add_people_list_upload(
            connection, PeopleListUpload(who.team, file, who.user, channel, 0, 0, "[]", now)
        )
    send_message(services, who, list_accepted_message(texts_for(person)))

    async def begin() -> None:
        await read_next_lines(services)

    services.send_after_commit(who, begin)


async def read_next_lines(services: Services, max_lines: int = LINES_PER_ROUND) -> int:
    """Read the next lines of the list that has waited longest; how many."""
    async with services.database.read_transaction() as connection:
        waiting = await people_list_uploads.list_unfinished_uploads(connection, services.team, 1)
    return await _read_on(services, waiting[0], max_lines) if waiting else 0


async def _read_on(services: Services, upload: PeopleListUpload, max_lines: int) -> int:
    giver = await find_person(services, UserRef(upload.team_id, upload.user_id))
    now = services.clock.now()
    try:
        lines = await _lines(services, giver, upload)
    except (UnreadableFileError, UnreadableListError, RefusedCallError) as problem:
        log.info("list.refused", problem=type(problem).__name__)
        if await _save_progress(services, replace(upload, done_at=now), upload.line):
            await _tell(services, upload, list_refused_message)
        return 0
    ahead = [line for line in lines if line.line > upload.line]
    taken, problems = await import_lines(services, tuple(ahead[:max_lines]), upload.user_id)
    after = replace(
        upload,
        line=ahead[:max_lines][-1].line if ahead else upload.line,
        taken=upload.taken + taken,
        problems=json.dumps(
            [*json.loads(upload.problems), *([one.line, one.reason.value] for one in problems)]
        ),
        done_at=now if len(ahead) <= max_lines else None,
    )
    if await _save_progress(services, after, upload.line) and after.done_at is not None:
        wrong = [RejectedLine(int(line), RejectionReason(what)) for line, what in json.loads(after.problems)]
        await _tell(services, upload, lambda texts: list_report_message(after.taken, wrong, texts))
    return len(ahead[:max_lines])


async def _lines(services: Services, uploader: Person | None, upload: PeopleListUpload) -> ParsedLines:
    """The list as it lies in Slack; nothing of one whose giver does not run the programme any more."""
    async with services.database.read_transaction() as connection:
        if uploader is None or await load_right(connection, uploader) is not ProgrammeRight.RUN:
            raise UnreadableFileError
    content = await services.messenger.download_file(upload.id)
    return parse_people_list(content, await load_segment_names(services))


async def _save_progress(services: Services, after: PeopleListUpload, previous_line: int) -> bool:
    """Note how far the list has been read, and in the audit when that is its end; False when somebody else had."""
    async with services.transaction() as connection:
        noted = await people_list_uploads.mark_upload_progress(
            connection, services.team, after, previous_line
        )
        if noted and after.done_at is not None and after.taken:
            line = AuditEntry(
                services.team, after.user_id, PEOPLE_LISTED, None, str(after.taken), after.done_at
            )
            await audit.add_audit_entry(connection, line)
    return noted


async def _tell(
    services: Services, upload: PeopleListUpload, build_message: Callable[[Texts], Message]
) -> None:
    """Tell the giver of a list how it went, unless they had everything deleted and haven't written since."""
    who = UserRef(upload.team_id, upload.user_id)
    giver = await find_person(services, who)
    if giver is not None and giver.met_at is not None:
        send_message(services, who, build_message(texts_for(giver)))
