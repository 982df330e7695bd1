"""Mutations of workspace and rights checks, each with the test that must notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot import handlers, ids
from bot.handlers import messages, programme, waves
from bot.handlers.interaction import Interaction
from bot.rules import roles
from bot.rules.roles import ProgrammeRight
from bot.services import Services, UserRef
from bot.slack.affiliations import AffiliationCache
from bot.views import blocks
from bot.views.privacy import policy
from bot.views.stories import screen
from bot.workflows.directory import people_list_upload, sync
from bot.workflows.people import affiliations as admitting
from bot.workflows.people import members
from bot.workflows.programme import access, admin_panel
from db.models import Person
from db.queries import roles as stored_roles

WORKSPACES = "tests/e2e/test_workspaces.py::"
SISTERS = "tests/e2e/test_sisters.py::"
RIGHTS = "tests/e2e/test_rights.py::"
BEGINNERS = "tests/e2e/test_beginners.py::"
NAMES = "tests/views/test_owners_words.py::"
SENT = "tests/e2e/test_owners_words.py::"


async def _do_nothing(*given: Any, **more: Any) -> None:
    return None


def _answer_every_installation() -> None:
    """Answer payloads of every installation of the app."""
    handlers.is_addressed_to = lambda *_: True


def _match_by_user_id_only() -> None:
    """Identify people by user id alone, whatever their workspace."""
    handlers.verify_sender = _do_nothing


def _trust_claimed_team() -> None:
    """Trust the home team that a payload claims for its sender."""

    class Anything(frozenset[str]):
        def issuperset(self, other: object) -> bool:
            return True

    admitting.user_team_ids = lambda _user: Anything()


def _admit_strangers() -> None:
    """Admit people of other companies if they name their team."""
    admitting.is_colleague = lambda *_: True


def _check_home_team_only() -> None:
    """Take everybody from another home workspace for a stranger."""

    def at_home(team: str, user: Mapping[str, Any]) -> bool:
        return bool(user.get("team_id") == team)

    admitting.is_colleague = members.is_colleague = at_home


def _trust_every_user_event() -> None:
    """Trust an event about a person without checking who it's about."""

    async def believed(_services: Any, _who: Any, user: Mapping[str, Any]) -> dict[str, Any]:
        return dict(user)

    sync._confirm_user = believed


def _never_cache_affiliations() -> None:
    """Ask Slack for each sister-workspace payload where its sender belongs."""
    AffiliationCache.find_fresh = lambda *_: None


def _disable_escaping() -> None:
    """Insert names into sentences unescaped."""
    blocks.escape_mrkdwn = str


def _leave_company_name_unescaped() -> None:
    """Insert the company's name unescaped into texts for everybody."""
    policy.escape_name = str


def _leave_labels_unescaped() -> None:
    """Insert button labels unescaped into a message's text."""
    screen.escape_name = str


async def _find_known_person(services: Services, who: UserRef) -> Person | None:
    return await members.find_person(services, who)


def _skip_right_check(module: Any, action_id: str) -> None:
    """Let anybody who clicks this button do what owners can."""
    usual = module.ROUTES["action"][action_id]

    async def open_to_all(call: Interaction) -> Any:
        before = access.programme_right
        access.programme_right = lambda *_: ProgrammeRight.RUN
        try:
            return await usual(call)
        finally:
            access.programme_right = before

    module.ROUTES["action"][action_id] = open_to_all


def _cache_roles() -> None:
    """Trust the roles that somebody had at the first lookup."""
    usual, remembered = stored_roles.list_roles_of_person, {}

    async def first(connection: Any, team_id: str, user_id: str) -> Any:
        found = await usual(connection, team_id, user_id)
        return remembered.setdefault(user_id, found) or found

    stored_roles.list_roles_of_person = first


def _let_admins_run_programme() -> None:
    """Let an admin run a programme that has no owner, instead of setting it up."""
    usual = roles.programme_right

    def generous(*given: Any) -> ProgrammeRight:
        found = usual(*given)
        return ProgrammeRight.RUN if found is ProgrammeRight.SET_UP else found

    access.programme_right = generous


def _let_admins_set_up_always() -> None:
    """Let an admin set up a programme that has owners."""
    usual = roles.programme_right
    access.programme_right = lambda person, held, _owners: usual(person, held, ())


def _trust_stale_profile() -> None:
    """Go by what Slack said of somebody when it was last asked."""
    access.fetch_member = _find_known_person


def _draw_panel_from_stale_profile() -> None:
    """Draw the admin panel for somebody who's an owner by their stored profile."""
    admin_panel.fetch_and_update_person = _find_known_person


def _accept_list_by_stale_profile() -> None:
    """Accept a list from somebody who's an owner by their stored profile."""

    async def as_stored(services: Services, person: Person) -> Person:
        return person

    people_list_upload._fetch_person = as_stored


def _admit_outsiders() -> None:
    """Admit people who are guests or strangers according to Slack."""
    members.refuse_outsider = lambda _person: None


def _let_outsiders_hold_roles() -> None:
    """Let guests and people of other companies hold roles."""
    roles.is_employee = lambda _person: True
    members.refuse_outsider = lambda _person: None


def _accept_words_before_erasure() -> None:
    """Accept words written before their author's erasure."""
    messages.refuse_message_before_erasure = members.refuse_message_before_erasure = _do_nothing


MUTATIONS: Mapping[str, Callable[[], None]] = {
    "every_installation": _answer_every_installation,
    "believes_ids": _match_by_user_id_only,
    "believes_claims": _trust_claimed_team,
    "welcomes_strangers": _admit_strangers,
    "home_alone": _check_home_team_only,
    "believes_every_event": _trust_every_user_event,
    "asks_each_time": _never_cache_affiliations,
    "escapes_nothing": _disable_escaping,
    "trusts_the_company": _leave_company_name_unescaped,
    "reads_labels_aloud": _leave_labels_unescaped,
    "dry_run_for_all": lambda: _skip_right_check(waves, ids.WAVE_DRY_RUN),
    "participation_for_all": lambda: _skip_right_check(waves, ids.PARTICIPATION_READ),
    "log_for_all": lambda: _skip_right_check(programme, ids.PROGRAMME_LOG),
    "remembers_roles": _cache_roles,
    "admins_run": _let_admins_run_programme,
    "admins_always": _let_admins_set_up_always,
    "yesterdays_word": _trust_stale_profile,
    "yesterdays_desk": _draw_panel_from_stale_profile,
    "yesterdays_list": _accept_list_by_stale_profile,
    "refuses_no_outsiders": _admit_outsiders,
    "outsiders_run": _let_outsiders_hold_roles,
    "late_words": _accept_words_before_erasure,
}
NOTICED_BY: Mapping[str, str] = {
    "every_installation": WORKSPACES
    + "test_payload_of_another_installation_does_nothing_when_its_sender_is_ours[http-sqlite-everything held]",
    "believes_ids": WORKSPACES
    + "test_somebody_of_another_company_with_a_colleagues_id_does_nothing[http-sqlite-a modal that erases]",
    "believes_claims": SISTERS + "test_home_that_slack_does_not_name_opens_nothing[http-sqlite-T0THIRD]",
    "welcomes_strangers": WORKSPACES
    + "test_stranger_of_a_shared_channel_stays_one_in_whatever_they_do[http-sqlite-everything held]",
    "home_alone": SISTERS + "test_text_is_read_and_erased_by_a_colleague_of_a_sister_workspace[http-sqlite]",
    "believes_every_event": WORKSPACES
    + "test_somebody_of_another_company_with_a_colleagues_id_does_nothing[http-sqlite-a leaver]",
    "asks_each_time": SISTERS
    + "test_slack_is_asked_about_them_no_more_than_about_everybody[http-sqlite-T0SISTER]",
    "escapes_nothing": SENT + "test_names_that_owners_give_never_come_to_life_in_what_is_sent[http-sqlite]",
    "trusts_the_company": NAMES + "test_names_never_come_to_life_on[what happens to my words-en]",
    "dry_run_for_all": RIGHTS + "test_nothing_of_the_programme_is_shown_or_done_for[http-sqlite-an employee]",
    "participation_for_all": RIGHTS
    + "test_nothing_of_the_programme_is_shown_or_done_for[http-sqlite-a recruiter]",
    "log_for_all": RIGHTS + "test_nothing_of_the_programme_is_shown_or_done_for[http-sqlite-an executive]",
    "remembers_roles": RIGHTS + "test_owner_who_loses_the_role_between_two_looks_gets_nothing[http-sqlite]",
    "admins_run": RIGHTS
    + "test_admin_of_a_programme_without_owners_names_new_ones_and_reads_nothing[http-sqlite]",
    "admins_always": RIGHTS + "test_nothing_of_the_programme_is_shown_or_done_for[http-sqlite-an admin]",
    "yesterdays_word": RIGHTS
    + "test_word_of_yesterday_gives_no_rights_when_only[http-sqlite-buttons and forms]",
    "yesterdays_desk": RIGHTS + "test_word_of_yesterday_gives_no_rights_when_only[http-sqlite-home]",
    "yesterdays_list": RIGHTS + "test_word_of_yesterday_gives_no_rights_when_only[http-sqlite-a list]",
    "refuses_no_outsiders": BEGINNERS
    + "test_stranger_by_slacks_word_begins_nothing_though_the_payload_calls_them_ours[http-sqlite-a message]",
    "outsiders_run": RIGHTS + "test_nothing_of_the_programme_is_shown_or_done_for[http-sqlite-a stranger]",
    "late_words": BEGINNERS
    + "test_events_from_before_an_erasure_do_nothing_and_later_ones_begin_anew[http-sqlite]",
    "reads_labels_aloud": NAMES + "test_names_never_come_to_life_on[the question for the segment-en]",
}
