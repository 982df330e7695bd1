"""The client of Slack's Web API, through which every call goes, and which posts each reply exactly once."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UnreadableFileError
from bot.slack import error_codes
from bot.slack.errors import (
    CALL_ERRORS,
    RefusedCallError,
    failure_reason,
    has_code,
    is_rate_limited,
    is_retryable,
    translate_refused_reply,
)
from bot.slack.methods import JSON_METHODS, METHODS, encode_form
from bot.slack.retry_policy import RetryPolicy
from bot.slack.send_result import (
    InconclusiveSearch,
    NotFoundInHistory,
    SearchResult,
    SendResult,
    Sent,
    classify_failure,
)
from bot.timings import MAX_SEARCH_PAGES
from bot.views.blocks import Message

MAX_FILE_BYTES = 1_000_000
"""The largest people list in bytes: some ten thousand people."""
METADATA_TYPE = "hakawati_reply"
FileIdCallback = Callable[[str], Awaitable[None]]
"""Receives the id of a file before the file is shared."""


class MessengerClosedError(Exception):
    """The bot is stopping, and no longer calls Slack."""


@dataclass(frozen=True)
class NoticeSearch:
    """A search for a notice that may have been posted: the period around the attempt, and the bot that posted it."""

    oldest: datetime
    latest: datetime
    bot_id: str
    timeout: timedelta

    def history_arguments(self, channel: str) -> dict[str, Any]:
        """Return the arguments for `conversations.history`."""
        return {
            "channel": channel,
            "oldest": f"{self.oldest.timestamp():.6f}",
            "latest": f"{self.latest.timestamp():.6f}",
            "limit": 200,
            "include_all_metadata": True,
        }


class Messenger:
    """Slack's Web API over one shared HTTP session, without the SDK's retries."""

    def __init__(self, token: str, api_url: str, retry_policy: RetryPolicy | None = None) -> None:
        self._retry_policy = retry_policy or RetryPolicy()
        self._token = token
        self._api_url = api_url
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None
        self._is_closed = False

    @property
    def client(self) -> AsyncWebClient:
        """The SDK's client, without retries: the SDK's own would post again after a dropped connection."""
        if self._is_closed:
            raise MessengerClosedError  # otherwise a late call would open a new session that nobody closes
        if self._client is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._retry_policy.call_timeout)
            )
            self._client = AsyncWebClient(
                self._token,
                base_url=self._api_url,
                timeout=self._retry_policy.call_timeout,
                session=self._session,
                retry_handlers=[],
            )
        return self._client

    async def close(self) -> None:
        """Close the connections; later calls raise MessengerClosedError."""
        self._is_closed = True
        if self._session is not None:
            await self._session.close()

    async def call_once(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method with one attempt, for calls that can't wait, such as a modal's trigger."""
        if method not in METHODS:
            raise ValueError(f"{method} is not in the list of methods the bot calls")
        return await self._call_api(method, arguments)

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method that is safe to repeat, with more attempts while Slack is busy or unavailable."""
        if method not in METHODS:
            raise ValueError(f"{method} is not in the list of methods the bot calls")
        for attempt in range(self._retry_policy.max_tries):
            try:
                return await self._call_api(method, arguments)
            except CALL_ERRORS as problem:
                if attempt + 1 == self._retry_policy.max_tries or not is_retryable(problem):
                    raise
                await asyncio.sleep(self._retry_policy.pause_after(problem, attempt))
        raise AssertionError("unreachable")

    async def post_reply(self, channel: str, message: Message, key: str) -> str:
        """Post a reply and return its ts; after an uncertain attempt, search the DM for `key` before the next one."""
        for attempt in range(self._retry_policy.max_tries):
            try:
                answer = await self._call_api("chat.postMessage", _post_arguments(channel, message, key))
                return str(answer["ts"])
            except CALL_ERRORS as problem:
                last = attempt + 1 == self._retry_policy.max_tries
                if last or not is_retryable(problem):
                    raise translate_refused_reply(problem) from problem
                await asyncio.sleep(self._retry_policy.pause_after(problem, attempt))
                if not is_rate_limited(problem) and (ts := await self.find_reply(channel, key)):
                    return ts
        raise AssertionError("unreachable")

    async def post_notice(
        self, channel: str, message: Message, key: str, *, max_wait: timedelta
    ) -> SendResult:
        """Post a notice with exactly one attempt, and return its result; the metadata contain only the random key."""
        try:
            async with asyncio.timeout(max_wait.total_seconds()):
                answer = await self._call_api("chat.postMessage", _post_arguments(channel, message, key))
            return Sent(str(answer["ts"]))
        except Exception as problem:  # noqa: BLE001 after any failure it may have arrived: nothing is sent blindly twice
            return classify_failure(problem)

    async def find_notice(self, channel: str, key: str, search: NoticeSearch) -> SearchResult:
        """Search the messages of the period, page by page, for one of the bot's own with this key."""
        page: dict[str, Any] = {}
        for _ in range(MAX_SEARCH_PAGES):
            try:
                async with asyncio.timeout(search.timeout.total_seconds()):
                    history = await self._call_api(
                        "conversations.history", {**search.history_arguments(channel), **page}
                    )
            except Exception as problem:  # noqa: BLE001 after any failure the search is repeated later
                return InconclusiveSearch(failure_reason(problem))
            for message in history.get("messages", []):
                payload = message.get("metadata", {}).get("event_payload", {})
                if payload.get("key") == key and message.get("bot_id") == search.bot_id:
                    return Sent(str(message["ts"]))
            if not history.get("has_more"):
                return NotFoundInHistory()
            page = {"cursor": history.get("response_metadata", {}).get("next_cursor", "")}
        return InconclusiveSearch("too_many_messages")

    def new_key(self) -> str:
        """Return a random key for a reply that isn't part of any saved state."""
        return secrets.token_hex(8)

    async def find_reply(self, channel: str, key: str) -> str | None:
        """Return the ts of the reply with this key among the DM's last messages; None if there is none."""
        history = await self.call_with_retries(
            "conversations.history", channel=channel, limit=30, include_all_metadata=True
        )
        for message in history.get("messages", []):
            payload = message.get("metadata", {}).get("event_payload", {})
            if message.get("bot_id") and payload.get("key") == key:
                return str(message["ts"])
        return None

    async def update_message(self, channel: str, ts: str, message: Message) -> bool:
        """Replace a message; return False if it no longer exists."""
        try:
            await self.call_with_retries(
                "chat.update", channel=channel, ts=ts, text=message.text[:4000], blocks=list(message.blocks)
            )
        except RefusedCallError as problem:
            if has_code(problem, error_codes.GONE):
                return False
            raise translate_refused_reply(problem) from problem
        return True

    async def delete(self, channel: str, ts: str) -> None:
        """Delete one of the bot's own messages, or a file if `ts` is a file's id; one that's gone counts as deleted.

        A file needs no channel.
        """
        try:
            if not channel or ts.startswith("F"):
                await self.call_with_retries("files.delete", file=ts)
            else:
                await self.call_with_retries("chat.delete", channel=channel, ts=ts)
        except RefusedCallError as problem:
            if not has_code(problem, error_codes.GONE):
                raise

    async def upload_file(
        self, channel: str, name: str, title: str, content: bytes, *, on_file_id: FileIdCallback | None = None
    ) -> str:
        """Share a file in a DM and return its id; the three steps are an upload URL, the bytes and the share.

        `on_file_id` receives the id before anybody can see the file.
        """
        upload = await self.call_with_retries(
            "files.getUploadURLExternal", filename=name, length=len(content)
        )
        if on_file_id is not None:
            await on_file_id(str(upload["file_id"]))
        session = self.client.session
        assert session is not None
        async with session.post(str(upload["upload_url"]), data=content) as answer:
            answer.raise_for_status()
        await self.call_with_retries(
            "files.completeUploadExternal",
            files=[{"id": upload["file_id"], "title": title}],
            channel_id=channel,
        )
        return str(upload["file_id"])

    async def download_file(self, file_id: str) -> bytes:
        """Return the bytes of a shared file; raise UnreadableFileError if it's too large or not in Slack itself."""
        file = (await self.call_with_retries("files.info", file=file_id))["file"]
        url = str(file.get("url_private_download") or "")
        if int(file.get("size") or 0) > MAX_FILE_BYTES or not self._is_slack_url(url):
            raise UnreadableFileError
        session = self.client.session
        assert session is not None
        token = {"Authorization": f"Bearer {self._token}"}
        async with session.get(url, headers=token, allow_redirects=False) as answer:
            content = await answer.content.read(MAX_FILE_BYTES + 1)
            if answer.status != 200 or len(content) > MAX_FILE_BYTES:
                raise UnreadableFileError
        return content

    def _is_slack_url(self, url: str) -> bool:
        """Return whether the token may be sent there: to Slack's own host, or a subdomain of it."""
        target, own = urlsplit(url), urlsplit(self._api_url)
        if target.scheme != own.scheme or not target.hostname or not own.hostname:
            return False
        return target.netloc == own.netloc or target.hostname.endswith(
            f".{own.hostname.removeprefix('www.')}"
        )

    async def _call_api(self, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        if method in JSON_METHODS:
            response = await self.client.api_call(method, json=dict(arguments))
        else:
            response = await self.client.api_call(method, data=encode_form(arguments))
        data = response.data
        if not isinstance(data, dict):
            raise aiohttp.ClientPayloadError(f"{method} answered without JSON")
        return data


def _post_arguments(channel: str, message: Message, key: str) -> dict[str, Any]:
    return {
        "channel": channel,
        "text": message.text,
        **({"blocks": list(message.blocks)} if message.blocks else {"mrkdwn": False}),
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": METADATA_TYPE, "event_payload": {"key": key}},
    }
