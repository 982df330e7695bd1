"""Logs, for a terminal and for machines: what happened, with ids and lengths, never with words."""

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
    # It looks at its own level alone, not at those above it, and writes out every message it sends for a
    # line that nobody would print.
    "slack_sdk.web.async_base_client": logging.INFO,
    "slack_bolt": logging.INFO,
    "aiohttp": logging.INFO,
    "asyncio": logging.INFO,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
}
"""Below these levels libraries print message bodies, tokens or statements with what is in them."""

SECRET_PATTERN = re.compile(
    r"\b(xox[a-z](?:\.xox[a-z])?-|xapp-|xwfp-)[A-Za-z0-9-]+|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
)
"""Slack's tokens, and the name and password in a database's address."""
BODY_PATTERN = re.compile(r"[\[{].*[\]}]", re.DOTALL)
"""What looks like a payload in a library's message."""

IRRELEVANT_WARNING = re.compile(r"As (you gave|`installation_store`).*`token`")
"""Bolt itself finds SLACK_BOT_TOKEN in the environment, and warns at every start that it will not use it."""

EventDict = MutableMapping[str, Any]


def configure(level: str = "INFO", stream: TextIO = sys.stderr) -> None:
    """Send every log line to `stream`: as colours and columns to a terminal, as JSON to anything else."""
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*first, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*first, _strip_bodies],
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
    for library, lowest in LIBRARY_LEVELS.items():
        logging.getLogger(library).setLevel(max(lowest, root.level))


def format_trace(error: BaseException) -> str:
    """Return where an error came from: files, lines, kinds, but not its message, which may quote a person."""
    parts = []
    link: BaseException | None = error
    while link is not None:
        frames = traceback.extract_tb(link.__traceback__)
        places = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        parts.append(f"{type(link).__name__}{_safe_message(link)}{places}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\nwhile handling: ".join(parts)


def _is_relevant(record: logging.LogRecord) -> bool:
    if record.name.startswith("apscheduler") and isinstance(record.exc_info, tuple):
        # A job is cancelled only when the bot stops; it is begun again at the next start.
        return not isinstance(record.exc_info[1], asyncio.CancelledError)
    return not (record.name.startswith("slack_bolt") and IRRELEVANT_WARNING.match(str(record.msg)))


def _renderers_for(stream: TextIO) -> list[Processor]:
    if stream.isatty():
        return [structlog.dev.ConsoleRenderer()]
    return [_add_action, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _add_action(_: Any, __: str, event: EventDict) -> EventDict:
    """Name every line by a stable action; where one is given beside a sentence, the sentence is only told."""
    said = event.pop("event")
    if "action" in event:
        return {**event, "said": said}
    return {**event, "action": said}


def _safe_message(error: BaseException) -> str:
    # The operating system's messages and Slack's error codes hold no words of a person; others may.
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    answer = getattr(error, "response", None)
    code = answer.get("error") if isinstance(answer, AsyncSlackResponse) else None
    return f": {code}" if isinstance(code, str) and re.fullmatch(r"[a-z_]{1,60}", code) else ""


def _strip_bodies(_: Any, __: str, event: EventDict) -> EventDict:
    """Turn a library's line into an action of its own, and leave out any payload or error text it quotes."""
    record, said = event["_record"], str(event["event"])
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if error is not None and str(error):
        said = said.replace(str(error), type(error).__name__)
    event["library"] = record.name
    event["said"] = BODY_PATTERN.sub(lambda found: f"({len(found[0])} characters left out)", said)
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
