"""The workspace a payload is for, the teams its sender claims, and who is a colleague: shape by shape."""

from __future__ import annotations

from typing import Any

import pytest

from bot.rules.teams import is_addressed_to, is_colleague, other_claimed_teams, user_team_ids

US, SISTER, OTHER, ORG = "T0QAMAR", "T0SISTER", "T0OTHER", "E0QAMAR"
MODALS = ("submission", "closed", "shortcut")
ODD: tuple[Any, ...] = (None, "", 5, True, [], [US], {}, {"team_id": 7})
"""Odd values in place of an object or an ID."""


def event_by_us(team: Any = US, **more: Any) -> dict[str, Any]:
    """Return an event by one of our people, for our installation unless another is given."""
    event = {"type": "message", "user": "U0MAYA", "team": US}
    authorizations = [{"team_id": US, "enterprise_id": None, "is_enterprise_install": False}]
    return {"team_id": team, "event": event, "authorizations": authorizations, **more}


def authorizations_for(team: Any, **more: Any) -> dict[str, Any]:
    """Return a list with the authorization of one installation."""
    return {"authorizations": [{"team_id": team, **more}]}


FOR_US: dict[str, tuple[str, dict[str, Any]]] = {
    "an event by us": ("event", event_by_us()),
    "an event by another team": ("event", event_by_us(OTHER)),
    "an event without authorizations": ("event", event_by_us(authorizations=None)),
    "an event with empty authorizations": ("event", event_by_us(authorizations=[])),
    "an event with context alone": (
        "event",
        event_by_us(None, authorizations=[], context_team_id=US),
    ),
    "an event of an org-wide installation": (
        "event",
        event_by_us(US, **authorizations_for(None, is_enterprise_install=True)),
    ),
    "an event for two installations": (
        "event",
        event_by_us(OTHER, authorizations=[{"team_id": OTHER}, {"team_id": US}]),
    ),
    "Home": ("event", {"team_id": SISTER, "event": {"type": "app_home_opened"}, **authorizations_for(US)}),
    "somebody changed": (
        "event",
        event_by_us(event={"type": "user_change", "user": {"id": "U1", "team_id": OTHER}}),
    ),
    "a command": ("command", {"team_id": US}),
    "a command, org-wide": ("command", {"team_id": US, "is_enterprise_install": "true"}),
    "a button": ("action", {"team": {"id": US}}),
    "a button pressed elsewhere": (
        "action",
        {"team": {"id": SISTER}, "message": {"bot_id": "B1", "team": US}},
    ),
    "a button pressed elsewhere, by profile": (
        "action",
        {"team": {"id": SISTER}, "message": {"bot_id": "B1", "team": ORG, "bot_profile": {"team_id": US}}},
    ),
    "a button, org-wide": ("action", {"team": None, "is_enterprise_install": True, "user": {"team_id": US}}),
    "a button, org-wide, on Home": (
        "action",
        {"team": None, "is_enterprise_install": "true", "user": {"team_id": ORG}, "view": {"team_id": US}},
    ),
    **{
        f"a {kind} in another team's window": (
            kind,
            {"team": {"id": OTHER}, "view": {"app_installed_team_id": US, "team_id": OTHER}},
        )
        for kind in MODALS
    },
    **{f"a {kind}": (kind, {"team": {"id": US}}) for kind in MODALS},
}
FOR_OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "an event by us in their installation": ("event", event_by_us(US, **authorizations_for(OTHER))),
    "an event of the others": ("event", event_by_us(OTHER, authorizations=None)),
    "an event whose context is the others'": (
        "event",
        event_by_us(US, authorizations=None, context_team_id=OTHER),
    ),
    "an event with an authorization for nobody": ("event", event_by_us(US, **authorizations_for(None))),
    "a command of the others": ("command", {"team_id": OTHER}),
    "a command, of an organisation": ("command", {"team_id": ORG}),
    "a button of the others": ("action", {"team": {"id": OTHER}, "user": {"team_id": US}}),
    "a button of the others pressed here": (
        "action",
        {"team": {"id": US}, "message": {"bot_id": "B1", "team": OTHER}},
    ),
    "a button without a team": ("action", {"team": None, "user": {"team_id": US}}),
    "a button, org-wide, elsewhere": (
        "action",
        {"team": None, "is_enterprise_install": True, "user": {"team_id": OTHER}},
    ),
    **{
        f"a {kind} of the others in our window": (
            kind,
            {"team": {"id": US}, "view": {"app_installed_team_id": OTHER, "team_id": US}},
        )
        for kind in ("action", *MODALS)
    },
    "a shortcut on our message there": (
        "shortcut",
        {"team": {"id": OTHER}, "message": {"bot_id": "B1", "team": US}},
    ),
    **{f"an empty {kind}": (kind, {}) for kind in ("event", "command", "action", *MODALS)},
}


@pytest.mark.parametrize("case", FOR_US)
def test_payload_is_ours_when_it_names_our_installation(case: str) -> None:
    assert is_addressed_to(US, *FOR_US[case])


@pytest.mark.parametrize("case", FOR_OTHERS)
def test_payload_is_not_ours_when_it_names_another_installation_or_none(case: str) -> None:
    assert not is_addressed_to(US, *FOR_OTHERS[case])


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("kind", ["event", "command", "action", *MODALS])
def test_payload_is_nobodys_and_no_error_when_its_fields_are_odd(kind: str, odd: Any) -> None:
    names = ("team", "team_id", "context_team_id", "user", "view", "message", "event")
    assert not is_addressed_to(US, kind, dict.fromkeys(names, odd))
    assert not is_addressed_to(US, kind, {"team": {"id": odd}, "view": {"app_installed_team_id": odd}})
    assert not is_addressed_to(US, "event", {"authorizations": [odd], "team_id": odd})
    other_claimed_teams(US, kind, dict.fromkeys(names, odd))


@pytest.mark.parametrize("odd", [US, 5, {"team_id": US}, [US], [None]], ids=repr)
def test_event_is_nobodys_when_its_authorizations_cannot_be_read(odd: Any) -> None:
    assert not is_addressed_to(US, "event", event_by_us(US, authorizations=odd))


CLAIMS: dict[str, tuple[str, dict[str, Any], set[str]]] = {
    "ours": ("event", event_by_us(), set()),
    "the outer team": ("event", event_by_us(SISTER), {SISTER}),
    "the message's team": ("event", event_by_us(event={"user": "U1", "team": OTHER}), {OTHER}),
    "the user's team": (
        "event",
        event_by_us(event={"user": "U1", "team": US, "user_team": SISTER}),
        {SISTER},
    ),
    "the team it came from": ("event", event_by_us(event={"user": "U1", "source_team": SISTER}), {SISTER}),
    "an organisation": ("event", event_by_us(event={"user": "U1", "user_team": ORG}), {ORG}),
    "an edit": ("event", event_by_us(event={"message": {"user": "U1", "team": OTHER}}), {OTHER}),
    "a deletion": ("event", event_by_us(event={"previous_message": {"user": "U1", "team": OTHER}}), {OTHER}),
    "somebody Slack tells of": (
        "event",
        event_by_us(OTHER, event={"user": {"id": "U1", "team_id": OTHER}}),
        set(),
    ),
    "a command": ("command", {"team_id": OTHER}, {OTHER}),
    "a button of ours": ("action", {"team": {"id": US}, "user": {"team_id": US}}, set()),
    "a button by another team": ("action", {"team": {"id": US}, "user": {"team_id": SISTER}}, {SISTER}),
    "a button in another team": ("action", {"team": {"id": SISTER}, "user": {"team_id": US}}, {SISTER}),
    "a modal by both": ("submission", {"team": {"id": OTHER}, "user": {"team_id": ORG}}, {OTHER, ORG}),
    "no team of the user": ("closed", {"team": {"id": US}, "user": {"id": "U1"}}, set()),
    "a team that cannot be read": ("shortcut", {"team": {"id": US}, "user": {"team_id": 7}}, {"?"}),
}


@pytest.mark.parametrize("case", CLAIMS)
def test_claims_are_every_other_team_that_a_payload_names_for_its_sender(case: str) -> None:
    kind, body, claimed = CLAIMS[case]

    assert other_claimed_teams(US, kind, body) == claimed


COLLEAGUES: dict[str, dict[str, Any]] = {
    "ours": {"team_id": US},
    "ours, with a home in the organisation": {"team_id": US, "enterprise_user": {"teams": [US, SISTER]}},
    "of a sister workspace": {
        "team_id": SISTER,
        "enterprise_user": {"enterprise_id": ORG, "teams": [SISTER, US]},
    },
    "of the organisation itself": {"enterprise_user": {"enterprise_id": ORG, "teams": [US]}},
    "no stranger": {"team_id": US, "is_stranger": False},
}
NOT_COLLEAGUES: dict[str, dict[str, Any]] = {
    "nothing known": {},
    "another company": {"team_id": OTHER},
    "a stranger": {"team_id": US, "is_stranger": True},
    "a stranger in an organisation": {"is_stranger": True, "enterprise_user": {"teams": [US]}},
    "another organisation": {
        "team_id": OTHER,
        "enterprise_user": {"enterprise_id": "E1", "teams": [OTHER, "T0THIRD"]},
    },
    "a sister workspace only": {
        "team_id": SISTER,
        "enterprise_user": {"enterprise_id": ORG, "teams": [SISTER]},
    },
    "teams missing": {"team_id": SISTER, "enterprise_user": {"enterprise_id": ORG}},
    "teams null": {"team_id": SISTER, "enterprise_user": {"teams": None}},
    "teams a string": {"team_id": SISTER, "enterprise_user": {"teams": f"{US},{SISTER}"}},
    "teams of another form": {"team_id": SISTER, "enterprise_user": {"teams": [{"id": US}]}},
    "no object": {"team_id": SISTER, "enterprise_user": US},
    "no id": {"team_id": [US]},
}


@pytest.mark.parametrize("case", COLLEAGUES)
def test_somebody_is_a_colleague_when_slack_lists_them_here(case: str) -> None:
    assert is_colleague(US, COLLEAGUES[case])


@pytest.mark.parametrize("case", NOT_COLLEAGUES)
def test_somebody_is_a_stranger_when_slack_does_not_list_them_here(case: str) -> None:
    assert not is_colleague(US, NOT_COLLEAGUES[case])


def test_ids_are_every_team_and_the_organisation_of_a_person() -> None:
    user = {"team_id": SISTER, "enterprise_user": {"enterprise_id": ORG, "teams": [US, SISTER]}}

    assert user_team_ids(user) == {US, SISTER, ORG}
