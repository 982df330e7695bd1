"""Logs hold ids and lengths, never words or tokens; an unexpected error has a reference, and a trace without words."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text

from bot import logs
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import WARM_UP, begin_story, reach_cards, reach_draft

CANARY = "quartz lighthouse marmalade"


@pytest.fixture
def log_stream() -> Iterator[io.StringIO]:
    """The complete debug log, in the bot's JSON format."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.LIBRARY_LEVELS}
    stream = io.StringIO()
    logs.configure("DEBUG", stream)
    yield stream
    structlog.configure(**before)
    root.handlers, root.level = handlers, level
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


@pytest.mark.wide
async def test_no_word_and_no_token_is_logged_when_a_story_is_written_with_troubles(
    app: AppUnderTest, maya: SlackUser, log_stream: io.StringIO
) -> None:
    # Given a log that keeps everything, and a Slack that stumbles again and again
    rules = [{"kind": kind, "method": "chat.postMessage", "after": 3, "count": 1} for kind in ("500", "429")]
    # When every way to send words is used
    await reach_cards(maya)
    await maya.does("faults", rules=rules)
    await maya.clicks(phrase("choice-change-card"), nth=0)
    await maya.submits({"line": f"A card about {CANARY}."})
    await maya.sees(phrase("choice-done-lines", n=1))
    await maya.clicks(phrase("choice-write"))
    await maya.submits({"line": f"A line about {CANARY}."})
    await maya.sees(phrase("choice-done-lines", n=2))
    await maya.says(f"Another line about {CANARY}.")
    await maya.sees(phrase("choice-done-lines", n=3))
    await maya.clicks(phrase("choice-done-lines", n=3))
    await maya.sees("You kept this line.")
    mine = await maya.says(f"It was {CANARY}.")
    await maya.sees(phrase("choice-pause"), after=mine)
    await maya.edits(mine, f"It was the {CANARY}, twice.")
    await maya.sees(phrase("remark-edited"))
    await maya.deletes(mine)
    await maya.sees("You deleted a message")
    await app.person("U0THEO").says(f"A guest on {CANARY}")
    await maya.shares_file(f"{CANARY}.txt", b"...", text=f"See {CANARY}")
    await maya.types_command(f"/hakawati {CANARY}")
    await maya.types_command(f"/hakawati payload {CANARY}")
    await app.workspace.world.delivery.wait_until_idle()
    await app.wait_until_idle()
    # Then no word of it is in the log, and no token either
    written = log_stream.getvalue()
    installed_app = app.workspace.app
    secrets = (installed_app.bot_token, installed_app.app_token, installed_app.signing_secret)
    assert "call.answered_with_a_problem" in written
    for secret in (
        CANARY,
        "lighthouse",
        WARM_UP[:20],
        *secrets,
    ):
        assert secret not in written


async def corrupt_draft(app: AppUnderTest, person: SlackUser) -> str:
    """Corrupt this person's stored draft, as a broken disk or another program might."""
    whole = (await stored_data.table_rows(app, "drafts"))[0][-1]
    assert isinstance(whole, str)
    assert app.bot is not None
    corrupted = json.dumps({"schema": 1, "id": 7, "at": {"step": CANARY}})
    await _store_draft_document(app, person, corrupted)
    return whole


async def _store_draft_document(app: AppUnderTest, person: SlackUser, document: str) -> None:
    assert app.bot is not None
    statement = text("UPDATE drafts SET draft = :document WHERE user_id = :user")
    async with app.bot.services.transaction() as connection:
        await connection.execute(statement, {"document": document, "user": person.id})


async def test_person_reads_a_reference_once_and_the_log_has_its_trace_when_something_unexpected_happens(
    app: AppUnderTest, maya: SlackUser, log_stream: io.StringIO
) -> None:
    # Given a draft that can no longer be read
    await begin_story(maya)
    whole = await corrupt_draft(app, maya)
    # When its author answers
    await maya.says(f"My answer about {CANARY}.")
    # Then they read a short reference, once, however often Slack tries again
    message = await maya.sees("Something went wrong on my side.")
    await app.workspace.world.delivery.wait_until_idle()
    await app.wait_until_idle()
    told = [m["text"] for m in await maya.messages() if "Something went wrong" in m["text"]]
    assert len(told) == 1
    reference = re.search(r"reference: \W*([0-9a-f]{6})", message["text"])
    assert reference is not None
    # And the log has the trace under it, without the words
    lines = [json.loads(line) for line in log_stream.getvalue().splitlines()]
    failed = [line for line in lines if line["action"] == "call.failed"]
    assert reference[1] in {line["reference"] for line in failed}
    assert "parse_draft_document" in failed[0]["trace"]
    assert CANARY not in log_stream.getvalue()
    # And when the draft is repaired, the conversation goes on where it was
    await _store_draft_document(app, maya, whole)
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"))


async def test_others_go_on_when_one_draft_cannot_be_read(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a draft that can no longer be read
    await begin_story(maya)
    await corrupt_draft(app, maya)
    # When somebody else writes
    jack = app.person("U0JACK")
    # Then their story is as it always is
    await reach_draft(jack)


async def test_words_stay_in_the_window_when_something_unexpected_happens(
    app: AppUnderTest, maya: SlackUser, log_stream: io.StringIO
) -> None:
    # Given the editor, with hours of work in it, and a draft that can no longer be read
    await reach_draft(maya)
    await maya.clicks(phrase("choice-edit"))
    await corrupt_draft(app, maya)
    # When it is saved
    answer = await maya.submits({"part.1": f"Hours of work about {CANARY}."})
    # Then a window above it tells the reference, and below it the words are still there
    assert answer["response_action"] == "push"
    assert "tell whoever runs me this reference" in str(await maya.modal())
    await maya.closes()
    below = await maya.modal()
    assert below is not None
    assert f"Hours of work about {CANARY}." in str(below["values"])
    assert CANARY not in log_stream.getvalue()
