"""Errors of Slack's Web API, as its client raises them."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def error_of(call: Any) -> dict[str, Any]:
    """Return the body of the error that answers a call."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return dict(caught.value.response.data)
