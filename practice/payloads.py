"""JSON payloads and the errors answered in them."""

import json
from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """An error code in the form of Slack's Web API, with its extra fields."""

    def __init__(self, code: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.extra = extra

    def as_response(self) -> Json:
        """Return the body of Slack's answer."""
        answer: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
        return answer


class RateLimitedError(Exception):
    """A call came too soon after the previous one; carries the seconds to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class GestureError(Exception):
    """A person tried something that Slack's own client wouldn't let them do."""


def as_object(value: Any) -> Json:
    """Return the value if it's a JSON object, otherwise an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return the value if it's a JSON list, otherwise an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """Return the value if it's a string, otherwise an empty one."""
    return value if isinstance(value, str) else ""


def compact_json(value: Any) -> str:
    """Serialize to JSON the way Slack counts it: no spaces, no escaped letters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
