"""The endpoint for Slack's events: refuses unsigned requests, and passes every signed one to Bolt."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.internals import parse_body
from slack_sdk.signature import SignatureVerifier

from bot.web.health import MAX_BODY_BYTES, Health
from bot.web.slack_events import escape_payload_word, slack_events_app
from tests.recording_bot import RecordingBot

SIGNER = SignatureVerifier("a-signing-secret")
FORM_CONTENT_TYPE = "application/x-www-form-urlencoded"


class EventsClient:
    """A client that posts with or without Slack's signature."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self._client = client

    async def post_signed(self, body: str, kind: str = "application/json", **changed: str) -> ClientResponse:
        """Post a body as Slack does, apart from the headers that the test changes."""
        stamp = changed.pop("stamp", str(int(time.time())))
        fitting = SIGNER.generate_signature(timestamp=stamp, body=body) or ""
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": changed.get("signature", fitting),
        }
        return await self._client.post("/slack/events", data=body.encode(), headers=headers)

    async def post_unsigned(self, body: bytes, kind: str = "application/json") -> ClientResponse:
        """Post a body without a signature."""
        return await self._client.post("/slack/events", data=BytesIO(body), headers={"Content-Type": kind})

    async def get_health(self) -> ClientResponse:
        """Request the health check."""
        return await self._client.get("/healthz")


@pytest.fixture
def bot() -> RecordingBot:
    """The app behind the endpoint."""
    return RecordingBot()


@pytest_asyncio.fixture
async def client(bot: RecordingBot) -> AsyncIterator[EventsClient]:
    """A client of the endpoint."""

    async def check() -> Health:
        return Health(ok=bot.reports_healthy, mode="http", database=bot.reports_healthy)

    async with TestClient(TestServer(slack_events_app(bot.bolt, SIGNER, check))) as client:
        yield EventsClient(client)


def event_body(text: str = "hi") -> str:
    """Return an event as Slack sends it."""
    said = {"type": "message", "channel": "D1", "channel_type": "im", "user": "U0MAYA", "text": text}
    return json.dumps({"type": "event_callback", "team_id": "T0QAMAR", "event_id": "Ev1", "event": said})


def command_body(text: str) -> str:
    """Return a slash command as Slack sends it."""
    fields = {"command": "/hakawati", "text": text, "user_id": "U0MAYA", "team_id": "T0QAMAR"}
    return urlencode(fields | {"channel_id": "D1", "trigger_id": "1.2"})


async def test_an_event_reaches_bolt_when_it_is_signed(client: EventsClient, bot: RecordingBot) -> None:
    answer = await client.post_signed(event_body("hello"))

    assert answer.status == 200
    assert bot.payloads[0]["event"]["text"] == "hello"


async def test_an_event_gets_500_when_its_handler_fails(client: EventsClient, bot: RecordingBot) -> None:
    bot.failures_left = 1

    assert (await client.post_signed(event_body())).status == 500
    assert (await client.post_signed(event_body())).status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"stamp": "soon"},
        {"stamp": "1e400"},
        {"stamp": "9" * 5000},
        {"stamp": -301},
        {"stamp": 1000},
        {"signature": "v0=00"},
        {"signature": "v0=é"},
    ],
    ids=[
        "a word",
        "no integer",
        "too many digits",
        "five minutes old",
        "from tomorrow",
        "another",
        "not ASCII",
    ],
)
async def test_a_request_gets_401_when_its_signature_does_not_fit(
    client: EventsClient, bot: RecordingBot, changed: dict[str, str | int]
) -> None:
    # A number counts seconds from the moment of sending, because earlier tests may take long.
    sent = {k: str(int(time.time()) + v) if isinstance(v, int) else v for k, v in changed.items()}
    answer = await client.post_signed(event_body(), **sent)

    assert answer.status == 401
    assert bot.payloads == []


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff\xfe", b"payload={}"])
async def test_a_request_gets_401_when_it_is_not_signed(
    client: EventsClient, bot: RecordingBot, body: bytes
) -> None:
    assert (await client.post_unsigned(body)).status == 401
    assert bot.payloads == []


async def test_a_request_gets_413_when_it_is_too_long(client: EventsClient, bot: RecordingBot) -> None:
    assert (await client.post_unsigned(b"x" * (MAX_BODY_BYTES + 1))).status == 413
    assert bot.payloads == []


@pytest.mark.parametrize("body", ["{", "[1]", '"text"', "payload=%7B", "{}x", '{"type": "url_verification"}'])
async def test_a_request_never_gets_500_when_it_is_signed_nonsense(client: EventsClient, body: str) -> None:
    for kind in ("application/json", FORM_CONTENT_TYPE):
        assert (await client.post_signed(body, kind)).status in (400, 404)


async def test_the_challenge_is_returned_when_slack_verifies_the_address(
    client: EventsClient, bot: RecordingBot
) -> None:
    answer = await client.post_signed('{"token": "t", "challenge": "3eZbrw1aB", "type": "url_verification"}')

    assert (answer.status, await answer.json()) == (200, {"challenge": "3eZbrw1aB"})
    assert bot.payloads == []


async def test_a_message_is_never_taken_for_the_challenge(client: EventsClient, bot: RecordingBot) -> None:
    await client.post_signed(event_body('{"type": "url_verification", "challenge": "x"}'))

    assert len(bot.payloads) == 1


async def test_the_certificate_check_gets_200_when_it_is_not_signed(
    client: EventsClient, bot: RecordingBot
) -> None:
    answer = await client.post_unsigned(b"ssl_check=1&token=t", FORM_CONTENT_TYPE)

    assert answer.status == 200
    assert bot.payloads == []


@pytest.mark.parametrize("text", ["x&ssl_check=1&y", "&ssl_check=1"])
async def test_a_message_is_never_taken_for_the_certificate_check(
    client: EventsClient, bot: RecordingBot, text: str
) -> None:
    await client.post_signed(event_body(text))
    await client.post_signed(command_body(text), FORM_CONTENT_TYPE)

    assert [body.get("text") or body["event"]["text"] for body in bot.payloads] == [text, text]
    assert (await client.post_unsigned(event_body(text).encode())).status == 401


@pytest.mark.parametrize("text", ["my payload", "payload=1", "payload", "&payload=x", "حمولة payload"])
async def test_a_command_reaches_bolt_when_it_says_payload(
    client: EventsClient, bot: RecordingBot, text: str
) -> None:
    answer = await client.post_signed(command_body(text), FORM_CONTENT_TYPE)

    assert answer.status == 200
    assert bot.payloads[0]["text"] == text


async def test_a_click_reaches_bolt_when_its_button_says_payload(
    client: EventsClient, bot: RecordingBot
) -> None:
    button = {"type": "button", "action_id": "draft:choose", "block_id": "b", "value": "payload=payload"}
    body = {
        "type": "block_actions",
        "user": {"id": "U0MAYA"},
        "team": {"id": "T0QAMAR"},
        "actions": [button],
    }

    answer = await client.post_signed(urlencode({"payload": json.dumps(body)}), FORM_CONTENT_TYPE)

    assert answer.status == 200
    assert bot.payloads[0]["actions"][0]["value"] == "payload=payload"


@given(st.dictionaries(st.text(min_size=1).filter(lambda name: name != "payload"), st.text()))
def test_a_form_means_the_same_when_it_was_repaired(fields: dict[str, str]) -> None:
    fields["text"] = fields.get("text", "") + " payload"

    assert parse_body(escape_payload_word(urlencode(fields)), FORM_CONTENT_TYPE) == fields


async def test_health_is_200_when_all_is_well_and_503_when_not(
    client: EventsClient, bot: RecordingBot
) -> None:
    well = await client.get_health()
    bot.reports_healthy = False
    ill = await client.get_health()

    assert (well.status, await well.json()) == (
        200,
        {"ok": True, "mode": "http", "database": True, "last_frame_seconds": None},
    )
    assert (ill.status, (await ill.json())["ok"]) == (503, False)
