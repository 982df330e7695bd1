"""Requests as Slack sends them: signed clicks and events, as raw HTTP bytes."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

from bench.bolt import SECRET, TEAM
from bench.people import Writer
from bot import ids
from bot.payloads import QuestionPayload
from db.models.drafts import DraftStep, Question

BODY_SIZE = 2400
"""Size of a click's body in bytes, as Slack sends it for a short message."""
CARD_PAGE = Question(DraftStep.LINES, "1")


def card_clicks(writers: list[Writer]) -> Iterator[bytes]:
    """Yield form bodies of clicks on the first page of cards."""
    return (form_body(click) for click in _card_click_payloads(writers))


def click_envelopes(writers: list[Writer]) -> Iterator[dict[str, Any]]:
    """Yield the same clicks as Socket Mode envelopes."""
    for number, click in enumerate(_card_click_payloads(writers)):
        form_body(click)  # pads the message's text
        yield {
            "envelope_id": f"{number:032x}",
            "type": "interactive",
            "accepts_response_payload": False,
            "payload": click,
        }


def _card_click_payloads(writers: list[Writer]) -> Iterator[dict[str, Any]]:
    """Yield clicks of one person after another, each keeping a card or dropping one kept before."""
    for round_number in itertools.count():
        choice = "keep" if round_number % 2 == 0 else "leave"
        for writer in writers:
            card = writer.cards[round_number // 2 % len(writer.cards)]
            value = QuestionPayload(writer.draft, CARD_PAGE, choice, card).pack()
            yield _click_payload(writer, ids.suffixed_action_id(ids.CHOICE_PRESS, f"{choice}.{card}"), value)


def message_events(writers: list[Writer]) -> Iterator[bytes]:
    """Yield message events of another bot, which the bot ignores: what remains is finding the listener."""
    for number in itertools.count():
        writer = writers[number % len(writers)]
        event = {
            "type": "message",
            "subtype": "bot_message",
            "bot_id": "B0ANOTHER",
            "user": writer.user,
            "channel": writer.channel,
            "channel_type": "im",
            "ts": _ts(number),
            "text": "x" * (BODY_SIZE // 2),
        }
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0HAKAWATI",
            "event_id": f"Ev{number:010}",
            "event_time": int(time.time()),
            "event": event,
        }
        yield json.dumps(body).encode()


def signed_request(body: bytes, port: int) -> bytes:
    """Return the body as an HTTP request, signed as of now."""
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\nUser-Agent: Slackbot 1.0\r\nAccept: */*\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body


def form_body(payload: dict[str, Any]) -> bytes:
    """Return an interaction as Slack posts it, its message's text padded to the usual body size."""
    short = f"payload={quote_plus(json.dumps(payload))}"
    payload["message"]["text"] = "x" * max(0, BODY_SIZE - len(short))
    return f"payload={quote_plus(json.dumps(payload))}".encode()


def _click_payload(writer: Writer, action_id: str, value: str) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": {"id": writer.user, "username": writer.user, "name": writer.user, "team_id": TEAM},
        "api_app_id": "A0HAKAWATI",
        "token": "not-used-any-more",
        "container": {
            "type": "message",
            "message_ts": writer.ts,
            "channel_id": writer.channel,
            "is_ephemeral": False,
        },
        "trigger_id": "1234567890123.1234567890123.0123456789abcdef0123456789abcdef",
        "team": {"id": TEAM, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": writer.channel, "name": "directmessage"},
        "message": {
            "type": "message",
            "user": "U0HAKAWATI",
            "ts": writer.ts,
            "bot_id": "B0HAKAWATI",
            "text": "",
        },
        "state": {"values": {}},
        "response_url": f"https://hooks.example/actions/{TEAM}/1234567890123/0123456789abcdefghijklmn",
        "actions": [
            {
                "action_id": action_id,
                "block_id": "b1",
                "text": {"type": "plain_text", "text": "That's me", "emoji": True},
                "value": value,
                "type": "button",
                "action_ts": "1700000000.123456",
            }
        ],
    }


def _ts(number: int) -> str:
    return f"{1_700_000_000 + number}.000100"
