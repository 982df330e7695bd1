"""What somebody else changed, as it is told: within Slack's limits, in both languages, whatever the names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import LOCALES, Texts
from bot.views.programme.change_notices import Changed, changed
from db.models.notices import Change
from db.models.programmes import Role
from tests.views.screens import within_limits
from tests.views.shelves import MAYA, NOW, pressed_in, words_of

ROLES = tuple(
    Change(MAYA.team_id, MAYA.user_id, "role", *pair, "U0LINA", NOW)
    for role in Role
    for pair in (("", role.value), (role.value, ""))
)
MOVES = (
    Change(MAYA.team_id, MAYA.user_id, "segment", "", "tech", "U0LINA", NOW),
    Change(MAYA.team_id, MAYA.user_id, "segment", "tech", "", "U0LINA", NOW),
)
REST = (
    Change(MAYA.team_id, MAYA.user_id, "team", "", "<!channel> & *Maps*" + "x" * 9000, None, NOW),
    Change(MAYA.team_id, MAYA.user_id, "wave", "w1", "", "U0DANA", NOW),
)


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """The words of each language."""
    return Texts(request.param)


def test_everything_at_once_is_within_slacks_limits_and_asks_nothing(texts: Texts) -> None:
    told = Changed((*ROLES, *MOVES, *REST), "<Qamar>", {"tech_en": "Makers & menders"}, ("U0LINA", "U0DANA"))

    message = changed(told, texts)

    assert within_limits(message)
    assert pressed_in({"blocks": message.blocks}) == []
    lines = [line for line in message.text.splitlines() if line.startswith("•")]
    assert len(lines) == len(set(lines)) == len(told.changes)
    assert "<!channel>" not in message.text + words_of(list(message.blocks))


@pytest.mark.parametrize("changes", [MOVES, (*MOVES, *REST), REST])
def test_it_is_put_right_by_the_people_who_run_the_programme(changes: tuple[Change, ...]) -> None:
    message = changed(Changed(changes, "Qamar Labs", contacts=("U0LINA",)), Texts("en"))

    assert "If that is not right, write to <@U0LINA>." in words_of(message.text)


def test_nobody_is_named_where_nobody_is_known(texts: Texts) -> None:
    alone = replace(REST[0], after="Maps")

    message = changed(Changed((alone,), "Qamar Labs"), texts)

    assert "<@" not in message.text
