"""The logs, for terminals and machines: events with ids and lengths, never with anybody's words."""

import asyncio
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from structlog.typing import Processor

LIBRARY_LEVELS = {
    "slack_sdk": logging.INFO,
    # It checks only its own level, not its parents', and formats every message it sends for a line that
    # nobody would print.
    "slack_sdk.web.async_base_client": logging.INFO,
    "slack_bolt": logging.INFO,
    "aiohttp": logging.INFO,
    "asyncio": logging.INFO,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
}
"""The lowest safe levels: below them, libraries log message bodies, tokens or SQL with its values."""

SECRET_PATTERN = re.compile(
    r"\b(xox[a-z](?:\.xox[a-z])?-|xapp-|xwfp-)[A-Za-z0-9-]+|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
)
"""Matches Slack's tokens, and the name and password in a database URL."""
BODY_PATTERN = re.compile(r"[\[{].*[\]}]", re.DOTALL)
"""Matches what looks like a payload in a library's message."""

IRRELEVANT_WARNING = re.compile(r"As (you gave|`installation_store`).*`token`")
"""Bolt itself finds SLACK_BOT_TOKEN in the environment, and warns at every start that it won't use it."""

EventDict = MutableMapping[str, Any]


def configure(level: str = "INFO", stream: TextIO = sys.stderr) -> None:
    """Send every log line to `stream`, in coloured columns for a terminal, otherwise as JSON."""
    shared_processors: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared_processors, _strip_bodies],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _add_trace,
                _redact_secrets,
                *_renderers_for(stream),
            ],
        )
    )
    handler.addFilter(_is_relevant)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for library, lowest_level in LIBRARY_LEVELS.items():
        logging.getLogger(library).setLevel(max(lowest_level, root.level))


def format_trace(error: BaseException) -> str:
    """Return the traceback as files, lines and exception types, without messages, which may quote a person."""
    parts = []
    current: BaseException | None = error
    while current is not None:
        frames = traceback.extract_tb(current.__traceback__)
        lines = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        parts.append(f"{type(current).__name__}{_safe_message(current)}{lines}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nwhile handling: ".join(parts)


def _is_relevant(record: logging.LogRecord) -> bool:
    if record.name.startswith("apscheduler") and isinstance(record.exc_info, tuple):
        # A job is cancelled only when the bot stops, and runs again at the next start.
        return not isinstance(record.exc_info[1], asyncio.CancelledError)
    return not (record.name.startswith("slack_bolt") and IRRELEVANT_WARNING.match(str(record.msg)))


def _renderers_for(stream: TextIO) -> list[Processor]:
    if stream.isatty():
        return [structlog.dev.ConsoleRenderer()]
    return [_add_action, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _add_action(_: Any, __: str, event: EventDict) -> EventDict:
    """Give every line a stable `action`; if it has one as well as a sentence, the sentence moves to `said`."""
    text = event.pop("event")
    if "action" in event:
        return {**event, "said": text}
    return {**event, "action": text}


def _safe_message(error: BaseException) -> str:
    # The operating system's messages and Slack's error codes never quote a person; other messages may.
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    response = getattr(error, "response", None)
    code = response.get("error") if isinstance(response, AsyncSlackResponse) else None
    return f": {code}" if isinstance(code, str) and re.fullmatch(r"[a-z_]{1,60}", code) else ""


def _strip_bodies(_: Any, __: str, event: EventDict) -> EventDict:
    """Turn a library's line into the action `library.said`, without the payloads and error texts it quotes."""
    record, text = event["_record"], str(event["event"])
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if error is not None and str(error):
        text = text.replace(str(error), type(error).__name__)
    event["library"] = record.name
    event["said"] = BODY_PATTERN.sub(lambda found: f"({len(found[0])} characters left out)", text)
    event["event"] = "library.said"
    return event


def _add_trace(_: Any, __: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["trace"] = format_trace(error)
    return event


def _redact_secrets(_: Any, __: str, event: EventDict) -> EventDict:
    return {key: _redact(value) for key, value in event.items()}


def _redact(value: Any) -> Any:
    if isinstance(value, str):
        return SECRET_PATTERN.sub("(secret)", value)
    if isinstance(value, dict):
        return {key: _redact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_redact(inner) for inner in value]
    return value
