"""Slack's refusals of single DMs: owners hear of them at five, and of no further one."""

from __future__ import annotations

import pytest

from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import count_bot_messages
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import BERLIN_USERS, REFUSED_TEXT
from tests.e2e.wave_steps import day_after_tomorrow, set_up_programme, start_wave, submit_wave_form


@pytest.mark.wide
async def test_fifth_refusal_a_day_later_is_reported_on_that_day_and_once(
    app: AppUnderTest,
) -> None:
    # Given four people on Tuesday whose messages Slack refuses, of which owners hear nothing
    lina, sofia, will = await set_up_programme(app), app.person("U0SOFIA"), app.person("U0WILL")
    await start_wave(app, lina, whom=[], chosen=BERLIN_USERS[:4])
    latest = await lina.last_message()
    await submit_wave_form(lina, whom=[], chosen=["U0SOFIA", "U0WILL"], opens_on=day_after_tomorrow(app))
    shown = await lina.sees("Nothing has been sent.", after=latest)
    await lina.sees(phrase("dry-file-name"), after=shown)
    await lina.clicks(phrase("dry-start"), in_message=shown)
    await lina.sees("The first messages go out on", after=shown)
    app.workspace.app.messages_tab = False
    await app.advance_clock(app.person("U0MAYA"), to_next="tuesday 10:05")
    app.workspace.app.messages_tab = True
    await app.advance_clock(lina, advance_seconds=900)
    await app.advance_clock(lina, to_next="wednesday 12:00")
    assert await count_bot_messages(lina, REFUSED_TEXT) == 0
    # When it takes none for a fifth on Wednesday afternoon
    app.workspace.app.messages_tab = False
    await app.advance_clock(sofia, to_next="wednesday 10:05")
    app.workspace.app.messages_tab = True
    await app.advance_clock(lina, advance_seconds=900)
    await app.advance_clock(lina, advance_seconds=60)
    # Then the owners read it, as on the page
    await lina.sees("In direct messages: the Messages tab of this app is switched off.")
    assert await count_bot_messages(lina, REFUSED_TEXT) == 1
    # And a sixth, in the evening, is reported to nobody
    app.workspace.app.messages_tab = False
    await app.advance_clock(will, to_next="wednesday 10:05")
    app.workspace.app.messages_tab = True
    for day in ("thursday", "friday"):
        await app.advance_clock(lina, to_next=f"{day} 12:00")
    assert await count_bot_messages(lina, REFUSED_TEXT) == 1
