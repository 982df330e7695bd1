"""Mutations of what owners could infer: from lists, from figures, and from who gets no message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, select

from bot.rules import audiences, participation, waves
from bot.workflows.delivery import eligibility
from bot.workflows.directory import sync
from bot.workflows.people import members
from bot.workflows.programme import halt
from bot.workflows.stories import save
from bot.workflows.waves import dry_run
from bot.workflows.waves import participation as participating
from db.models import Person
from db.models.programmes import EmployeeRecord
from db.queries import erasure
from db.queries import people as people_queries
from db.schema.core import people as people_table
from db.schema.row_mapping import columns_of


def _segment_by_own_choice() -> None:
    """Take people's own segments for the owner's."""
    usual = audiences.build_candidate

    def candidate(person: Person, listing: EmployeeRecord | None, audience: Any) -> Any:
        said = listing or EmployeeRecord(
            person.team_id, person.user_id, None, None, None, None, person.fetched_at
        )
        return usual(person, replace(said, segment=person.segment or said.segment), audience)

    audiences.build_candidate = candidate


def _list_chosen_language() -> None:
    """Show owners the language that people chose with the bot."""
    dry_run.language_in_slack = lambda person: members.texts_for(person).locale


def _list_everybody_who_wrote() -> None:
    """List for owners everybody who ever wrote to the bot."""
    people_queries._DIRECTORY = (
        select(*columns_of(Person, people_table))
        .where(people_table.c.team_id == bindparam("team"))
        .order_by(people_table.c.real_name, people_table.c.user_id)
    )


def _erase_from_lists() -> None:
    """Remove people from every list when they delete everything."""
    erasure._ERASE_OWN_DATA = [*erasure._DELETE_ALL_ROWS, *erasure._CLEAR_PERSON_REFERENCES]


def _sync_without_erased() -> None:
    """Leave people who deleted everything out of the directory sync."""
    sync.is_forgotten_leaver = lambda person, tombstone: tombstone is not None


def _notify_erased_people() -> None:
    """Send messages to people who deleted everything."""

    async def never(*given: Any) -> bool:
        return False

    eligibility._is_erased = never


def _keep_erased_greetings() -> None:
    """Keep an owner's greeting after they deleted everything."""
    erasure._CLEAR_GREETINGS = select(1)


def _publish_small_figures() -> None:
    """Publish figures from one person on, and change them with each."""
    participation.SMALLEST_GROUP = 1


def _publish_every_tick() -> None:
    """Publish figures again at every tick."""
    usual = participating.replace
    participating.replace = lambda row, **changes: usual(
        row, **{name: value for name, value in changes.items() if name != "figures_at"}
    )


def _count_in_every_wave() -> None:
    """Count everybody in each wave that lists them."""
    participating._is_counted = lambda member: member.part == "invited"


def _publish_from_start() -> None:
    """Publish figures from the start of a wave on."""
    usual = participating.ParticipationModel
    participating.ParticipationModel = lambda wave, has_opened, *more: usual(wave, True, *more)


def _judge_stops_immediately() -> None:
    """Judge opt-outs immediately, not when the day is over."""
    now = SimpleNamespace(date_of=lambda now: now, moment_of=lambda now: now + timedelta(seconds=1))
    halt.programme_calendar = lambda programme: now
    participating._is_day_over = lambda programme, now: True


def _halt_at_three_stops() -> None:
    """Halt everything at three opt-outs."""
    waves._MIN_OPT_OUTS = 3


def _ignore_neither() -> None:
    """ "Neither, or rather not say" is no word of the person's."""
    usual = save.people.set_segment

    async def but_not_neither(connection: Any, team_id: str, user_id: str, segment: str | None) -> None:
        if segment is not None:
            await usual(connection, team_id, user_id, segment)

    save.people.set_segment = but_not_neither


_WORLDS = "tests/workflows/test_two_worlds.py"
_ONE = f"{_WORLDS}::test_nothing_that_one_person_does_is_read_by_owners"
_FIGURES = "tests/e2e/test_participation.py"

MUTATIONS: dict[str, Callable[[], None]] = {
    "listed_by_own_word": _segment_by_own_choice,
    "listed_in_own_language": _list_chosen_language,
    "talkers_listed": _list_everybody_who_wrote,
    "erased_from_lists": _erase_from_lists,
    "erased_left_out": _sync_without_erased,
    "erased_written_to": _notify_erased_people,
    "greetings_kept": _keep_erased_greetings,
    "anybody_told_of": _publish_small_figures,
    "figures_at_once": _publish_every_tick,
    "figures_ahead": _publish_from_start,
    "counted_everywhere": _count_in_every_wave,
    "paused_at_once": _judge_stops_immediately,
    "paused_for_three": _halt_at_three_stops,
    "neither_is_nothing": _ignore_neither,
}
NOTICED_BY: dict[str, str] = {
    "listed_by_own_word": f"{_ONE}[names their work]",
    "listed_in_own_language": f"{_ONE}[switches language]",
    "talkers_listed": f"{_WORLDS}::test_lists_do_not_tell_who_wrote_before_slack_was_read",
    "erased_from_lists": f"{_ONE}[erases]",
    "erased_left_out": "tests/e2e/test_everybody.py::"
    "test_somebody_who_deleted_everything_is_in_the_directory_and_nothing_else_is_known[http-sqlite]",
    "erased_written_to": "tests/e2e/test_erasure.py::"
    "test_nothing_is_sent_to_somebody_who_deleted_everything_before_they_write[http-sqlite]",
    "greetings_kept": "tests/db/test_erasure.py::"
    "test_erasure_leaves_the_directory_and_company_lists_unchanged[sqlite]",
    "anybody_told_of": "tests/rules/test_participation.py::test_no_number_tells_of_fewer_than_five_people",
    "figures_at_once": f"{_FIGURES}::"
    "test_figure_is_of_a_day_changes_in_fives_and_stays_when_somebody_deletes_everything[http-sqlite]",
    "figures_ahead": f"{_FIGURES}::test_figures_begin_with_the_day_it_opens_and_with_five_people[http-sqlite]",
    "counted_everywhere": f"{_FIGURES}::"
    "test_everybody_is_counted_in_the_first_wave_that_listed_them[http-sqlite]",
    "paused_at_once": "tests/e2e/test_halting.py::"
    "test_it_halts_by_itself_when_too_many_stop_and_owners_read_that_but_not_who[http-sqlite]",
    "paused_for_three": "tests/e2e/test_halting.py::test_four_stops_or_many_refusals_halt_nothing[http-sqlite]",
    "neither_is_nothing": "tests/e2e/test_home.py::"
    "test_neither_is_as_good_as_any_word_on_what_is_nearer_to_their_work[http-sqlite]",
}
"""The test that notices each missing guard."""
