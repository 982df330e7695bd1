"""Guards of the workspace and of rights that can be taken away, each with the test that has to notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot import handlers
from bot.affiliations import Affiliations
from bot.views import blocks, privacy, questions
from bot.workflows import admitting, everybody, people

WORKSPACES = "tests/e2e/test_workspaces.py::"
SISTERS = "tests/e2e/test_sisters.py::"
NAMES = "tests/views/test_owners_words.py::"
SENT = "tests/e2e/test_owners_words.py::"


async def _nothing(*given: Any, **more: Any) -> None:
    return None


def _answer_every_installation() -> None:
    """Answer payloads of every installation of the app."""
    handlers.is_addressed_to = lambda *_: True


def _believe_ids() -> None:
    """Take somebody for the person with their id, whatever workspace they are of."""
    handlers.admit = _nothing


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

    admitting.is_colleague = people.is_colleague = at_home


def _believe_every_event() -> None:
    """Believe an event about a person without asking who it is about."""

    async def believed(_services: Any, _who: Any, user: Mapping[str, Any]) -> dict[str, Any]:
        return dict(user)

    everybody._confirmed = believed


def _ask_each_time() -> None:
    """Ask Slack at each payload of a sister workspace where its sender belongs."""
    Affiliations.fresh = lambda *_: None


def _escape_nothing() -> None:
    """Put names into sentences as they are."""
    blocks.to_slack = str


def _trust_the_company() -> None:
    """Put the company's name into what everybody may read as it is."""
    privacy.named = str


def _read_labels_aloud() -> None:
    """Put the labels of buttons into the text of a message as they are."""
    questions.named = str


MUTATIONS_OF_RIGHTS: Mapping[str, Callable[[], None]] = {
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
}
NOTICED_OF_RIGHTS: Mapping[str, str] = {
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
    "reads_labels_aloud": NAMES + "test_names_never_come_to_life_on[the question for the segment-en]",
}
