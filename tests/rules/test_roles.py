"""Who may run the programme: owners and the sponsor; an admin while nobody does; guests and strangers never."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.rules.roles import Right, leaves_nobody, right_of
from db.models import Person
from db.models.programmes import Role

LINA = Person("T1", "U1", "lina", "Lina Haddad", datetime(2027, 3, 1, tzinfo=UTC))
ADMIN = replace(LINA, is_admin=True)


@pytest.mark.parametrize(
    ("person", "roles", "owners", "right"),
    [
        (LINA, {Role.OWNER}, ["U1"], Right.RUN),
        (LINA, {Role.SPONSOR}, ["U2"], Right.RUN),
        (LINA, {Role.SPONSOR}, [], Right.RUN),
        (LINA, {Role.EXECUTIVE, Role.RECRUITER, Role.PEOPLE_PARTNER}, ["U2"], Right.NONE),
        (LINA, set(), [], Right.NONE),
        (ADMIN, set(), [], Right.SET_UP),
        (ADMIN, set(), ["U2"], Right.NONE),
        (ADMIN, {Role.OWNER}, ["U1"], Right.RUN),
    ],
)
def test_right_follows_the_role_and_an_admin_only_sets_up(
    person: Person, roles: set[Role], owners: list[str], right: Right
) -> None:
    assert right_of(person, roles, owners) is right


@pytest.mark.parametrize("fact", ["is_guest", "is_stranger", "is_bot", "deleted"])
def test_nobody_outside_the_company_administers_whatever_their_role(fact: str) -> None:
    outsider = replace(ADMIN, **{fact: True})

    assert right_of(outsider, {Role.OWNER, Role.SPONSOR}, ["U1"]) is Right.NONE
    assert right_of(outsider, set(), []) is Right.NONE


def test_last_owner_is_the_one_without_whom_nobody_is_left() -> None:
    assert leaves_nobody(["U1"], "U1")
    assert not leaves_nobody(["U1", "U2"], "U1")
