"""Guards of the workspace and of rights that can be taken away, each with the test that has to notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot import handlers, ids
from bot.handlers import messages, programme, waves
from bot.handlers.interaction import Call
from bot.rules import roles
from bot.rules.roles import Right
from bot.services import Services, Who
from bot.slack.affiliations import Affiliations
from bot.views import blocks
from bot.views.privacy import policy
from bot.views.stories import screen
from bot.workflows.directory import people_list_upload, sync
from bot.workflows.people import affiliations as admitting
from bot.workflows.people import members
from bot.workflows.programme import admin_panel, settings
from db.models import Person
from db.queries import roles as stored_roles

WORKSPACES = "tests/e2e/test_workspaces.py::"
SISTERS = "tests/e2e/test_sisters.py::"
RIGHTS = "tests/e2e/test_rights.py::"
BEGINNERS = "tests/e2e/test_beginners.py::"
NAMES = "tests/views/test_owners_words.py::"
SENT = "tests/e2e/test_owners_words.py::"


async def _nothing(*given: Any, **more: Any) -> None:
    return None


def _answer_every_installation() -> None:
    """Answer payloads of every installation of the app."""
    handlers.is_addressed_to = lambda *_: True


def _believe_ids() -> None:
    """Take somebody for the person with their id, whatever workspace they are of."""
    handlers.verify_sender = _nothing


def _believe_claims() -> None:
    """Believe a payload which home it names for its sender."""

    class Anything(frozenset[str]):
        def issuperset(self, other: object) -> bool:
            return True

    admitting.ids_of = lambda _user: Anything()


def _welcome_strangers() -> None:
    """Let in people of other companies, as long as they say of which."""
    admitting.is_colleague = lambda *_: True


def _look_at_the_home_alone() -> None:
    """Take everybody for a stranger whose home is another workspace."""

    def at_home(team: str, user: Mapping[str, Any]) -> bool:
        return bool(user.get("team_id") == team)

    admitting.is_colleague = members.is_colleague = at_home


def _believe_every_event() -> None:
    """Believe an event about a person without asking who it is about."""

    async def believed(_services: Any, _who: Any, user: Mapping[str, Any]) -> dict[str, Any]:
        return dict(user)

    sync._confirmed = believed


def _ask_each_time() -> None:
    """Ask Slack at each payload of a sister workspace where its sender belongs."""
    Affiliations.fresh = lambda *_: None


def _escape_nothing() -> None:
    """Put names into sentences as they are."""
    blocks.to_slack = str


def _trust_the_company() -> None:
    """Put the company's name into what everybody may read as it is."""
    policy.named = str


def _read_labels_aloud() -> None:
    """Put the labels of buttons into the text of a message as they are."""
    screen.named = str


async def _as_known(services: Services, who: Who) -> Person | None:
    return await members.known(services, who)


def _without_a_right(module: Any, action_id: str) -> None:
    """Let anybody who presses this button do what owners do with it."""
    usual = module.ROUTES["action"][action_id]

    async def open_to_all(call: Call) -> Any:
        before = settings.right_of
        settings.right_of = lambda *_: Right.RUN
        try:
            return await usual(call)
        finally:
            settings.right_of = before

    module.ROUTES["action"][action_id] = open_to_all


def _remember_roles() -> None:
    """Go by the roles that somebody had when they were first looked up."""
    usual, remembered = stored_roles.list_roles, {}

    async def first(connection: Any, team_id: str, user_id: str) -> Any:
        found = await usual(connection, team_id, user_id)
        return remembered.setdefault(user_id, found) or found

    stored_roles.list_roles = first


def _let_admins_run() -> None:
    """Let an admin run a programme that has no owner, instead of setting it up."""
    usual = roles.right_of

    def generous(*given: Any) -> Right:
        found = usual(*given)
        return Right.RUN if found is Right.SET_UP else found

    settings.right_of = generous


def _let_admins_in_always() -> None:
    """Let an admin set up a programme that has owners."""
    usual = roles.right_of
    settings.right_of = lambda person, held, _owners: usual(person, held, ())


def _go_by_yesterday() -> None:
    """Go by what Slack said of somebody when it was last asked."""
    settings.met_now = _as_known


def _draw_the_desk_of_yesterday() -> None:
    """Draw the desk for somebody who was an owner when Slack was last asked."""
    admin_panel.described_now = _as_known


def _take_the_list_of_yesterday() -> None:
    """Take a list from somebody who was an owner when Slack was last asked."""

    async def as_stored(services: Services, person: Person) -> Person:
        return person

    people_list_upload._as_slack_says = as_stored


def _refuse_no_outsiders() -> None:
    """Let guests and strangers in, by Slack's word."""
    members.refuse_outsiders = lambda _person: None


def _let_outsiders_run() -> None:
    """Let guests and people of other companies hold rights."""
    roles.is_of_the_company = lambda _person: True
    members.refuse_outsiders = lambda _person: None


def _take_late_words() -> None:
    """Take words from before their author was erased."""
    messages.refuse_erased = members.refuse_erased = _nothing


MUTATIONS: Mapping[str, Callable[[], None]] = {
    "every_installation": _answer_every_installation,
    "believes_ids": _believe_ids,
    "believes_claims": _believe_claims,
    "welcomes_strangers": _welcome_strangers,
    "home_alone": _look_at_the_home_alone,
    "believes_every_event": _believe_every_event,
    "asks_each_time": _ask_each_time,
    "escapes_nothing": _escape_nothing,
    "trusts_the_company": _trust_the_company,
    "reads_labels_aloud": _read_labels_aloud,
    "dry_run_for_all": lambda: _without_a_right(waves, ids.WAVE_DRY),
    "participation_for_all": lambda: _without_a_right(waves, ids.PARTICIPATION_READ),
    "log_for_all": lambda: _without_a_right(programme, ids.PROGRAMME_LOG),
    "remembers_roles": _remember_roles,
    "admins_run": _let_admins_run,
    "admins_always": _let_admins_in_always,
    "yesterdays_word": _go_by_yesterday,
    "yesterdays_desk": _draw_the_desk_of_yesterday,
    "yesterdays_list": _take_the_list_of_yesterday,
    "refuses_no_outsiders": _refuse_no_outsiders,
    "outsiders_run": _let_outsiders_run,
    "late_words": _take_late_words,
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
