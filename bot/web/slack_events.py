"""The HTTP door: Slack's signed requests come in here, checked before they are read, and /healthz answers."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import parse_qsl

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

log = structlog.get_logger(__name__)

MAX_BODY_BYTES = 1024 * 1024
"""Bytes of a body; Slack's own stay far below."""
BODY_TIMEOUT = timedelta(seconds=10)
"""How long a body may take to arrive: Slack gives up after three seconds itself."""


@dataclass(frozen=True)
class Health:
    """What /healthz tells: whether the bot can do its work, and what it could not do if not."""

    ok: bool
    mode: Literal["socket", "http"]
    database: bool
    last_frame_seconds: float | None = None


HealthCheck = Callable[[], Awaitable[Health]]
"""Asks every part of the bot how it is."""


def health_app(check: HealthCheck) -> web.Application:
    """Return the web application that answers /healthz and nothing else (Socket Mode needs no more)."""

    async def healthz(_: web.Request) -> web.Response:
        health = await check()
        return web.json_response(asdict(health), status=200 if health.ok else 503)

    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_get("/healthz", healthz)
    return app


def slack_events_app(
    bolt: AsyncApp, verifier: SignatureVerifier, check: HealthCheck, on_ack: Callable[[], None] = lambda: None
) -> web.Application:
    """Return the web application that also hands Slack's requests to Bolt, once their signature fits.

    `on_ack` is called when an answer has left for Slack: one of the places where the fault runs cut the power.
    """

    async def events(request: web.Request) -> web.StreamResponse:
        try:
            async with asyncio.timeout(BODY_TIMEOUT.total_seconds()):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408, text="The body did not arrive in time.")
        if _is_certificate_check(request, body):
            return web.Response()
        if not has_valid_signature(verifier, request, body):
            log.warning("door.refused", length=len(body))
            return web.Response(status=401, text="The signature does not fit.")
        answer = await _dispatch_to_bolt(bolt, request, body.decode())
        await answer.prepare(request)
        await answer.write_eof()
        on_ack()
        return answer

    app = health_app(check)
    app.router.add_post("/slack/events", events)
    return app


def has_valid_signature(verifier: SignatureVerifier, request: web.Request, body: bytes) -> bool:
    """Return whether the raw body carries Slack's signature, not older than five minutes."""
    try:
        return verifier.is_valid(
            body=body,
            timestamp=request.headers.get("X-Slack-Request-Timestamp"),
            signature=request.headers.get("X-Slack-Signature"),
        )
    except (ValueError, TypeError, OverflowError):
        # The verifier trips over a stamp that is no number, a signature that is not ASCII, a body not UTF-8.
        return False


def repair_form(body: str) -> str:
    """Return the form so that Bolt can read it: one that says “payload” without such a field loses them all.

    Bolt looks for the bare word; written with one letter percent-encoded the form means exactly the same.
    """
    if "payload" not in body or any(field.startswith("payload=") for field in body.split("&")):
        return body
    return body.replace("payload", "%70ayload")


async def _dispatch_to_bolt(bolt: AsyncApp, request: web.Request, body: str) -> web.Response:
    is_form = not body.startswith("{") and request.content_type != "application/json"
    try:
        if '"url_verification"' in body and (told := json.loads(body)).get("type") == "url_verification":
            return web.json_response({"challenge": told["challenge"]})
        asked = AsyncBoltRequest(
            body=repair_form(body) if is_form else body,
            query=request.query_string,
            headers=dict(request.headers),
        )
    except (ValueError, KeyError, AttributeError):
        return web.Response(status=400, text="The body is not what Slack sends.")
    return await to_aiohttp_response(await bolt.async_dispatch(asked))


def _is_certificate_check(request: web.Request, body: bytes) -> bool:
    """Return whether Slack only looks at our certificate: such a post is unsigned and asks for nothing."""
    if b"ssl_check=1" not in body or request.content_type != "application/x-www-form-urlencoded":
        return False
    return ("ssl_check", "1") in parse_qsl(body.decode("ascii", "replace"))
