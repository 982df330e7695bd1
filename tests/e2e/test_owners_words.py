"""Owners' names for segments and the company, over the wire: no message, modal or Home tab renders their markup."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.i18n import LOCALES
from practice.people import Person as Somebody
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.wave_steps import set_up_programme, show_dry_run
from tests.views.live_markup import find_live_markup

HOSTILE_NAME = "<!channel> <https://evil.example|click> *bold* `code`"
SEGMENTS = {
    f"{name}_{locale}": f"{name} {HOSTILE_NAME}"[:60] for name in ("tech", "gtm") for locale in LOCALES
}
EMMA = Somebody("U0EMMA", "emma", f"Emma {HOSTILE_NAME} \u202eto left", "T0QAMAR", tz="Europe/Berlin")
"""A colleague whose Slack name contains markup."""


def sent_payloads(app: AppUnderTest) -> list[tuple[str, Any]]:
    """Return everything that the bot has shown to anybody, with the API method."""
    calls = [entry for entry in app.workspace.world.journal.entries_after(0) if entry.get("accepted")]
    return [(call["method"], _parse_arguments(call["args"])) for call in calls]


def _parse_arguments(args: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with blocks and view as objects."""
    return {
        name: json.loads(value) if name in ("blocks", "view") and isinstance(value, str) else value
        for name, value in args.items()
    }


@pytest.fixture
def emma(app: AppUnderTest) -> SlackUser:
    """A new colleague."""
    app.workspace.world.people.add(EMMA)
    return app.person(EMMA.id)


async def test_names_that_owners_give_never_come_to_life_in_what_is_sent(
    app: AppUnderTest, emma: SlackUser
) -> None:
    # Given a programme whose company and segments are called so
    lina = await set_up_programme(app, company=HOSTILE_NAME, aliases=HOSTILE_NAME, **SEGMENTS)
    await app.restart()
    # When somebody begins a story, and reads what happens to their words
    await emma.says("hi")
    await emma.sees("Shall we?")
    await emma.clicks(phrase("choice-words"))
    await emma.sees("Nobody at", where="modal")
    await emma.closes()
    await emma.clicks(phrase("invitation-begin"))
    await emma.sees(phrase("ask-rules"))
    await emma.clicks(phrase("choice-count"))
    await emma.sees(phrase("ask-segment"))
    await emma.opens_home()
    await emma.sees(phrase("home-held-delete"), where="home")
    # And a stranger and a guest write, and open Home
    for user in ("U0STRANGER", "U0THEO"):
        await app.person(user).says("hi")
        await app.person(user).sees("evil.example")
        await app.person(user).opens_home()
        await app.person(user).sees("evil.example", where="home")
    # And an owner prepares an invitation, sees its dry run, and reads what was changed
    shown = await show_dry_run(
        lina, name=HOSTILE_NAME, greeting=f"{HOSTILE_NAME}\nYours", chosen_out=[EMMA.id]
    )
    await lina.clicks(phrase("dry-sample"), in_message=shown)
    await lina.sees(phrase("invitation-what"))
    await lina.clicks(phrase("dry-start"), in_message=shown)
    await lina.sees("The first messages go out on")
    for label in (
        phrase("desk-log"),
        phrase("desk-part"),
        phrase("desk-delivery"),
        phrase("desk-wave-off"),
        phrase("desk-change"),
    ):
        await lina.opens_home()
        await lina.sees(label, where="home")
        await lina.clicks(label, where="home", nth=0)
        assert await lina.modal() is not None, label
        await lina.closes()
    await app.wait_until_idle()
    # Then it was shown everywhere, and came to life nowhere
    everything = sent_payloads(app)
    assert sum("evil.example" in json.dumps(args) for _, args in everything) > 15
    assert [(method, found) for method, args in everything if (found := find_live_markup(args))] == []
