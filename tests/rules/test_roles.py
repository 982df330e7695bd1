"""Who may run the programme: owners and the sponsor; an admin while nobody does; guests and strangers never."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.rules.roles import ProgrammeRight, programme_right, would_leave_no_owner
from db.models import Person
from db.models.programmes import Role

LINA = Person("T1", "U1", "lina", "Lina Haddad", datetime(2027, 3, 1, tzinfo=UTC))
ADMIN = replace(LINA, is_admin=True)


@pytest.mark.parametrize(
    ("person", "roles", "owners", "right"),
    [
        (LINA, {Role.OWNER}, ["U1"], ProgrammeRight.RUN),
        (LINA, {Role.SPONSOR}, ["U2"], ProgrammeRight.RUN),
        (LINA, {Role.SPONSOR}, [], ProgrammeRight.RUN),
        (LINA, {Role.EXECUTIVE, Role.RECRUITER, Role.PEOPLE_PARTNER}, ["U2"], ProgrammeRight.NONE),
        (LINA, set(), [], ProgrammeRight.NONE),
        (ADMIN, set(), [], ProgrammeRight.SET_UP),
        (ADMIN, set(), ["U2"], ProgrammeRight.NONE),
        (ADMIN, {Role.OWNER}, ["U1"], ProgrammeRight.RUN),
    ],
)
def test_right_follows_the_role_and_an_admin_only_sets_up(
    person: Person, roles: set[Role], owners: list[str], right: ProgrammeRight
) -> None:
    assert programme_right(person, roles, owners) is right


@pytest.mark.parametrize("fact", ["is_guest", "is_stranger", "is_bot", "deleted"])
def test_nobody_outside_the_company_administers_whatever_their_role(fact: str) -> None:
    facts: dict[str, Any] = {fact: True}
    outsider = replace(ADMIN, **facts)

    assert programme_right(outsider, {Role.OWNER, Role.SPONSOR}, ["U1"]) is ProgrammeRight.NONE
    assert programme_right(outsider, set(), []) is ProgrammeRight.NONE


def test_last_owner_is_the_one_who_leaves_nobody_behind() -> None:
    assert would_leave_no_owner(["U1"], "U1")
    assert not would_leave_no_owner(["U1", "U2"], "U1")
