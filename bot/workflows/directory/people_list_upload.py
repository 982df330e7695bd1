"""Lists that an owner gave in the DM: read a round at a time from the file in Slack, and answered when done."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import FileUnreadable
from bot.i18n import Texts
from bot.rules.people_csv import Problem, Unreadable, Wrong, read_list
from bot.rules.roles import Right
from bot.services import Services, Who
from bot.views.blocks import Message
from bot.views.directory.people_list import accepted, refused, report
from bot.workflows.directory.people_list import LISTED, Lines, segment_names, take_lines
from bot.workflows.people.members import known, person_from, spoken
from bot.workflows.people.replies import post
from bot.workflows.programme.settings import right
from db.models import Person
from db.models.programmes import AuditLine, PeopleList
from db.queries import audit, people_list_uploads

log = structlog.get_logger(__name__)

A_ROUND = 12
"""Lines for each tick of fifteen seconds: Slack allows some fifty questions a minute."""
KINDS = frozenset({"csv", "tsv"})


async def list_in(services: Services, person: Person, message: Mapping[str, Any]) -> str | None:
    """The id of the list in a message, if there is one and its sender runs the programme by Slack's word of now."""
    found = (str(f["id"]) for f in message.get("files") or () if str(f.get("filetype", "")).lower() in KINDS)
    file = next(found, None)
    if file is None:
        return None
    now = await _as_slack_says(services, person)
    async with services.database.reading() as connection:
        return file if await right(connection, now) is Right.RUN else None


async def _as_slack_says(services: Services, person: Person) -> Person:
    """Return the person as Slack describes them now. If it can't, this fails, and Slack brings the message again."""
    answer = await services.messenger.call("users.info", user=person.user_id, include_locale=True)
    return person_from(services, Who(person.team_id, person.user_id), dict(answer["user"]))


async def receive(services: Services, person: Person, file: str, *, channel: str, receipt: str) -> None:
    """Note that this list is to be read, say so, and begin."""
    who, now = Who(person.team_id, person.user_id), services.clock.now()
    async with services.turn(who, receipt) as connection:
        await people_list_uploads.add_list(
            connection, PeopleList(who.team, file, who.user, channel, 0, 0, "[]", now)
        )
    post(services, who, accepted(spoken(person)))

    async def begin() -> None:
        await go_on(services)

    services.say_later(who, begin)


async def go_on(services: Services, most: int = A_ROUND) -> int:
    """Read the next lines of the list that has waited longest; how many."""
    async with services.database.reading() as connection:
        waiting = await people_list_uploads.list_waiting(connection, services.team, 1)
    return await _read_on(services, waiting[0], most) if waiting else 0


async def _read_on(services: Services, given: PeopleList, most: int) -> int:
    giver = await known(services, Who(given.team_id, given.user_id))
    now = services.clock.now()
    try:
        lines = await _lines(services, giver, given)
    except (FileUnreadable, Unreadable, SlackApiError) as problem:
        log.info("list.refused", problem=type(problem).__name__)
        if await _end(services, replace(given, done_at=now), given.line):
            await _tell(services, given, refused)
        return 0
    ahead = [line for line in lines if line.line > given.line]
    taken, problems = await take_lines(services, tuple(ahead[:most]), given.user_id)
    after = replace(
        given,
        line=ahead[:most][-1].line if ahead else given.line,
        taken=given.taken + taken,
        problems=json.dumps(
            [*json.loads(given.problems), *([one.line, one.wrong.value] for one in problems)]
        ),
        done_at=now if len(ahead) <= most else None,
    )
    if await _end(services, after, given.line) and after.done_at is not None:
        wrong = [Problem(int(line), Wrong(what)) for line, what in json.loads(after.problems)]
        await _tell(services, given, lambda texts: report(after.taken, wrong, texts))
    return len(ahead[:most])


async def _lines(services: Services, giver: Person | None, given: PeopleList) -> Lines:
    """The list as it lies in Slack; nothing of one whose giver does not run the programme any more."""
    async with services.database.reading() as connection:
        if giver is None or await right(connection, giver) is not Right.RUN:
            raise FileUnreadable
    content = await services.messenger.download(given.id)
    return read_list(content, await segment_names(services))


async def _end(services: Services, after: PeopleList, since: int) -> bool:
    """Note how far the list has been read, and in the audit when that is its end; False when somebody else had."""
    async with services.transaction() as connection:
        noted = await people_list_uploads.mark_line(connection, services.team, after, since)
        if noted and after.done_at is not None and after.taken:
            line = AuditLine(services.team, after.user_id, LISTED, None, str(after.taken), after.done_at)
            await audit.add_line(connection, line)
    return noted


async def _tell(services: Services, given: PeopleList, words: Callable[[Texts], Message]) -> None:
    """Tell the giver of a list how it went, unless they had everything deleted and haven't written since."""
    who = Who(given.team_id, given.user_id)
    giver = await known(services, who)
    if giver is not None and giver.met_at is not None:
        post(services, who, words(spoken(giver)))
