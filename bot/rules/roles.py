"""Who may run the programme, and who may set it up while nobody does."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from db.models import Person
from db.models.programmes import Role

RUNNING = frozenset({Role.OWNER, Role.SPONSOR})
"""Owners, and the sponsor, who may do what they may."""


class Right(StrEnum):
    """What somebody may do with the programme."""

    NONE = "none"
    SET_UP = "set_up"
    """Nobody runs it: an admin of the workspace may set it up and name those who will."""
    RUN = "run"


def is_of_the_company(person: Person) -> bool:
    """Whether the person works here: guests, strangers, bots and those who left do not."""
    return not (person.is_guest or person.is_stranger or person.is_bot or person.deleted)


def right_of(person: Person, roles: Collection[Role], owners: Collection[str]) -> Right:
    """What this person may do; `owners` are the ids of the owners who still work here."""
    if not is_of_the_company(person):
        return Right.NONE
    if RUNNING & set(roles):
        return Right.RUN
    return Right.SET_UP if person.is_admin and not owners else Right.NONE


def leaves_nobody(owners: Collection[str], user: str) -> bool:
    """Whether the programme would have no owner any more without this person."""
    return set(owners) <= {user}
