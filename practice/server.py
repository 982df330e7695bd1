"""The workspace as a server: one process, one loopback port, for the bot, the page and the tests."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from practice import company as companies
from practice.company import Company
from practice.config import AppConfig, Timings
from practice.files import File
from practice.gestures.server import HumanApi
from practice.payloads import Json, SlackError
from practice.persistence import Persistence
from practice.response_urls import apply_response
from practice.web_api.server import WebApiServer
from practice.world import World

HOST = "127.0.0.1"
ALLOWED_HOSTS = frozenset({HOST, "localhost"})
MAX_BODY_BYTES = 32 * 2**20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PAGE_FOLDER = Path(__file__).parent / "page"


@web.middleware
async def refuse_foreign_origins(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests from other sites' pages, recognized by their Origin or a forged host name."""
    host = request.host.partition(":")[0]
    origin = request.headers.get("Origin")
    if host not in ALLOWED_HOSTS or (origin is not None and origin != f"http://{request.host}"):
        return web.json_response(
            {"ok": False, "error": "This workspace answers this machine only."}, status=403
        )
    return await handler(request)


class Workspace:
    """A practice workspace: start it, give the bot its URL, stop it."""

    def __init__(
        self, company: Company, app: AppConfig, timings: Timings | None = None, state_file: Path | None = None
    ) -> None:
        self.world = World(company, app, timings or Timings())
        self.app = app
        self.url = ""
        self._api = WebApiServer(self.world)
        self._human_api = HumanApi(self.world)
        self._runner: web.AppRunner | None = None
        self._persistence = Persistence(self.world, state_file) if state_file else None

    async def start(self, port: int = 0) -> str:
        """Listen on the loopback address and return the URL; port 0 takes any free port."""
        if self._persistence is not None:
            self._persistence.start()
        server = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[refuse_foreign_origins])
        server.add_routes(self._routes())
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        self.url = f"http://{HOST}:{self._runner.addresses[0][1]}"
        self.world.url = self.world.socket.url = self.url
        return self.url

    async def stop(self) -> None:
        """Close everything and stop listening."""
        self._api.stop()
        self.world.clock.release_waiters()
        self.world.push.close()
        await self.world.delivery.stop()
        await self.world.socket.stop()
        await self.world.http.stop()
        if self._runner is not None:
            await self._runner.cleanup()
        if self._persistence is not None:
            await self._persistence.stop()

    async def wait_until_connected(self) -> None:
        """Wait until the bot holds a Socket Mode connection; return at once over HTTP."""
        if self.app.transport == "socket":
            await self.world.socket.connected.wait()

    def _routes(self) -> list[web.RouteDef | web.StaticDef]:
        routes: list[web.RouteDef | web.StaticDef] = [
            web.post("/api/{method}", self._api.serve),
            web.get("/api/{method}", self._api.serve, allow_head=False),
            web.post("/upload/{file}", self._upload),
            web.get("/files/{file}/{name}", self._download),
            web.post("/response/{url}", self._respond),
            web.get("/socket", self.world.socket.serve, allow_head=False),
            web.get("/clock", self._clock),
            web.get("/human/live", self._human_api.serve_push, allow_head=False),
            web.post("/human/{gesture}", self._human_api.serve_gesture),
            web.get("/human/{view}", self._human_api.serve_client_view),
            web.get("/static/emoji.json", self._emoji),
            web.get("/", self._page),
        ]
        if PAGE_FOLDER.is_dir():
            routes.append(web.static("/static", PAGE_FOLDER))
        return routes

    async def _clock(self, request: web.Request) -> web.Response:
        seen, done = request.query.get("seen", ""), request.query.get("done", "")
        if done.isdecimal():
            self.world.clock.confirm_version(int(done))
        if seen.isdecimal():
            await self.world.clock.wait_for_change(int(seen), self.world.timings.long_poll)
        return web.json_response(self.world.clock.as_response())

    async def _page(self, request: web.Request) -> web.StreamResponse:
        page = PAGE_FOLDER / "index.html"
        if not page.is_file():
            return web.Response(text="This practice workspace has no page.", status=404)
        return web.FileResponse(page)

    async def _emoji(self, request: web.Request) -> web.StreamResponse:
        headers = {"Cache-Control": "max-age=86400"}
        return web.FileResponse(Path(__file__).parent / "emoji.json", headers=headers)

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.world.files.find(request.match_info["file"])
        if file is None or file.uploaded:
            return web.Response(text="no such upload", status=404)
        content = await _read_upload(request)
        if len(content) != file.length:
            return web.Response(text=f"expected {file.length} bytes", status=400)
        file.content, file.uploaded = content, True
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.Response:
        file: File | None = self.world.files.find(request.match_info["file"])
        if file is None or not file.uploaded:
            return web.Response(text="no such file", status=404)
        # Shared files are shown, never run: no scripts, no sniffing of types.
        headers = {
            "Content-Type": file.mimetype,
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        }
        return web.Response(body=file.content, headers=headers)

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            body: Any = json.loads(await request.text())
        except (ValueError, LookupError, RecursionError):
            body = None
        if not isinstance(body, dict):
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        name = request.match_info["url"]
        try:
            apply_response(self.world, self.world.response_urls.consume(name), body)
        except SlackError as problem:
            self.world.journal.record_call("response_url", body, problem.as_response(), "refused")
            return web.json_response(
                problem.as_response(), status=404 if problem.code.endswith("_url") else 400
            )
        answer: Json = {"ok": True}
        self.world.journal.record_call("response_url", body, answer, "accepted")
        return web.json_response(answer)


async def _read_upload(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for part in form.values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""


def build_workspace(
    manifest: Json,
    *,
    company: Company | None = None,
    timings: Timings | None = None,
    state_file: Path | None = None,
    **installation: Any,
) -> Workspace:
    """Return a workspace with the app of this manifest installed; more keywords as in `from_manifest`.

    With a `state_file`, a restarted workspace shows the old conversation.
    """
    app = AppConfig.from_manifest(manifest, **installation)
    return Workspace(company or companies.load_company(), app, timings, state_file)
