"""The shape of everything that travels: Slack speaks JSON, and so do we."""

import json
from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """An error code as Slack's Web API answers it, with its extra fields."""

    def __init__(self, code: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.extra = extra

    def as_response(self) -> Json:
        """Give the body of Slack's answer."""
        answer: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
        return answer


class RateLimitedError(Exception):
    """A call came too soon after the one before; says how many seconds to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class GestureError(Exception):
    """A person tried what Slack's own client would not let them do."""


def as_object(value: Any) -> Json:
    """Give the value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Give the value if it is a JSON list, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """Give the value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def compact_json(value: Any) -> str:
    """Write JSON the way Slack counts it: no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
