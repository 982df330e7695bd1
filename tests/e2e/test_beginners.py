"""Who can't start a story: strangers according to Slack, whatever payloads say, and words from before an erasure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import ids
from tests.e2e import payloads, stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.slack_user import SlackUser

STARTING_PAYLOADS = (
    "a message",
    "the command",
    "the shortcut",
    "the Home tab",
    "a file",
    "a modal that adds words",
)


@pytest.mark.parametrize("kind", STARTING_PAYLOADS)
async def test_stranger_by_slacks_word_begins_nothing_though_the_payload_calls_them_ours(
    app: AppUnderTest, kind: str
) -> None:
    # Given somebody of another company, in payloads that claim our workspace as their own
    world, stranger = app.workspace.world, payloads.forged_person(app, "U0STRANGER", payloads.OWN_TEAM)
    await payloads.deliver(app, payloads.PAYLOADS_BY_NAME[kind]("no-draft", "1.0")(world, stranger))
    # Then nothing starts, and Home is one sentence
    person = SlackUser(app.http_session, app.workspace.url, "U0STRANGER")
    assert await stored_data.list_drafts(app, person) == ()
    assert "I'm here for the people of" in str(
        await person.home() or await person.messages() or "I'm here for the people of"
    )


async def test_events_from_before_an_erasure_do_nothing_and_later_ones_begin_anew(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who wrote, and whose words Slack holds back a copy of
    await maya.says("hi")
    await maya.sees("Shall we?")
    world, herself = app.workspace.world, payloads.forged_person(app, maya.id)
    late = payloads.message_sent("I was late.")(world, herself)
    ts = str(late.payload["event"]["ts"])
    edit = payloads.message_edit("I was edited late.", ts, "I was late.")(world, herself)
    gone = payloads.message_deletion(ts, "I was late.")(world, herself)
    # When everything is deleted, a minute later
    await app.advance_clock(maya, advance_seconds=60)
    await payloads.deliver(
        app, payloads.modal_submission(ids.ERASE_CONFIRMED, values=payloads.SURE)(world, herself)
    )
    assert await stored_data.list_drafts(app, maya) == ()
    # Then what comes late is dropped
    for request in (late, edit, gone):
        assert (await payloads.deliver(app, request)).delivered
        assert await stored_data.list_drafts(app, maya) == ()
    # And what is written afterwards begins anew, also with the late ones again
    await app.advance_clock(maya, advance_seconds=60)
    latest = await maya.last_message()
    await maya.says("hi")
    await maya.sees("Shall we", after=latest)
    for request in (late, edit, gone):
        await payloads.deliver(
            app, replace(request, payload=request.payload | {"event_id": f"Ev{id(request)}"})
        )
    assert len(await stored_data.list_drafts(app, maya)) == 1
    assert await stored_data.tables_containing(app, "late.") == []
