"""A crash at every named point of every step: afterwards the question is shown, and every answer is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.conversation.compose import story_text
from bot.crash_points import ANSWER_POINTS
from bot.settings import CrashPoint
from db.engine.database import Database
from db.models import StoredDraft
from db.queries import drafts
from practice.config import Timings
from tests.e2e.app_under_test import EACH_DATABASE, AppUnderTest, open_workspace
from tests.e2e.bot_process import POLL_INTERVAL, PROCESS_TIMEOUT, BotProcess, DiedAtStartError
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_exports import download_text, unescaped_text
from tests.e2e.story_steps import OUTSIDE, TURN, WARM_UP, answer_first_questions, begin_story, reach_draft

pytestmark = EACH_DATABASE
SLOW_RETRY_TIMINGS = Timings(retry_delays=(0.0, 4.0, 9.0), message_burst=10_000, long_poll=2.0)


@dataclass(frozen=True)
class Gesture:
    """A gesture, and what is visible once it's answered."""

    says: str = ""
    clicks: str = ""
    expected: str = ""


STORY = (
    Gesture(says="hi", expected="Shall we?"),
    Gesture(clicks=phrase("choice-start"), expected="Three things first"),
    Gesture(clicks=phrase("choice-count"), expected="Which is nearer to your work?"),
    Gesture(clicks=phrase("choice-gtm"), expected="Which language feels more like you"),
    Gesture(clicks=phrase("choice-en"), expected="Pick whichever is easiest"),
    Gesture(says=WARM_UP, expected="How did you end up here?"),
    Gesture(says=TURN, expected="Now the lines"),
    Gesture(clicks=phrase("choice-open"), expected="Lines 1 to 5 of 10"),
    Gesture(clicks=phrase("choice-keep"), expected=phrase("choice-done-lines", n=1)),
    Gesture(clicks=phrase("choice-done-lines", n=1), expected="Your line has a gap"),
    Gesture(says="a quiet Tuesday", expected=""),
    Gesture(clicks=phrase("choice-skip"), expected=""),
    Gesture(clicks=phrase("choice-back"), expected=""),
    Gesture(clicks=phrase("choice-pause"), expected="Saved. I'll remind you once"),
    Gesture(says="hello", expected=""),
)


@pytest_asyncio.fixture
async def stopped_app(database_url: str) -> AsyncIterator[AppUnderTest]:
    """An app under test without a running bot; the bot starts as a process."""
    async with open_workspace(SLOW_RETRY_TIMINGS) as there, aiohttp.ClientSession() as session:
        yield AppUnderTest(there, database_url, http_session=session)


@pytest.mark.long
@pytest.mark.parametrize("point", ANSWER_POINTS)
async def test_nothing_is_lost_when_the_process_dies_at_every_step(
    stopped_app: AppUnderTest, tmp_path: Path, point: str
) -> None:
    process = BotProcess(stopped_app, tmp_path / "bot.log")
    await crash_at_each_step(process, point, STORY)
    async with process.running():
        await assert_everything_kept(stopped_app, WARM_UP, TURN, "a quiet Tuesday")
    assert list_errors(process.log) == []


async def test_answers_in_words_are_kept_when_the_power_goes_just_after_they_were(
    stopped_app: AppUnderTest, tmp_path: Path
) -> None:
    async with stopped_app.running():
        await begin_story(stopped_app.person("U0MAYA"))
    process = BotProcess(stopped_app, tmp_path / "bot.log")
    await crash_at_each_step(process, "committed", [step for step in STORY if step.says in (WARM_UP, TURN)])
    async with process.running():
        await assert_everything_kept(stopped_app, WARM_UP, TURN)
    assert list_errors(process.log) == []


@pytest.mark.parametrize(("point", "count"), [("committed", 1), ("posted", 1), ("posted", 2)])
async def test_other_meaning_of_an_answer_is_offered_once_when_the_power_goes_just_after_it_was_kept(
    stopped_app: AppUnderTest, tmp_path: Path, point: str, count: int
) -> None:
    # Given somebody who changes an answer, and a bot that dies of the word that takes its place
    maya = stopped_app.person("U0MAYA")
    async with stopped_app.running():
        await answer_first_questions(maya)
        await maya.clicks(phrase("choice-change"), in_message=await maya.sees("Pick whichever is easiest"))
        await maya.sees(phrase("answer-so-far"))
        await stopped_app.wait_until_idle()
    process = BotProcess(stopped_app, tmp_path / "bot.log")
    step = Gesture(says="fewer", expected="Now the lines")
    before = await newest_message_ts(maya)
    await crash_while_answering(process, CrashPoint(moment=point, count=count), maya, step)
    # When it starts again
    async with process.running():
        await wait_for_next_question(maya, step, before)
        await assert_everything_kept(stopped_app, "fewer")
        # Then what else the word may mean is offered, once, and puts the answer back that it had replaced
        offers = [m for m in await maya.messages() if "I took that for your story." in m["text"]]
        assert len(offers) == 1
        await maya.clicks(phrase("invitation-fewer"), in_message=offers[0])
        await maya.sees(phrase("remark-taken-out"))
        await assert_everything_kept(stopped_app, WARM_UP)
    assert list_errors(process.log) == []


async def crash_at_each_step(process: BotProcess, point: str, steps: Sequence[Gesture]) -> None:
    """Crash the bot at each step; then it shows the next question, at the latest when asked once more."""
    maya = process.app.person("U0MAYA")
    for step in steps:
        before = await newest_message_ts(maya)
        await crash_while_answering(process, CrashPoint(moment=point, count=1), maya, step)
        async with process.running():
            await wait_for_next_question(maya, step, before)


LONG = " ".join(f"This is sentence number {n} of a very long life." for n in range(300))


@pytest.mark.parametrize(
    ("warm_up", "point", "count"),
    [
        (WARM_UP, "committed", 1),
        pytest.param(WARM_UP, "posted", 1, marks=pytest.mark.long),
        pytest.param(WARM_UP, "shown", 1, marks=pytest.mark.long),
        pytest.param(WARM_UP, "posted", 2, marks=pytest.mark.long),
        pytest.param(LONG, "committed", 1, marks=pytest.mark.long),
        (LONG, "posted", 1),
        pytest.param(LONG, "shown", 1, marks=pytest.mark.long),
    ],
    ids=lambda value: "long" if value == LONG else "short" if value == WARM_UP else str(value),
)
async def test_story_is_handed_over_once_when_the_power_goes_while_it_is(
    stopped_app: AppUnderTest, tmp_path: Path, warm_up: str, point: str, count: int
) -> None:
    # Given somebody before the last question of a story, and a bot that dies of the answer
    maya = stopped_app.person("U0MAYA")
    async with stopped_app.running():
        await reach_draft(maya, warm_up)
        await maya.clicks(phrase("choice-fine-draft"))
        await maya.sees("the line under your name")
        await stopped_app.wait_until_idle()
    process = BotProcess(stopped_app, tmp_path / "bot.log")
    async with process.running(CrashPoint(moment=point, count=count)) as dying:
        await maya.clicks(phrase("choice-skip"), must=False)
        async with asyncio.timeout(PROCESS_TIMEOUT):
            await dying.wait()
    # When it starts again
    async with process.running():
        await maya.sees(phrase("ask-take"), timeout=PROCESS_TIMEOUT)
        await assert_everything_kept(stopped_app, warm_up, TURN)
    # Then the story is there by itself, once: as a message, or as a file when it is long
    whole = f"{warm_up}\n\n{TURN}\n\n{OUTSIDE}"
    messages = await maya.messages()
    by_itself = [message for message in messages if unescaped_text(message.get("text", "")) == whole]
    files = [await download_text(stopped_app, message) for message in messages if message.get("files")]
    assert (len(by_itself), files) == ((1, []) if warm_up == WARM_UP else (0, [whole]))


async def crash_while_answering(
    process: BotProcess, crash_at: CrashPoint, person: SlackUser, step: Gesture
) -> None:
    """Make the gesture and wait for the crash, which may come earlier, while unshown questions are shown."""
    for _ in range(3):
        try:
            async with process.running(crash_at) as dying:
                await make_gesture(person, step)
                async with asyncio.timeout(PROCESS_TIMEOUT):
                    await dying.wait()
        except DiedAtStartError:
            continue
        return
    raise AssertionError(f"the bot dies at every start:\n{process.log.read_text()}")


async def make_gesture(person: SlackUser, step: Gesture) -> None:
    """Write or click; the bot may crash on it."""
    if step.says:
        await person.says(step.says)
    else:
        await person.clicks(step.clicks, must=False)


async def wait_for_next_question(person: SlackUser, step: Gesture, before: str) -> None:
    """Wait for the next question; repeat a click that Slack couldn't deliver, as people do."""
    wanted = step.expected or phrase("choice-pause")
    if step.clicks:
        try:
            await person.sees(
                wanted, after=before if step.expected != phrase("choice-done-lines", n=1) else "", timeout=3
            )
        except AssertionError:
            await person.clicks(step.clicks)
        else:
            return
    await person.sees(
        wanted,
        after=before if step.expected != phrase("choice-done-lines", n=1) else "",
        timeout=PROCESS_TIMEOUT,
    )


async def newest_message_ts(person: SlackUser) -> str:
    """Return the ts of the newest message, or an empty string before the first."""
    return max((message["ts"] for message in await person.messages()), default="")


async def assert_everything_kept(app: AppUnderTest, *words: str) -> None:
    """Check that the draft has these words, and that the current question has been shown."""
    database = await Database.open(app.database_url)
    try:
        async with asyncio.timeout(PROCESS_TIMEOUT):
            stored = await _current_draft(database)
            while stored.shown_version < stored.draft.version:
                await asyncio.sleep(POLL_INTERVAL)  # another process shows it
                stored = await _current_draft(database)
    finally:
        await database.close()
    assert all(said in story_text(stored.draft) for said in words)


async def _current_draft(database: Database) -> StoredDraft:
    async with database.read_transaction() as connection:
        stored = await drafts.find_current_draft(connection, "T0QAMAR", "U0MAYA")
    assert stored is not None
    return stored


def list_errors(log: Path) -> list[dict[str, object]]:
    """Return the log's error lines."""
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("level") in {"error", "critical"}]
