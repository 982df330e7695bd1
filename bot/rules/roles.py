"""Rights: who may run the programme, and who may set it up while nobody runs it."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from db.models import Person
from db.models.programmes import Role

RUNNING_ROLES = frozenset({Role.OWNER, Role.SPONSOR})
"""Owners, and the sponsor, who has the same rights."""


class ProgrammeRight(StrEnum):
    """A person's right to the programme."""

    NONE = "none"
    SET_UP = "set_up"
    """Nobody runs it: an admin of the workspace may set it up and name its owners."""
    RUN = "run"


def is_employee(person: Person) -> bool:
    """Return whether the person works here: guests, strangers, bots and those who left don't."""
    return not (person.is_guest or person.is_stranger or person.is_bot or person.deleted)


def programme_right(person: Person, roles: Collection[Role], owners: Collection[str]) -> ProgrammeRight:
    """Return the person's right; `owners` are the IDs of the owners who still work here."""
    if not is_employee(person):
        return ProgrammeRight.NONE
    if RUNNING_ROLES & set(roles):
        return ProgrammeRight.RUN
    return ProgrammeRight.SET_UP if person.is_admin and not owners else ProgrammeRight.NONE


def would_leave_no_owner(owners: Collection[str], user: str) -> bool:
    """Return whether the programme would have no owner left without this person."""
    return set(owners) <= {user}
