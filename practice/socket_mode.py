"""The Socket Mode door: up to ten connections, and each envelope goes to any one of them."""

import asyncio
import contextlib
import json
import secrets
import uuid

import aiohttp
from aiohttp import web

from practice.config import AppConfig, Timings
from practice.delivery import Ack, Parcel
from practice.faults import Faults
from practice.payloads import Json, as_object, as_text

MOST_CONNECTIONS = 10
CONNECTION_SECONDS = 3600


class SocketDoor:
    """Holds the bot's connections, sends envelopes and waits for each to be acknowledged."""

    def __init__(self, app: AppConfig, app_id: str, timings: Timings, faults: Faults) -> None:
        self._app = app
        self._app_id = app_id
        self._timings = timings
        self._faults = faults
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._silent: set[web.WebSocketResponse] = set()
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self.connected = asyncio.Event()
        self.url = ""

    @property
    def connections(self) -> int:
        """Say how many connections the bot holds."""
        return len(self._sockets)

    def open(self) -> str:
        """Give the temporary address that apps.connections.open answers."""
        if self._faults.for_delivery("dead_socket_url"):
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
        if len(self._sockets) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        if self._faults.for_delivery("silent_socket"):
            self._silent.add(socket)
        else:
            await socket.send_json(self._hello())
        self._sockets.append(socket)
        self.connected.set()
        try:
            await self._listen(socket)
        finally:
            self._forget(socket)
        return socket

    async def send(self, parcel: Parcel) -> Ack:
        """Send one envelope to one of the connections and wait for its acknowledgement."""
        if not self._sockets:
            return Ack(False, "no_connection")
        self._turn += 1
        socket = self._sockets[self._turn % len(self._sockets)]
        envelope = self._envelope(parcel)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        try:
            if socket not in self._silent:
                await socket.send_str(json.dumps(envelope))
            received = await asyncio.wait_for(answer, self._timings.ack)
        except TimeoutError:
            return Ack(False, "timeout")
        except (ConnectionError, RuntimeError, aiohttp.ClientError):
            return Ack(False, "connection_failed")
        finally:
            self._waiting.pop(envelope["envelope_id"], None)
        return Ack(True, "ok", received.get("payload"))

    async def disconnect(self, reason: str, *, close: bool = True) -> None:
        """Tell every connection to go, as Slack does when it refreshes them."""
        for socket in list(self._sockets):
            with contextlib.suppress(ConnectionError, RuntimeError):
                await socket.send_json(
                    {"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}}
                )
                if close:
                    await socket.close()

    def fall_silent(self) -> None:
        """Say nothing more on the connections there are, not even pong."""
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
                self._acknowledge(message.data)

    def _acknowledge(self, raw: str) -> None:
        try:
            answer = as_object(json.loads(raw))
        except ValueError:
            return
        waiting = self._waiting.get(as_text(answer.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def _forget(self, socket: web.WebSocketResponse) -> None:
        self._sockets.remove(socket)
        self._silent.discard(socket)
        if not self._sockets:
            self.connected.clear()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets) + 1,
            "debug_info": {"host": "practice", "approximate_connection_time": CONNECTION_SECONDS},
            "connection_info": {"app_id": self._app_id},
        }

    def _envelope(self, parcel: Parcel) -> Json:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": parcel.kind,
            "accepts_response_payload": parcel.kind != "events_api",
            "payload": parcel.payload,
        }
        if parcel.kind == "events_api":
            envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
        return envelope
