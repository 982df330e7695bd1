"""Finding a person by member ID or email address, in the database or in Slack."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable

from bot.errors import PersonNotFoundError
from bot.rules.roles import is_employee
from bot.services import Services, UserRef
from bot.slack import error_codes
from bot.slack.errors import RefusedCallError, has_code
from bot.workflows.people.members import find_person, person_from
from db.models import Person

MEMBER_ID_PATTERN = re.compile(r"[UW][A-Z0-9]+")


async def find_or_fetch_person(services: Services, user: str) -> Person:
    """Return the person as the database knows them, or else as Slack does."""
    who = UserRef(services.team, user)
    person = await find_person(services, who)
    if person is not None:
        return person
    answer = await services.messenger.call_once("users.info", user=user)
    return person_from(services, who, dict(answer["user"]))


async def look_up_person(services: Services, address: str) -> Person:
    """Return the person with this email address or member ID; raise PersonNotFoundError when nobody has it.

    The address isn't kept. Guests and strangers are found too: the caller decides whether they qualify. People who
    left are found only by ID.
    """
    try:
        if MEMBER_ID_PATTERN.fullmatch(address):
            return await find_or_fetch_person(services, address)
        answer = await services.messenger.call_with_retries("users.lookupByEmail", email=address)
    except RefusedCallError as problem:
        if has_code(problem, error_codes.UNKNOWN_ADDRESS):
            raise PersonNotFoundError from problem
        raise
    user = dict(answer["user"])
    return person_from(services, UserRef(services.team, str(user["id"])), user)


async def load_outsider_names(services: Services, users: Iterable[str]) -> dict[str, str]:
    """Return the names of those of these people who don't work here and so can't hold a role, by ID."""
    found = await asyncio.gather(*(find_or_fetch_person(services, user) for user in users))
    return {person.user_id: person.name for person in found if not is_employee(person)}
