"""The endpoint for Slack's HTTP requests, which checks the signature before it reads the body."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qsl

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.web.health import HealthCheck, health_app

log = structlog.get_logger(__name__)

BODY_TIMEOUT = timedelta(seconds=10)
"""How long a body may take to arrive; Slack itself gives up after three seconds."""


def slack_events_app(
    bolt: AsyncApp, verifier: SignatureVerifier, check: HealthCheck, on_ack: Callable[[], None] = lambda: None
) -> web.Application:
    """Return the web application that passes Slack's requests to Bolt after a signature check, and answers /healthz.

    `on_ack` is called when an answer has left for Slack; the fault runs cut the power there.
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
    """Return whether the raw body has a valid signature of Slack that is at most five minutes old."""
    try:
        return verifier.is_valid(
            body=body,
            timestamp=request.headers.get("X-Slack-Request-Timestamp"),
            signature=request.headers.get("X-Slack-Signature"),
        )
    except (ValueError, TypeError, OverflowError):
        # The verifier raises for a timestamp that isn't a number, a non-ASCII signature, or a body that isn't UTF-8.
        return False


def escape_payload_word(body: str) -> str:
    """Return the form with the word “payload” escaped unless it names a field, because Bolt would lose all fields.

    Bolt searches for the bare word; with one letter percent-encoded, the form means exactly the same.
    """
    if "payload" not in body or any(field.startswith("payload=") for field in body.split("&")):
        return body
    return body.replace("payload", "%70ayload")


async def _dispatch_to_bolt(bolt: AsyncApp, request: web.Request, body: str) -> web.Response:
    is_form = not body.startswith("{") and request.content_type != "application/json"
    try:
        if '"url_verification"' in body and (handshake := json.loads(body)).get("type") == "url_verification":
            return web.json_response({"challenge": handshake["challenge"]})
        bolt_request = AsyncBoltRequest(
            body=escape_payload_word(body) if is_form else body,
            query=request.query_string,
            headers=dict(request.headers),
        )
    except (ValueError, KeyError, AttributeError):
        return web.Response(status=400, text="The body is not what Slack sends.")
    return await to_aiohttp_response(await bolt.async_dispatch(bolt_request))


def _is_certificate_check(request: web.Request, body: bytes) -> bool:
    """Return whether Slack only checks our certificate: it does so with an unsigned post that requests nothing."""
    if b"ssl_check=1" not in body or request.content_type != "application/x-www-form-urlencoded":
        return False
    return ("ssl_check", "1") in parse_qsl(body.decode("ascii", "replace"))
