"""Words between two steps: several things at once, a modal that comes back late, a draft that has been put aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import ids
from bot.conversation.turns import Pressed
from bot.errors import Repeated
from bot.handlers import cards, stories
from bot.handlers.interaction import Call, Kind
from bot.ids import Carried
from bot.services import Services, Who
from bot.workflows.inbox.messages import Heard, hear
from bot.workflows.people.members import meet
from bot.workflows.privacy.erasure import erase
from bot.workflows.stories import start
from bot.workflows.stories.show import show_unshown
from bot.workflows.stories.turn import take_turn
from db.engine.database import Database
from db.models import StoredDraft
from db.models.drafts import Draft, Question, Said, Status, Step, Written
from db.queries import drafts
from tests.workflows.companies import MAYA, NOW, TEAM, Company, Recorder

WHO = Who(TEAM, "U0MAYA")
WARM_UP = Said("I count sensors.", "I count sensors.", "D0MAYA", "1.000001")


def heard(words: str, n: int) -> Heard:
    """One message of Maya's."""
    return Heard(Said(words, words, "D0MAYA", f"{n}.000001"), files=False, receipt=f"Ev{n}")


def submission(services: Services, callback_id: str, carried: Carried, fields: dict[str, str]) -> Call:
    """A modal coming back."""
    values = {name: {"words": {"type": "plain_text_input", "value": words}} for name, words in fields.items()}
    view: dict[str, Any] = {"private_metadata": carried.pack(), "state": {"values": values}}
    kind: Kind = "submission"
    return Call(kind, callback_id, WHO, {"view": view}, services)


async def has(services: Services, draft: Draft) -> None:
    """A draft lies in the database."""
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, WHO.user, draft, at=NOW)


async def stored(services: Services) -> tuple[StoredDraft, ...]:
    """All of Maya's drafts, oldest first."""
    async with services.database.reading() as connection:
        return await drafts.list_drafts(connection, TEAM, WHO.user)


async def test_both_messages_are_kept_when_two_come_before_any_draft(company: Company) -> None:
    # Given two messages of which each was found to belong to no draft
    services = await company(Recorder(), MAYA)
    first, second = (replace(Draft(id=f"d{n}"), strays=(heard(f"words {n}", n).said,)) for n in (1, 2))
    # When both begin a story
    await start.begin(services, WHO, first, event="Ev1")
    await start.begin(services, WHO, second, event="Ev2")
    # Then there is one story, with the words of both
    (only,) = await stored(services)
    assert [stray.plain for stray in only.draft.strays] == ["words 1", "words 2"]


@pytest.mark.parametrize(
    ("callback_id", "submit", "field"),
    [
        (ids.CARD_WRITTEN, cards.written, "line"),
        (ids.CARD_CHANGED, cards.changed, "line"),
        (ids.TEXT_EDITED, stories.edited, "part.1"),
    ],
)
async def test_modal_stays_open_with_the_words_when_its_draft_was_put_aside(
    company: Company, callback_id: str, submit: Callable[[Call], Any], field: str
) -> None:
    # Given a modal opened for a draft that has been put aside for another since
    services = await company(Recorder(), MAYA)
    await has(services, Draft(id="d1", status=Status.ASIDE, at=Question(Step.LINES, "1")))
    await has(services, Draft(id="d2"))
    # When it comes back
    call = submission(services, callback_id, Carried("d1"), {field: "A line of my own."})
    reply = await submit(call)
    # Then Slack is told to keep it open
    assert reply["response_action"] == "errors"
    assert list(reply["errors"]) == [field]


async def test_answers_are_kept_when_somebody_goes_back_to_the_invitation_and_declines(
    company: Company,
) -> None:
    # Given somebody who answered and went all the way back
    services = await company(Recorder(), MAYA)
    answers = {"warm_up": Written((WARM_UP,))}
    await has(services, Draft(id="d1", at=Question(Step.INVITATION), answers=answers))
    # When they say that it is not for them
    await take_turn(services, WHO, lambda _scene: Pressed(Question(Step.INVITATION), "decline"))
    # Then what they wrote is put aside and not thrown away
    (only,) = await stored(services)
    assert (only.draft.status, only.draft.written(Question(Step.WARM_UP))) == (Status.ASIDE, WARM_UP.plain)


async def test_words_offered_in_vain_are_kept_when_their_author_declines(company: Company) -> None:
    # Given somebody who wrote something, was offered it where it fits, left it, and went all the way back
    services = await company(Recorder(), MAYA)
    await has(services, Draft(id="d1", at=Question(Step.INVITATION), former=(WARM_UP,)))
    # When they say that it is not for them
    await take_turn(services, WHO, lambda _scene: Pressed(Question(Step.INVITATION), "decline"))
    # Then what they wrote is put aside and not thrown away
    (only,) = await stored(services)
    assert only.draft.former == (WARM_UP,)


async def test_nothing_is_kept_when_somebody_declines_who_wrote_nothing(company: Company) -> None:
    services = await company(Recorder(), MAYA)
    await has(services, Draft(id="d1"))

    await take_turn(services, WHO, lambda _scene: Pressed(Question(Step.INVITATION), "decline"))

    assert await stored(services) == ()


async def test_one_story_is_put_aside_when_the_button_is_pressed_twenty_times(company: Company) -> None:
    # Given the question whether to put a story aside
    services = await company(Recorder(), MAYA)
    await has(services, Draft(id="d1", at=Question(Step.TURN)))
    # When [Put it aside, start another] is pressed again and again
    for _ in range(20):
        await start.replace_current(services, WHO, "d1")
    # Then one other story is begun
    assert sorted(one.draft.status for one in await stored(services)) == [Status.ASIDE, Status.OPEN]


@pytest.mark.parametrize("words", ["hi", "help", "stop", "delete"])
async def test_word_without_a_story_is_answered_once_when_its_event_comes_four_times(
    company: Company, words: str
) -> None:
    # Given somebody who has finished a story
    messenger = Recorder()
    services = await company(messenger, MAYA)
    await has(services, Draft(id="d1", at=Question(Step.DONE), status=Status.FINISHED))
    # When one message is delivered twice
    await hear(services, MAYA, heard(words, 1))
    await services.voice.quiet()
    once = list(messenger.said)
    with pytest.raises(Repeated):
        await hear(services, MAYA, heard(words, 1))
    await services.voice.quiet()
    # Then it is answered once
    assert once
    assert messenger.said == once


async def test_word_counts_each_time_when_it_is_typed_twice_in_a_row(company: Company) -> None:
    # Given somebody with an answer, who has been shown the question after the next
    services = await company(Recorder(), MAYA)
    await has(services, Draft(id="d1", at=Question(Step.LINES), answers={"warm_up": Written((WARM_UP,))}))
    await show_unshown(services, at_start=True)
    await services.voice.quiet()
    # When they go back twice, faster than the bot speaks
    for n in (5, 6):
        await hear(services, MAYA, heard("back", n))
    # Then they are two questions further up
    (only,) = await stored(services)
    assert only.draft.at == Question(Step.WARM_UP)


async def test_words_are_in_no_file_of_the_database_when_everything_was_erased(
    database: Database, company: Company
) -> None:
    # Given words in the database
    services = await company(Recorder(), MAYA)
    await has(services, Draft(id="d1", answers={"warm_up": Written((WARM_UP,))}))
    # When their author erases everything
    await erase(services, WHO)
    await services.voice.quiet()
    # Then neither the file nor its log holds them
    file = Path(database.place)
    left = [
        found.name for found in file.parent.glob(f"{file.name}*") if b"count sensors" in found.read_bytes()
    ]
    assert left == []


async def test_emoji_and_nul_are_taken_in_when_a_line_comes_from_a_modal(company: Company) -> None:
    services = await company(Recorder(), MAYA)
    await has(services, Draft(id="d1", at=Question(Step.LINES, "1"), opened=("1",)))

    await cards.written(
        submission(services, ids.CARD_WRITTEN, Carried("d1"), {"line": "I run on :coffee:\0"})
    )

    (only,) = await stored(services)
    assert [line.text for line in only.draft.lines] == ["I run on ☕\ufffd"]


async def test_known_person_is_met_when_slack_cannot_be_reached(company: Company) -> None:
    # Given somebody whom Slack was last asked about days ago
    class Away(Recorder):
        async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
            raise TimeoutError

    services = await company(Away(), replace(MAYA, fetched_at=NOW - timedelta(days=3)))
    # When they speak while Slack does not answer us
    met = await meet(services, WHO)
    # Then what was known serves on, and their words can be kept
    assert met.name == MAYA.name


async def test_long_text_is_shown_in_all_its_parts_when_it_is_shown_again(company: Company) -> None:
    # Given a draft too long for one message, which was saved and never shown
    messenger = Recorder()
    services = await company(messenger, MAYA)
    story = "\n\n".join(f"This is paragraph {n}, and it goes on for a while." * 8 for n in range(60))
    await has(services, Draft(id="d1", at=Question(Step.DRAFT), language="en", edited=story))
    # When it is shown after a restart
    await show_unshown(services, at_start=True)
    await services.voice.quiet()
    # Then all of it stands there
    assert len(messenger.said) > 1
    assert [n for n in range(60) if f"paragraph {n}," not in "\n".join(messenger.said)] == []
