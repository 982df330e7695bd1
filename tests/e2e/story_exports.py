"""Exports of a story: copy the block, copy the message on a phone, or save the file."""

from __future__ import annotations

from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.slack_user import Json


def copyable_text(message: Json) -> str:
    """Return what Slack's copy button takes from the first preformatted block of a message."""
    for block in message["blocks"]:
        for element in block.get("elements", []):
            if element.get("type") == "rich_text_preformatted":
                return "".join(piece["text"] for piece in element["elements"])
    raise AssertionError("there is no block to copy from")


def unescaped_text(text: str) -> str:
    """Return what Slack shows, and a phone copies, for a message's text without markup."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


async def download_text(app: AppUnderTest, message: Json) -> str:
    """Return the content of a message's file."""
    async with app.http_session.get(message["files"][0]["url_private_download"]) as answer:
        return (await answer.read()).decode("utf-8")
