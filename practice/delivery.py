"""Delivery of events, clicks and commands to the bot: signed HTTP or Socket Mode, with Slack's retries."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from practice.config import AppConfig, Timings
from practice.faults import FaultScript
from practice.journal import Journal
from practice.payloads import Json, as_object


@dataclass(frozen=True)
class Ack:
    """The bot's answer; `delivered` means that it was valid and in time."""

    delivered: bool
    status: str
    body: Any = None
    retry: bool = True


@dataclass(frozen=True)
class DeliveryRequest:
    """One delivery; `kind` is events_api, interactive or slash_commands."""

    kind: str
    payload: Json
    attempt: int = 0
    reason: str = ""


class Transport(Protocol):
    """A connection to the bot."""

    async def send(self, request: DeliveryRequest) -> Ack:
        """Send one request and return the answer."""


class Delivery:
    """Sender that picks the transport, retries failures, applies scripted faults and writes the journal."""

    def __init__(self, app: AppConfig, timings: Timings, faults: FaultScript, journal: Journal) -> None:
        self._app = app
        self._timings = timings
        self._faults = faults
        self._journal = journal
        self._tasks: set[asyncio.Task[None]] = set()
        self._reordered: list[DeliveryRequest] = []
        self.transports: dict[str, Transport] = {}

    async def send_interaction(self, request: DeliveryRequest) -> Ack:
        """Send a click, submission or command, once; Slack doesn't retry these."""
        return await self._send_once(request)

    def send_event(self, envelope: Json) -> None:
        """Send an event in the background, with retries."""
        kind = str(as_object(envelope.get("event")).get("type", envelope.get("type")))
        request = DeliveryRequest("events_api", envelope)
        if self._faults.take_for_delivery("reorder", kind):
            self._reordered.append(request)
            return
        if self._faults.take_for_delivery("lose", kind):
            self._journal.record_delivery("event", _journal_ids(request), 0)["status"] = "lost by script"
            return
        duplicate = self._faults.take_for_delivery("duplicate", kind)
        delay = self._faults.take_for_delivery("delay", kind)
        delay_seconds = delay.ms / 1000 if delay else 0.0
        earlier = [
            self._start_task(self._send_with_retries(request, delay_seconds))
            for _ in range(1 + (duplicate.times if duplicate else 0))
        ]
        held_back, self._reordered = self._reordered, []
        for late in held_back:
            self._start_task(self._send_after(earlier, late))

    async def wait_until_idle(self) -> None:
        """Wait until no event is in flight."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        """Cancel every delivery in flight."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send_with_retries(self, request: DeliveryRequest, delay: float) -> None:
        await asyncio.sleep(delay)
        ack = await self._send_once(request)
        for number, delay_seconds in enumerate(self._timings.retry_delays, start=1):
            if ack.delivered or not ack.retry:
                return
            await asyncio.sleep(delay_seconds)
            ack = await self._send_once(DeliveryRequest(request.kind, request.payload, number, ack.status))

    async def _send_after(self, earlier: list[asyncio.Task[None]], request: DeliveryRequest) -> None:
        """Send a held_back-back event once the bot has answered the others, or hasn't within the ack time."""
        await asyncio.wait(earlier, timeout=self._timings.ack)
        await self._send_with_retries(request, 0.0)

    async def _send_once(self, request: DeliveryRequest) -> Ack:
        entry = self._journal.record_delivery(request.kind, _journal_ids(request), request.attempt)
        ack = await self.transports[self._app.transport].send(request)
        entry["status"] = ack.status
        entry["answered_at"] = datetime.now(UTC).isoformat()
        return ack

    def _start_task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _journal_ids(request: DeliveryRequest) -> Json:
    payload = request.payload
    event = as_object(payload.get("event"))
    ids = {
        "event_id": payload.get("event_id"),
        "type": event.get("type") or payload.get("type") or payload.get("command"),
        "subtype": event.get("subtype"),
        "ts": event.get("ts"),
        "channel": event.get("channel") if isinstance(event.get("channel"), str) else None,
        "user": _user_id_in(event) or _user_id_in(payload) or payload.get("user_id"),
        "action_ids": [action.get("action_id") for action in payload.get("actions", [])] or None,
        "callback_id": payload.get("callback_id") or as_object(payload.get("view")).get("callback_id"),
    }
    return {key: value for key, value in ids.items() if value}


def _user_id_in(source: Json) -> str:
    """Return the id of the acting user; some events carry the whole user object."""
    user = source.get("user")
    return user if isinstance(user, str) else str(as_object(user).get("id", ""))
