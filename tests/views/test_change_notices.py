"""Notices about changes made by others: within Slack's limits, in both languages, whatever the names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import LOCALES, Texts
from bot.views.programme.change_notices import ChangeNoticeModel, change_notice_message
from db.models.notices import PersonChange
from db.models.programmes import Role
from tests.views.block_inspection import is_within_message_limits
from tests.views.samples import MAYA, NOW, button_values, text_of_view

ROLES = tuple(
    PersonChange(MAYA.team_id, MAYA.user_id, "role", *pair, "U0LINA", NOW)
    for role in Role
    for pair in (("", role.value), (role.value, ""))
)
MOVES = (
    PersonChange(MAYA.team_id, MAYA.user_id, "segment", "", "tech", "U0LINA", NOW),
    PersonChange(MAYA.team_id, MAYA.user_id, "segment", "tech", "", "U0LINA", NOW),
)
OTHER_CHANGES = (
    PersonChange(MAYA.team_id, MAYA.user_id, "team", "", "<!channel> & *Maps*" + "x" * 9000, None, NOW),
    PersonChange(MAYA.team_id, MAYA.user_id, "wave", "w1", "", "U0DANA", NOW),
)


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """Texts in each language."""
    return Texts(request.param)


def test_everything_at_once_is_within_slacks_limits_and_asks_nothing(texts: Texts) -> None:
    model = ChangeNoticeModel(
        (*ROLES, *MOVES, *OTHER_CHANGES), "<Qamar>", {"tech_en": "Makers & menders"}, ("U0LINA", "U0DANA")
    )

    message = change_notice_message(model, texts)

    assert is_within_message_limits(message)
    assert button_values({"blocks": message.blocks}) == []
    lines = [line for line in message.text.splitlines() if line.startswith("•")]
    assert len(lines) == len(set(lines)) == len(model.changes)
    assert "<!channel>" not in message.text + text_of_view(list(message.blocks))


@pytest.mark.parametrize("changes", [MOVES, (*MOVES, *OTHER_CHANGES), OTHER_CHANGES])
def test_it_is_put_right_by_the_people_who_run_the_programme(changes: tuple[PersonChange, ...]) -> None:
    message = change_notice_message(
        ChangeNoticeModel(changes, "Qamar Labs", contacts=("U0LINA",)), Texts("en")
    )

    assert "If that is not right, write to <@U0LINA>." in text_of_view(message.text)


def test_nobody_is_named_where_nobody_is_known(texts: Texts) -> None:
    alone = replace(OTHER_CHANGES[0], after="Maps")

    message = change_notice_message(ChangeNoticeModel((alone,), "Qamar Labs"), texts)

    assert "<@" not in message.text
