"""Admission of people who act through another workspace: colleagues in a sister workspace, nobody else."""

from __future__ import annotations

from collections.abc import Collection

import structlog

from bot.errors import ExternalPersonError, SenderMismatchError
from bot.rules.teams import is_colleague, user_team_ids
from bot.services import Services, UserRef
from bot.slack import error_codes
from bot.slack.affiliations import Affiliation
from bot.slack.errors import RefusedCallError, has_code
from bot.workflows.people.members import find_person, update_if_known

log = structlog.get_logger(__name__)


async def verify_sender(services: Services, who: UserRef, claimed_teams: Collection[str]) -> None:
    """Admit a colleague whose payload names these other teams as theirs.

    Raise SenderMismatchError when Slack names other teams for this ID: the payload is from somebody else with the
    same ID, and the person who has it here must notice nothing. Raise ExternalPersonError for people of another
    company.
    """
    if not claimed_teams:
        return
    found = services.affiliations.find_fresh(who.user, services.clock.now()) or await _ask(
        services, who, claimed_teams
    )
    if not found.ids.issuperset(claimed_teams):
        log.warning("sender.not_theirs", user=who.user, teams=sorted(claimed_teams))
        raise SenderMismatchError
    person = await find_person(services, who)
    if not found.is_colleague or (person is not None and person.is_stranger):
        raise ExternalPersonError


async def _ask(services: Services, who: UserRef, claimed_teams: Collection[str]) -> Affiliation:
    """Ask Slack which teams this person belongs to, and refresh what is stored if the payload is theirs."""
    try:
        answer = await services.messenger.call_once("users.info", user=who.user, include_locale=True)
    except RefusedCallError as problem:
        if not has_code(problem, error_codes.UNKNOWN_USER):
            raise
        found = Affiliation(services.clock.now())
    else:
        user = dict(answer["user"])
        found = Affiliation(services.clock.now(), user_team_ids(user), is_colleague(who.team, user))
        if found.ids.issuperset(claimed_teams):
            await update_if_known(services, who, user)
    services.affiliations.remember(who.user, found)
    return found
