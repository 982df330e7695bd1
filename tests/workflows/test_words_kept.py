"""Words between two steps: simultaneous messages, modals that come back late, and drafts put aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import ids
from bot.conversation.turns import ButtonPressed
from bot.errors import RepeatedEventSignal
from bot.handlers import cards, stories
from bot.handlers.interaction import Interaction, InteractionKind
from bot.payloads import ButtonPayload, DraftPayload, EditorPayload, QuestionPayload
from bot.services import Services, UserRef
from bot.workflows.inbox.messages import IncomingMessage, handle_message
from bot.workflows.people.members import ensure_member
from bot.workflows.privacy.erasure import erase_person_and_confirm
from bot.workflows.stories import start
from bot.workflows.stories.reshow import show_unshown
from bot.workflows.stories.turn import TurnRequest, take_turn
from db.engine.database import Database
from db.models import StoredDraft
from db.models.drafts import Draft, DraftStatus, DraftStep, PersonMessage, Question, WrittenAnswer
from db.queries import drafts
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

MAYA_REF = UserRef(TEAM, "U0MAYA")
WARM_UP = PersonMessage("I count sensors.", "I count sensors.", "D0MAYA", "1.000001")


def received_message(words: str, n: int) -> IncomingMessage:
    """Return one of Maya's messages."""
    return IncomingMessage(
        PersonMessage(words, words, "D0MAYA", f"{n}.000001"), has_files=False, event=f"Ev{n}"
    )


def modal_submission(
    services: Services, callback_id: str, payload: ButtonPayload, fields: dict[str, str]
) -> Interaction:
    """Return the submission of a modal."""
    values = {name: {"words": {"type": "plain_text_input", "value": words}} for name, words in fields.items()}
    view: dict[str, Any] = {"private_metadata": payload.pack(), "state": {"values": values}}
    kind: InteractionKind = "submission"
    return Interaction(kind, callback_id, MAYA_REF, {"view": view}, services)


async def store_draft(services: Services, draft: Draft) -> None:
    """Add Maya's draft to the database."""
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, MAYA_REF.user, draft, at=NOW)


async def list_stored_drafts(services: Services) -> tuple[StoredDraft, ...]:
    """Return all of Maya's drafts, oldest first."""
    async with services.database.read_transaction() as connection:
        return await drafts.list_all_drafts_of_person(connection, TEAM, MAYA_REF.user)


async def test_both_messages_are_kept_when_two_come_before_any_draft(make_services: ServicesFactory) -> None:
    # Given two messages, neither of which belongs to a draft
    services = await make_services(RecordingMessenger(), MAYA)
    first, second = (
        replace(Draft(id=f"d{n}"), unplaced=(received_message(f"words {n}", n).message,)) for n in (1, 2)
    )
    # When both start a story
    await start.begin_story(services, MAYA_REF, first, event="Ev1")
    await start.begin_story(services, MAYA_REF, second, event="Ev2")
    # Then there is one story, with the words of both
    (only,) = await list_stored_drafts(services)
    assert [stray.plain for stray in only.draft.unplaced] == ["words 1", "words 2"]


@pytest.mark.parametrize(
    ("callback_id", "submit", "payload", "field"),
    [
        (ids.CARD_WRITTEN, cards.add_own_line, DraftPayload("d1"), "line"),
        (
            ids.CARD_CHANGED,
            cards.save_card_edit,
            QuestionPayload("d1", Question(DraftStep.LINES, "1")),
            "line",
        ),
        (ids.TEXT_EDITED, stories.save_text, EditorPayload("d1"), "part.1"),
    ],
)
async def test_modal_stays_open_with_the_words_when_its_draft_was_put_aside(
    make_services: ServicesFactory,
    callback_id: str,
    submit: Callable[[Interaction], Any],
    payload: ButtonPayload,
    field: str,
) -> None:
    # Given a modal of a draft that was put aside for another in the meantime
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(services, Draft(id="d1", status=DraftStatus.ASIDE, at=Question(DraftStep.LINES, "1")))
    await store_draft(services, Draft(id="d2"))
    # When it comes back
    call = modal_submission(services, callback_id, payload, {field: "A line of my own."})
    reply = await submit(call)
    # Then Slack keeps it open
    assert reply["response_action"] == "errors"
    assert list(reply["errors"]) == [field]


async def test_answers_are_kept_when_somebody_goes_back_to_the_invitation_and_declines(
    make_services: ServicesFactory,
) -> None:
    # Given an author who answered and went back to the invitation
    services = await make_services(RecordingMessenger(), MAYA)
    answers = {"warm_up": WrittenAnswer((WARM_UP,))}
    await store_draft(services, Draft(id="d1", at=Question(DraftStep.INVITATION), answers=answers))
    # When they decline
    await take_turn(services, TurnRequest(MAYA_REF, ButtonPressed(Question(DraftStep.INVITATION), "decline")))
    # Then their words are put aside and not deleted
    (only,) = await list_stored_drafts(services)
    assert (only.draft.status, only.draft.written_text(Question(DraftStep.WARM_UP))) == (
        DraftStatus.ASIDE,
        WARM_UP.plain,
    )


async def test_words_offered_and_left_are_kept_when_their_author_declines(
    make_services: ServicesFactory,
) -> None:
    # Given an author who left the early words that they were offered, and went back to the invitation
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(services, Draft(id="d1", at=Question(DraftStep.INVITATION), superseded=(WARM_UP,)))
    # When they decline
    await take_turn(services, TurnRequest(MAYA_REF, ButtonPressed(Question(DraftStep.INVITATION), "decline")))
    # Then their words are put aside and not deleted
    (only,) = await list_stored_drafts(services)
    assert only.draft.superseded == (WARM_UP,)


async def test_nothing_is_kept_when_somebody_declines_who_wrote_nothing(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(services, Draft(id="d1"))

    await take_turn(services, TurnRequest(MAYA_REF, ButtonPressed(Question(DraftStep.INVITATION), "decline")))

    assert await list_stored_drafts(services) == ()


async def test_one_story_is_put_aside_when_the_button_is_pressed_twenty_times(
    make_services: ServicesFactory,
) -> None:
    # Given the choice to put a story aside
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(services, Draft(id="d1", at=Question(DraftStep.TURN)))
    # When [Put it aside, start another] is pressed again and again
    for _ in range(20):
        await start.put_aside_and_begin_another(services, MAYA_REF, "d1")
    # Then one other story is started
    assert sorted(one.draft.status for one in await list_stored_drafts(services)) == [
        DraftStatus.ASIDE,
        DraftStatus.OPEN,
    ]


@pytest.mark.parametrize("words", ["hi", "help", "stop", "delete"])
async def test_word_without_a_story_is_answered_once_when_its_event_comes_four_times(
    make_services: ServicesFactory, words: str
) -> None:
    # Given somebody who has finished a story
    messenger = RecordingMessenger()
    services = await make_services(messenger, MAYA)
    await store_draft(services, Draft(id="d1", at=Question(DraftStep.DONE), status=DraftStatus.FINISHED))
    # When one message is delivered twice
    await handle_message(services, MAYA, received_message(words, 1))
    await services.outgoing.wait_until_idle()
    once = list(messenger.posted)
    with pytest.raises(RepeatedEventSignal):
        await handle_message(services, MAYA, received_message(words, 1))
    await services.outgoing.wait_until_idle()
    # Then it is answered once
    assert once
    assert messenger.posted == once


async def test_word_counts_each_time_when_it_is_typed_twice_in_a_row(make_services: ServicesFactory) -> None:
    # Given somebody with an answer, who has been shown the question after the next
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(
        services, Draft(id="d1", at=Question(DraftStep.LINES), answers={"warm_up": WrittenAnswer((WARM_UP,))})
    )
    await show_unshown(services, at_start=True)
    await services.outgoing.wait_until_idle()
    # When they go back twice, faster than the bot replies
    for n in (5, 6):
        await handle_message(services, MAYA, received_message("back", n))
    # Then they are two questions further up
    (only,) = await list_stored_drafts(services)
    assert only.draft.at == Question(DraftStep.WARM_UP)


async def test_words_are_in_no_file_of_the_database_when_everything_was_erased(
    database: Database, make_services: ServicesFactory
) -> None:
    # Given words in the database
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(services, Draft(id="d1", answers={"warm_up": WrittenAnswer((WARM_UP,))}))
    # When their author erases everything
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()
    # Then neither the file nor its log has them
    file = Path(database.display_location)
    left = [
        found.name for found in file.parent.glob(f"{file.name}*") if b"count sensors" in found.read_bytes()
    ]
    assert left == []


async def test_emoji_and_nul_are_taken_in_when_a_line_comes_from_a_modal(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(RecordingMessenger(), MAYA)
    await store_draft(services, Draft(id="d1", at=Question(DraftStep.LINES, "1"), opened=("1",)))

    await cards.add_own_line(
        modal_submission(services, ids.CARD_WRITTEN, DraftPayload("d1"), {"line": "I run on :coffee:\0"})
    )

    (only,) = await list_stored_drafts(services)
    assert [line.text for line in only.draft.lines] == ["I run on ☕\ufffd"]


async def test_known_person_can_write_when_slack_cannot_be_reached(make_services: ServicesFactory) -> None:
    # Given a member last looked up in Slack days ago
    class Away(RecordingMessenger):
        async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
            raise TimeoutError

    services = await make_services(Away(), replace(MAYA, fetched_at=NOW - timedelta(days=3)))
    # When they write while Slack is unreachable
    met = await ensure_member(services, MAYA_REF)
    # Then the stored profile is used, and their words can be saved
    assert met.name == MAYA.name


async def test_long_text_is_shown_in_all_its_parts_when_it_is_shown_again(
    make_services: ServicesFactory,
) -> None:
    # Given a draft too long for one message, which was saved and never shown
    messenger = RecordingMessenger()
    services = await make_services(messenger, MAYA)
    story = "\n\n".join(f"This is paragraph {n}, and it goes on for a while." * 8 for n in range(60))
    await store_draft(services, Draft(id="d1", at=Question(DraftStep.DRAFT), language="en", edited=story))
    # When it is shown after a restart
    await show_unshown(services, at_start=True)
    await services.outgoing.wait_until_idle()
    # Then all of it is shown
    assert len(messenger.posted) > 1
    assert [n for n in range(60) if f"paragraph {n}," not in "\n".join(messenger.posted)] == []
