"""The HTTP transport: posts to the app's request URL, signed as Slack signs."""

import hashlib
import hmac
import json
import time
from dataclasses import replace
from urllib.parse import urlencode

import aiohttp

from practice.config import AppConfig, Timings
from practice.delivery import Ack, DeliveryRequest
from practice.payloads import Json, compact_json

MAX_REDIRECTS = 2


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a body as Slack does (version 0)."""
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return "v0=" + digest.hexdigest()


class HttpTransport:
    """Transport that posts requests to the bot and reads its answers."""

    def __init__(self, app: AppConfig, timings: Timings) -> None:
        self._app = app
        self._timings = timings
        self._session: aiohttp.ClientSession | None = None
        self._send_count = 0

    async def send(self, request: DeliveryRequest) -> Ack:
        """Post one request; a valid answer is a 200 in time. A replica that's down is skipped."""
        ack = Ack(False, "no_request_url")
        for url in self._urls_in_order():
            ack = await self._post(url, request)
            if ack.status != "not_connected":
                return ack
        return replace(ack, status="connection_failed") if ack.status == "not_connected" else ack

    def _urls_in_order(self) -> list[str]:
        """Return the URLs to try, starting with the next replica, as a load balancer does."""
        urls = list(self._app.replicas) or [self._app.request_url]
        self._send_count += 1
        first = self._send_count % len(urls)
        return [url for url in urls[first:] + urls[:first] if url]

    async def _post(self, url: str, request: DeliveryRequest) -> Ack:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._timings.ack),
                connector=aiohttp.TCPConnector(limit=0),
            )
        body, content_type = encode_request(request)
        headers = self._headers(request, body, content_type)
        try:
            async with self._session.post(
                url, data=body, headers=headers, max_redirects=MAX_REDIRECTS
            ) as response:
                return await _read_ack(response)
        except TimeoutError:
            return Ack(False, "http_timeout")
        except aiohttp.TooManyRedirects:
            return Ack(False, "too_many_redirects")
        except aiohttp.ClientConnectorError:
            return Ack(False, "not_connected")
        except aiohttp.ClientError:
            return Ack(False, "connection_failed")

    async def stop(self) -> None:
        """Close the connections to the bot."""
        if self._session is not None:
            await self._session.close()

    def _headers(self, request: DeliveryRequest, body: bytes, content_type: str) -> dict[str, str]:
        # Signatures are checked against machine time, so the practice clock must not affect them.
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._app.signing_secret, timestamp, body),
        }
        if request.attempt:
            headers["X-Slack-Retry-Num"] = str(request.attempt)
            headers["X-Slack-Retry-Reason"] = request.reason
        return headers


def encode_request(request: DeliveryRequest) -> tuple[bytes, str]:
    """Encode a request as Slack does: events as JSON, interactions and commands as forms."""
    if request.kind == "events_api":
        return compact_json(request.payload).encode("utf-8", "backslashreplace"), "application/json"
    form: Json = request.payload
    if request.kind == "interactive":
        form = {"payload": json.dumps(request.payload)}
    return urlencode(form, errors="replace").encode(), "application/x-www-form-urlencoded"


async def _read_ack(response: aiohttp.ClientResponse) -> Ack:
    raw = await response.text(errors="replace")
    retry = response.headers.get("X-Slack-No-Retry") != "1"
    if response.status != 200:
        return Ack(False, "http_error", {"http_status": response.status, "text": raw[:200]}, retry)
    if not raw.strip():
        return Ack(True, "ok")
    if response.content_type == "application/json":
        try:
            return Ack(True, "ok", json.loads(raw))
        except ValueError:
            return Ack(True, "ok", raw)
    return Ack(True, "ok", raw)
