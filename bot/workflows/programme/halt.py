"""The halt of all sending, by an owner or by itself, and resuming."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.budgets import BUDGET_PERIOD
from bot.rules.calendars import programme_calendar
from bot.rules.waves import must_halt
from bot.services import Services, UserRef
from bot.workflows.delivery import owner_alerts
from bot.workflows.delivery.contact_history import CAMPAIGN_KINDS
from bot.workflows.programme.access import programme_change_transaction
from db.models.programmes import AuditEntry, Programme
from db.queries import audit, outbox, people, programmes

log = structlog.get_logger(__name__)

PROGRAMME_HALTED, PROGRAMME_RESUMED = "halted", "resumed"


async def set_halt(services: Services, who: UserRef, *, halted: bool) -> None:
    """Halt all sending, or resume it; doing so twice has no effect. Each waiting notice is then checked anew."""
    now = services.clock.now()
    async with programme_change_transaction(services, who) as (connection, _, programme):
        if halted is (programme.halted_at is not None):
            return
        after = replace(programme, halted_at=now, halted_for="owner")
        if not halted:
            after = replace(programme, halted_at=None, halted_for=None, resumed_at=now)
        await programmes.upsert_programme(connection, after)
        action = PROGRAMME_HALTED if halted else PROGRAMME_RESUMED
        await audit.add_audit_entry(connection, AuditEntry(who.team, who.user, action, None, "", now))
    log.info("halt.set", halted=halted)


async def halt_if_too_many_stopped(connection: AsyncConnection, programme: Programme, now: datetime) -> None:
    """Halt when too many people opted out in the seven days before today, or since sending was resumed.

    The caller has locked the programme. Only whole days are judged: judged at each opt-out, a halt would reveal who
    was the last of several.
    """
    if programme.halted_at is not None:
        return
    calendar, team = programme_calendar(programme), programme.team_id
    today = calendar.to_utc(calendar.local_date(now))
    since = max(today - BUDGET_PERIOD, programme.resumed_at or today - BUDGET_PERIOD)
    stopped = await people.count_stopped_between(connection, team, since, today)
    sent = await outbox.count_sent_notices(connection, team, CAMPAIGN_KINDS, since, until_then=today)
    if not sent or not must_halt(stopped, sent):
        return
    await programmes.upsert_programme(connection, replace(programme, halted_at=now, halted_for="opt_outs"))
    await audit.add_audit_entry(connection, AuditEntry(team, None, PROGRAMME_HALTED, None, "opt_outs", now))
    await owner_alerts.plan_automatic_halt_alerts(connection, team, at=now)
    log.warning("halt.by_itself")
