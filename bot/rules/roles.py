"""Who may run the programme, and who may set it up while nobody does."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from db.models import Person
from db.models.programmes import Role

RUNNING_ROLES = frozenset({Role.OWNER, Role.SPONSOR})
"""Owners, and the sponsor, who may do what they may."""


class ProgrammeRight(StrEnum):
    """What somebody may do with the programme."""

    NONE = "none"
    SET_UP = "set_up"
    """Nobody runs it: an admin of the workspace may set it up and name those who will."""
    RUN = "run"


def is_employee(person: Person) -> bool:
    """Whether the person works here: guests, strangers, bots and those who left do not."""
    return not (person.is_guest or person.is_stranger or person.is_bot or person.deleted)


def programme_right(person: Person, roles: Collection[Role], owners: Collection[str]) -> ProgrammeRight:
    """What this person may do; `owners` are the ids of the owners who still work here."""
    if not is_employee(person):
        return ProgrammeRight.NONE
    if RUNNING_ROLES & set(roles):
        return ProgrammeRight.RUN
    return ProgrammeRight.SET_UP if person.is_admin and not owners else ProgrammeRight.NONE


def is_last_owner(owners: Collection[str], user: str) -> bool:
    """Whether the programme would have no owner any more without this person."""
    return set(owners) <= {user}
