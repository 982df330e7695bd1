"""The stop switch: nothing goes out any more, by an owner's word or by itself; and going on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.budgets import WEEK
from bot.rules.calendars import calendar_of_programme
from bot.rules.waves import must_pause
from bot.services import Services, Who
from bot.workflows.delivery import owner_alerts
from bot.workflows.delivery.contact_history import CAMPAIGNS
from bot.workflows.waves.waves import running
from db.models.programmes import AuditLine, Programme
from db.queries import audit, outbox, people, programmes

log = structlog.get_logger(__name__)

HALTED, RESUMED = "halted", "resumed"


async def set_halt(services: Services, who: Who, *, halted: bool) -> None:
    """Halt everything, or go on; twice is once. What had to wait is asked about anew, each by its own time."""
    now = services.clock.now()
    async with running(services, who) as (connection, programme):
        if halted is (programme.halted_at is not None):
            return
        after = replace(programme, halted_at=now, halted_for="owner")
        if not halted:
            after = replace(programme, halted_at=None, halted_for=None, resumed_at=now)
        await programmes.put_programme(connection, after)
        deed = HALTED if halted else RESUMED
        await audit.add_line(connection, AuditLine(who.team, who.user, deed, None, "", now))
    log.info("halt.set", halted=halted)


async def halt_if_too_many_stopped(connection: AsyncConnection, programme: Programme, now: datetime) -> None:
    """Halt when too many people said stop in the seven days before today, or since sending was resumed.

    The programme is locked. It's judged by whole days: judged at each stop, it would tell who was the last of several.
    """
    if programme.halted_at is not None:
        return
    calendar, team = calendar_of_programme(programme), programme.team_id
    today = calendar.moment_of(calendar.date_of(now))
    since = max(today - WEEK, programme.resumed_at or today - WEEK)
    stopped = await people.count_stopped(connection, team, since, today)
    sent = await outbox.count_sent(connection, team, CAMPAIGNS, since, until_then=today)
    if not sent or not must_pause(stopped, sent):
        return
    await programmes.put_programme(connection, replace(programme, halted_at=now, halted_for="opt_outs"))
    await audit.add_line(connection, AuditLine(team, None, HALTED, None, "opt_outs", now))
    await owner_alerts.tell_of_halt(connection, team, at=now)
    log.warning("halt.by_itself")
