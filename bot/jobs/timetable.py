"""The timetable: which job runs how often."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.jobs.deliver import deliver_due
from bot.jobs.directory_sync import sync_people_if_due
from bot.jobs.reconcile import reconcile_outbox
from bot.services import Services
from bot.timings import Timings
from bot.workflows.directory.people_list_upload import import_next_lines
from bot.workflows.inbox.receipts import prune_receipts
from bot.workflows.privacy.erasure import delete_messages_pending_deletion, erase_leavers_after_retention
from bot.workflows.privacy.log_clearing import clear_database_log_if_needed
from bot.workflows.privacy.owner_files import delete_due_files
from bot.workflows.programme.settings import refresh_programme
from bot.workflows.stories.reshow import show_unshown
from bot.workflows.waves.launch import invite_joiners
from bot.workflows.waves.participation import publish_figures_and_check_halt

Job = Callable[[Services, datetime], Awaitable[int | None]]
"""Does what is due at the given time, and returns how much that was."""


@dataclass(frozen=True)
class TimetableEntry:
    """One line of the timetable: a job, its name and its interval."""

    name: str
    interval: timedelta
    job: Job


TIMETABLE = (
    TimetableEntry(
        "clear_erased", timedelta(seconds=15), lambda services, _: clear_database_log_if_needed(services)
    ),
    TimetableEntry(
        "sweep", timedelta(seconds=15), lambda services, _: delete_messages_pending_deletion(services)
    ),
    TimetableEntry("delete_files", timedelta(minutes=1), delete_due_files),
    TimetableEntry("read_people", timedelta(seconds=15), sync_people_if_due),
    TimetableEntry("look_at_settings", timedelta(minutes=1), lambda services, _: refresh_programme(services)),
    TimetableEntry("read_lists", timedelta(seconds=15), lambda services, _: import_next_lines(services)),
    TimetableEntry("show_unshown", timedelta(seconds=15), lambda services, _: show_unshown(services)),
    TimetableEntry("close_day", timedelta(minutes=1), publish_figures_and_check_halt),
    TimetableEntry("invite_joiners", timedelta(hours=1), invite_joiners),
    TimetableEntry("forget_leavers", timedelta(hours=1), erase_leavers_after_retention),
    TimetableEntry("prune_receipts", timedelta(hours=1), prune_receipts),
)


def timetable(timings: Timings) -> tuple[TimetableEntry, ...]:
    """Return the whole timetable, with the delivery of notices at its own interval."""
    return (
        TimetableEntry("deliver", timings.tick_interval, deliver_due),
        TimetableEntry("reconcile", timings.tick_interval, reconcile_outbox),
        *TIMETABLE,
    )
