"""What Slack refuses to people one by one: owners hear of it when it has come to five, and not of one more."""

from __future__ import annotations

import pytest

from tests.e2e.inviting import invites, runs_programme, starts
from tests.e2e.stage import Stage
from tests.e2e.test_announcements import wednesday
from tests.e2e.test_deliveries import BERLIN, REFUSED
from tests.e2e.test_invitations import times_seen


@pytest.mark.wide
async def test_what_slack_refuses_to_a_fifth_person_a_day_later_is_told_on_that_day_and_no_more(
    stage: Stage,
) -> None:
    # Given four people on Tuesday to whom Slack takes no message, of which owners hear nothing
    lina, sofia, will = await runs_programme(stage), stage.person("U0SOFIA"), stage.person("U0WILL")
    await starts(stage, lina, whom=[], chosen=BERLIN[:4])
    latest = await lina.last_message()
    await invites(lina, whom=[], chosen=["U0SOFIA", "U0WILL"], opens_on=wednesday(stage))
    shown = await lina.sees("Nothing has been sent.", after=latest)
    await lina.sees("dry-run.csv", after=shown)
    await lina.clicks("Start", in_message=shown)
    await lina.sees("The first messages go out on", after=shown)
    stage.workspace.app.messages_tab = False
    await stage.time_goes_by(stage.person("U0MAYA"), to_next="tuesday 10:05")
    stage.workspace.app.messages_tab = True
    await stage.time_goes_by(lina, advance_seconds=900)
    await stage.time_goes_by(lina, to_next="wednesday 12:00")
    assert await times_seen(lina, REFUSED) == 0
    # When it takes none for a fifth on Wednesday afternoon
    stage.workspace.app.messages_tab = False
    await stage.time_goes_by(sofia, to_next="wednesday 10:05")
    stage.workspace.app.messages_tab = True
    await stage.time_goes_by(lina, advance_seconds=900)
    await stage.time_goes_by(lina, advance_seconds=60)
    # Then the owners read it, as on the page
    await lina.sees("In direct messages: the Messages tab of this app is switched off.")
    assert await times_seen(lina, REFUSED) == 1
    # And a sixth, in the evening, is told to nobody
    stage.workspace.app.messages_tab = False
    await stage.time_goes_by(will, to_next="wednesday 10:05")
    stage.workspace.app.messages_tab = True
    for day in ("thursday", "friday"):
        await stage.time_goes_by(lina, to_next=f"{day} 12:00")
    assert await times_seen(lina, REFUSED) == 1
