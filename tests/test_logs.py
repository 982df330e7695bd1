"""The logs: a stable action, ids and lengths; never a token, never a person's words."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import structlog
from apscheduler.events import EVENT_JOB_SUBMITTED
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import LIBRARY_LEVELS, configure, format_trace

CANARY = "my grandmother's name was Noor"


class TerminalStream(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


class LogOutput:
    """The content of a log."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        """The whole log as text."""
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each line, parsed as JSON."""
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture(autouse=True)
def _restored_loggers() -> Iterator[None]:
    """Restore the loggers afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    for library in LIBRARY_LEVELS:
        logging.getLogger(library).setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.fixture
def log_output() -> LogOutput:
    """A log for machines at the lowest level."""
    stream = io.StringIO()
    configure("DEBUG", stream)
    return LogOutput(stream)


def test_a_line_has_an_action_and_its_facts_when_something_happened(log_output: LogOutput) -> None:
    structlog.get_logger("a").info("draft.saved", draft_id=7, length=120)

    (line,) = log_output.lines
    assert (line["action"], line["draft_id"], line["length"], line["level"]) == (
        "draft.saved",
        7,
        120,
        "info",
    )


def test_the_action_stays_when_a_sentence_is_given_as_well(log_output: LogOutput) -> None:
    structlog.get_logger("a").warning("saying failed", action="saying_failed")

    (line,) = log_output.lines
    assert (line["action"], line["said"]) == ("saying_failed", "saying failed")


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-12-34-abcDEF",
        "xapp-1-A0-77-ffff",
        "xoxp-99-a",
        "xoxe.xoxp-1-Mi0",
        "xoxe-1-Mi0",
        "postgresql+asyncpg://user:hunter2@host/name",
    ],
)
def test_a_secret_is_masked(log_output: LogOutput, secret: str) -> None:
    log = structlog.get_logger("a")
    log.info("x", text=f"token {secret} here", deep={"a": [secret]})
    logging.getLogger("slack_sdk").warning("sent %s", secret)

    assert secret not in log_output.text
    assert "hunter2" not in log_output.text
    assert log_output.text.count("(secret)") == 3


def test_words_are_left_out_when_a_library_quotes_a_payload(log_output: LogOutput) -> None:
    body = {"event": {"text": CANARY}}
    logging.getLogger("slack_bolt.AsyncApp").warning("Unhandled request (%s)", body)
    logging.getLogger("slack_sdk.web").error("failed: %s", json.dumps(body))

    assert CANARY not in log_output.text
    assert [line["action"] for line in log_output.lines] == ["library.said", "library.said"]
    assert "characters left out" in log_output.lines[0]["said"]


@pytest.mark.parametrize("name", ["slack_bolt.AsyncApp", "elsewhere"])
def test_words_are_left_out_when_an_error_quotes_them(log_output: LogOutput, name: str) -> None:
    def fail() -> None:
        raise ValueError(CANARY)

    try:
        fail()
    except ValueError as error:
        logging.getLogger(name).exception(f"Failed to run listener (error: {error})")
        structlog.get_logger("a").exception("turn.failed", draft_id=7)

    assert CANARY not in log_output.text
    assert all("ValueError" in line["trace"] and "in fail" in line["trace"] for line in log_output.lines)


def test_the_trace_includes_the_causes_of_an_error() -> None:
    try:
        try:
            with closing(sqlite3.connect(":memory:")) as connection:
                connection.execute("SELECT nothing")
        except sqlite3.OperationalError as error:
            raise OSError(28, "No space left on device") from error
    except OSError as error:
        trace = format_trace(error)

    assert "OSError: No space left on device" in trace
    assert "while handling: OperationalError" in trace
    assert "nothing" not in trace


@pytest.mark.parametrize("library", LIBRARY_LEVELS)
def test_a_library_is_quiet_when_the_level_is_debug(log_output: LogOutput, library: str) -> None:
    for level in range(logging.DEBUG, LIBRARY_LEVELS[library]):
        logging.getLogger(library).log(level, CANARY)
        logging.getLogger(f"{library}.inner").log(level, CANARY)
    assert log_output.text == ""

    logging.getLogger(f"{library}.inner").log(LIBRARY_LEVELS[library], "that is said")
    assert "that is said" in log_output.text


def test_the_warning_of_every_start_is_left_out_when_bolt_finds_our_token(
    log_output: LogOutput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    client = AsyncWebClient("xoxb-1")

    AsyncApp(client=client, authorize=_reject_authorization, request_verification_enabled=False)

    assert log_output.text == ""


@pytest.mark.parametrize("has_started", [True, False])
async def test_nothing_is_logged_when_the_stop_cancels_a_job(
    log_output: LogOutput, has_started: bool
) -> None:
    started = asyncio.Event()

    async def job() -> None:
        started.set()
        await asyncio.Event().wait()

    scheduler = AsyncIOScheduler(timezone="UTC")
    submitted = asyncio.Event()
    scheduler.add_listener(lambda _event: submitted.set(), EVENT_JOB_SUBMITTED)
    scheduler.add_job(job)
    scheduler.start()
    await (started if has_started else submitted).wait()
    scheduler.shutdown(wait=False)
    await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})

    assert log_output.text == ""


async def _reject_authorization(**_details: object) -> AuthorizeResult:
    """Authorise nobody."""
    raise AssertionError("nobody asks")


def test_nothing_below_a_raised_level_is_written() -> None:
    stream = io.StringIO()
    configure("WARNING", stream)

    structlog.get_logger("a").info("draft.saved")
    logging.getLogger("slack_sdk").info("hello")

    assert stream.getvalue() == ""


def test_a_terminal_gets_columns() -> None:
    stream = TerminalStream()
    configure("INFO", stream)

    structlog.get_logger("a").info("draft.saved", token="xoxb-1-2")

    assert "draft.saved" in stream.getvalue()
    assert "xoxb" not in stream.getvalue()
