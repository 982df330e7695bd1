"""Letting people in who act through another workspace: colleagues of a sister workspace, nobody else."""

from __future__ import annotations

from collections.abc import Collection

import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import NotTheirs, Stranger
from bot.rules.teams import ids_of, is_colleague
from bot.services import Services, Who
from bot.slack.affiliations import Affiliation
from bot.workflows.people.members import NOBODY, keep_word, known

log = structlog.get_logger(__name__)


async def verify_sender(services: Services, who: Who, claimed: Collection[str]) -> None:
    """Let a colleague pass whose payload names these other teams as theirs.

    Raise NotTheirs when Slack names other teams for this id: the payload is of somebody else with the same id, and
    the person who has it here must notice nothing. Raise Stranger for people of another company.
    """
    if not claimed:
        return
    found = services.affiliations.fresh(who.user, services.clock.now()) or await _ask(services, who, claimed)
    if not found.ids.issuperset(claimed):
        log.warning("sender.not_theirs", user=who.user, teams=sorted(claimed))
        raise NotTheirs
    person = await known(services, who)
    if not found.is_colleague or (person is not None and person.is_stranger):
        raise Stranger


async def _ask(services: Services, who: Who, claimed: Collection[str]) -> Affiliation:
    """Ask Slack where this person belongs, and refresh what is known of them if the payload is theirs."""
    try:
        answer = await services.messenger.once("users.info", user=who.user, include_locale=True)
    except SlackApiError as problem:
        if problem.response.get("error") not in NOBODY:
            raise
        found = Affiliation(services.clock.now())
    else:
        user = dict(answer["user"])
        found = Affiliation(services.clock.now(), ids_of(user), is_colleague(who.team, user))
        if found.ids.issuperset(claimed):
            await keep_word(services, who, user)
    services.affiliations.keep(who.user, found)
    return found
