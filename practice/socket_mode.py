"""The Socket Mode transport: up to ten connections, any one of which gets an envelope."""

import asyncio
import contextlib
import json
import secrets
import uuid

import aiohttp
from aiohttp import web

from practice.config import AppConfig, Timings
from practice.delivery import Ack, DeliveryRequest
from practice.faults import FaultScript
from practice.payloads import Json, as_object, as_text

MAX_CONNECTIONS = 10
CONNECTION_SECONDS = 3600


class SocketModeTransport:
    """Transport that holds the bot's connections, sends envelopes and waits for their acknowledgements."""

    def __init__(self, app: AppConfig, app_id: str, timings: Timings, faults: FaultScript) -> None:
        self._app = app
        self._app_id = app_id
        self._timings = timings
        self._faults = faults
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._silent: set[web.WebSocketResponse] = set()
        self._send_count = 0
        self._pending_acks: dict[str, asyncio.Future[Json]] = {}
        self.connected = asyncio.Event()
        self.url = ""

    @property
    def connection_count(self) -> int:
        """The number of connections the bot holds."""
        return len(self._sockets)

    def issue_url(self) -> str:
        """Return the temporary URL that apps.connections.open answers."""
        if self._faults.take_for_delivery("dead_socket_url"):
            return "ws://127.0.0.1:9/socket?ticket=dead"
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return f"{self.url.replace('http', 'ws', 1)}/socket?ticket={ticket}&app_id={self._app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection of the bot until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=1.0, max_msg_size=2**22)
        await socket.prepare(request)
        if len(self._sockets) >= MAX_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        if self._faults.take_for_delivery("silent_socket"):
            self._silent.add(socket)
        else:
            await socket.send_json(self._hello_message())
        self._sockets.append(socket)
        self.connected.set()
        try:
            await self._listen(socket)
        finally:
            self._remove(socket)
        return socket

    async def send(self, request: DeliveryRequest) -> Ack:
        """Send one envelope over one of the connections and wait for its acknowledgement."""
        if not self._sockets:
            return Ack(False, "no_connection")
        self._send_count += 1
        socket = self._sockets[self._send_count % len(self._sockets)]
        envelope = self._envelope(request)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._pending_acks[envelope["envelope_id"]] = answer
        try:
            if socket not in self._silent:
                await socket.send_str(json.dumps(envelope))
            received = await asyncio.wait_for(answer, self._timings.ack)
        except TimeoutError:
            return Ack(False, "timeout")
        except (ConnectionError, RuntimeError, aiohttp.ClientError):
            return Ack(False, "connection_failed")
        finally:
            self._pending_acks.pop(envelope["envelope_id"], None)
        return Ack(True, "ok", received.get("payload"))

    async def disconnect(self, reason: str, *, close: bool = True) -> None:
        """Ask every connection to disconnect, as Slack does to refresh them."""
        for socket in list(self._sockets):
            with contextlib.suppress(ConnectionError, RuntimeError):
                await socket.send_json(
                    {"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}}
                )
                if close:
                    await socket.close()

    def stop_answering(self) -> None:
        """Stop answering on the existing connections, even to pings."""
        self._silent.update(self._sockets)

    async def stop(self) -> None:
        """Close every connection."""
        for socket in list(self._sockets):
            with contextlib.suppress(ConnectionError, RuntimeError):
                await socket.close(code=aiohttp.WSCloseCode.GOING_AWAY)

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if socket in self._silent:
                continue
            if message.type is aiohttp.WSMsgType.PING:
                with contextlib.suppress(ConnectionError, RuntimeError):
                    await socket.pong(message.data)
            elif message.type is aiohttp.WSMsgType.TEXT:
                self._resolve_ack(message.data)

    def _resolve_ack(self, raw: str) -> None:
        try:
            answer = as_object(json.loads(raw))
        except ValueError:
            return
        waiting = self._pending_acks.get(as_text(answer.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def _remove(self, socket: web.WebSocketResponse) -> None:
        self._sockets.remove(socket)
        self._silent.discard(socket)
        if not self._sockets:
            self.connected.clear()

    def _hello_message(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets) + 1,
            "debug_info": {"host": "practice", "approximate_connection_time": CONNECTION_SECONDS},
            "connection_info": {"app_id": self._app_id},
        }

    def _envelope(self, request: DeliveryRequest) -> Json:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": request.kind,
            "accepts_response_payload": request.kind != "events_api",
            "payload": request.payload,
        }
        if request.kind == "events_api":
            envelope |= {"retry_attempt": request.attempt, "retry_reason": request.reason}
        return envelope
