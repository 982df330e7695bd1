"""Edits and deletions of earlier messages: whose words they change, and what they ask of the database."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import RepeatedEventSignal
from bot.handlers.interaction import parse_interaction
from bot.handlers.messages import receive_message_event
from bot.services import Services, UserRef
from bot.workflows.inbox.messages import IncomingMessage, handle_message
from db.models.drafts import Draft, DraftStatus, DraftStep, PersonMessage, Question, WrittenAnswer
from db.queries import drafts
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory
from tests.workflows.transaction_counter import count_transactions

MAYA_REF = UserRef(TEAM, "U0MAYA")
WRITTEN_AT = NOW.timestamp() + 1
"""After Maya was fetched from Slack: her tombstone needn't be looked up."""
TS = f"{WRITTEN_AT:.6f}"
FIRST_WORDS = PersonMessage("I count sensors.", "I count sensors.", "D0MAYA", TS)


def edit_event(text: str, *, message_id: str = "m-1", seconds_later: float = 60) -> dict[str, Any]:
    """Slack's event for Maya's message edited to this text."""
    message = {"type": "message", "user": "U0MAYA", "ts": TS, "client_msg_id": message_id}
    return {
        "event_id": f"Ev-{text}",
        "event": {
            "type": "message",
            "subtype": "message_changed",
            "channel": "D0MAYA",
            "ts": f"{WRITTEN_AT + seconds_later:.6f}",
            "message": {**message, "text": text},
            "previous_message": {**message, "text": FIRST_WORDS.raw},
        },
    }


async def store_draft(services: Services, draft: Draft) -> None:
    """Add Maya's draft to the database."""
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, MAYA_REF.user, draft, at=NOW)


async def warm_up_texts(services: Services) -> list[str]:
    """Return the warm-up of each of Maya's drafts, oldest first."""
    async with services.database.read_transaction() as connection:
        stored = await drafts.list_all_drafts_of_person(connection, TEAM, MAYA_REF.user)
    return [one.draft.written_text(Question(DraftStep.WARM_UP)) for one in stored]


async def receive(services: Services, body: dict[str, Any]) -> None:
    """Hand an event over and wait until the reply has been sent."""
    await receive_message_event(parse_interaction("event", body, services))
    await services.outgoing.wait_until_idle()


async def test_an_edit_within_ten_minutes_takes_one_write_transaction(make_services: ServicesFactory) -> None:
    # Given an answer that was received a minute ago
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(services, Draft(id="d1", at=Question(DraftStep.WARM_UP), language="en"))
    await handle_message(services, MAYA, IncomingMessage(FIRST_WORDS, has_files=False, event="m-1"))
    await services.outgoing.wait_until_idle()
    # When its author edits it
    with count_transactions() as counts:
        await receive_message_event(parse_interaction("event", edit_event("I count valves."), services))
    await services.outgoing.wait_until_idle()
    # Then the edit is saved, by one write
    assert await warm_up_texts(services) == ["I count valves."]
    assert (counts.reads, counts.writes) == (2, 1)


async def test_an_edit_that_overtakes_its_message_is_the_answer_and_the_message_is_not_a_second_one(
    make_services: ServicesFactory,
) -> None:
    # Given a question that waits for words
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(services, Draft(id="d1", at=Question(DraftStep.WARM_UP), language="en"))
    # When Slack sends the edit first, and then the message
    await receive(services, edit_event("I count valves."))
    with pytest.raises(RepeatedEventSignal):
        await handle_message(services, MAYA, IncomingMessage(FIRST_WORDS, has_files=False, event="m-1"))
    # Then the edited words are the answer
    assert await warm_up_texts(services) == ["I count valves."]


async def test_an_edit_changes_the_finished_story_that_has_the_message(
    make_services: ServicesFactory,
) -> None:
    # Given a finished story, and another in progress
    services = await make_services(RecordingMessenger(), MAYA)
    answers = {"warm_up": WrittenAnswer((FIRST_WORDS,))}
    done = Draft(
        id="d1", at=Question(DraftStep.DONE), status=DraftStatus.FINISHED, language="en", answers=answers
    )
    await store_draft(services, done)
    await store_draft(services, Draft(id="d2", at=Question(DraftStep.WARM_UP), language="en"))
    # When its author edits a message of the finished one, long after it was received
    await receive(services, edit_event("I count valves.", seconds_later=3600))
    # Then that story has the new words, and the other one is still waiting
    assert sorted(await warm_up_texts(services)) == ["", "I count valves."]
