"""The stop switch: nothing goes out any more, by an owner's word or by itself; and going on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from bot.rules.budgets import WEEK
from bot.rules.calendars import calendar_of_programme
from bot.rules.waves import must_pause
from bot.services import Services, Who
from bot.workflows import telling
from bot.workflows.histories import CAMPAIGNS
from bot.workflows.waves import running
from db import audit, outbox, people, programmes
from db.models.programmes import AuditLine

log = structlog.get_logger(__name__)

HALTED, RESUMED = "halted", "resumed"


async def set_halt(services: Services, who: Who, *, halted: bool) -> None:
    """Halt everything, or go on; twice is once. What had to wait is asked about anew, each by its own time."""
    now = services.clock.now()
    async with running(services, who) as (session, programme):
        if halted is (programme.halted_at is not None):
            return
        after = replace(programme, halted_at=now, halted_for="owner")
        if not halted:
            after = replace(programme, halted_at=None, halted_for=None, resumed_at=now)
        await programmes.put_programme(session, after)
        deed = HALTED if halted else RESUMED
        await audit.add_line(session, AuditLine(who.team, who.user, deed, None, "", now))
    log.info("halt.set", halted=halted)


async def halt_if_too_many_stop(services: Services, now: datetime) -> int:
    """Halt by itself when too many people said stop in the seven days before today, or since sending was resumed.

    It is judged by whole days: judged at each stop, it would tell who of several people was the last one.
    """
    async with services.database.reading() as session:
        programme = await programmes.find_programme(session, services.team)
        if programme is None or programme.halted_at is not None:
            return 0
        calendar = calendar_of_programme(programme)
        today = calendar.moment_of(calendar.date_of(now))
        since = max(today - WEEK, programme.resumed_at or today - WEEK)
        stopped = await people.count_stopped(session, services.team, since, today)
        sent = await outbox.count_sent(session, services.team, CAMPAIGNS, since, until_then=today)
    if not sent or not must_pause(stopped, sent):
        return 0
    async with services.transaction() as session:
        programme = await programmes.lock_programme(session, services.team)
        if programme is None or programme.halted_at is not None:
            return 0
        await programmes.put_programme(session, replace(programme, halted_at=now, halted_for="opt_outs"))
        await audit.add_line(session, AuditLine(services.team, None, HALTED, None, "opt_outs", now))
        await telling.tell_of_halt(session, programme.team_id, at=now)
    log.warning("halt.by_itself")
    return 1
