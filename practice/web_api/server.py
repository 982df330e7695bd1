"""HTTP handler of the Web API: parses calls, checks token and scopes, and applies scripted faults."""

import asyncio
import contextlib
import json
from typing import Any

from aiohttp import web

from practice.faults import FaultRule
from practice.payloads import Json, RateLimitedError, SlackError
from practice.web_api import METHODS
from practice.web_api.methods import ApiCall, CallArguments, Method
from practice.world import World

ERROR_PAGE = "<!DOCTYPE html><html><head><title>Server Error</title></head><body>Server Error</body></html>"
JSON_CONTENT_TYPES = ("application/json", "text/json")


class WebApiServer:
    """Handler of POST and GET /api/<method>."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Release every call that hangs by script."""
        self._stopping.set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or fail it as scripted."""
        name = request.match_info["method"]
        rule = self._world.faults.take_for_call(name)
        try:
            values = await read_args(request)
        except SlackError as problem:
            self._world.journal.record_call(name, {}, problem.as_response(), "refused")
            return web.json_response(problem.as_response())
        if rule is not None:
            broken = await self._fail_before(request, name, values, rule)
            if broken is not None:
                return broken
        lag = rule.seconds if rule is not None and rule.kind == "lag" else 0.0
        response = self._run_method(name, values, _token(request, values), lag=lag, rule=rule)
        if rule is not None and rule.kind.startswith("accept_then"):
            return await self._fail_after(request, rule)
        return response

    def _run_method(
        self, name: str, values: Json, token: str, *, lag: float, rule: FaultRule | None
    ) -> web.Response:
        call = ApiCall(self._world, CallArguments(values), history_lag=lag)
        status, headers = 200, {}
        try:
            found = self._authorized_method(name, token, call)
            answer = {"ok": True, **found.handler(call)}
            outcome = rule.kind if rule is not None and rule.kind.startswith("accept_then") else "accepted"
        except SlackError as problem:
            answer, outcome = problem.as_response(), "refused"
        except RateLimitedError as problem:
            answer, outcome, status = {"ok": False, "error": "ratelimited"}, "rate limited", 429
            headers["Retry-After"] = str(problem.retry_after)
        if name in METHODS and token == self._world.app.bot_token:
            headers["x-oauth-scopes"] = ",".join(sorted(self._world.app.scopes))
            headers["x-accepted-oauth-scopes"] = ",".join(METHODS[name].scopes)
        self._world.journal.record_call(name, values, answer, outcome)
        return web.json_response(answer, status=status, headers=headers)

    def _authorized_method(self, name: str, token: str, call: ApiCall) -> Method:
        found = METHODS.get(name)
        if found is None:
            raise SlackError("unknown_method", req_method=name)
        if found.token == "none":
            return found
        app = self._world.app
        if not token:
            raise SlackError("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise SlackError("invalid_auth")
        if not app.installed and token == app.bot_token:
            raise SlackError("token_revoked")
        kind = "app" if token == app.app_token else "bot"
        if found.token not in (kind, "any"):
            raise SlackError("not_allowed_token_type")
        if found.scopes and kind == "bot":
            call.require_scope(*found.scopes)
        return found

    async def _fail_before(
        self, request: web.Request, name: str, values: Json, rule: FaultRule
    ) -> web.Response | None:
        kind = rule.kind
        if kind == "slow":
            await self._wait(rule.ms / 1000)
            return None
        if kind == "lag" or kind.startswith("accept_then"):
            return None
        answer: Json = {"ok": False, "error": rule.error}
        if kind == "429":
            answer = {"ok": False, "error": "ratelimited"}
        self._world.journal.record_call(name, values, answer, kind)
        if kind in ("drop", "hang"):
            return await self._drop_connection(request, rule)
        if kind == "429":
            wait = str(max(1, round(rule.seconds)))
            return web.json_response(answer, status=429, headers={"Retry-After": wait})
        if kind == "html":
            return web.Response(text=ERROR_PAGE, content_type="text/html", status=200)
        if kind == "error":
            return web.json_response(answer)
        return web.Response(text=ERROR_PAGE, content_type="text/html", status=int(kind))

    async def _fail_after(self, request: web.Request, rule: FaultRule) -> web.Response:
        if rule.kind == "accept_then_500":
            return web.Response(text=ERROR_PAGE, content_type="text/html", status=500)
        return await self._drop_connection(request, rule)

    async def _drop_connection(self, request: web.Request, rule: FaultRule) -> web.Response:
        if rule.kind.endswith("hang"):
            await self._wait(rule.seconds or self._world.timings.hang_duration)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)


JSON_METHODS = frozenset(
    [
        "api.test",
        "apps.connections.open",
        "auth.test",
        "chat.delete",
        "chat.postMessage",
        "chat.update",
        "conversations.join",
        "conversations.open",
        "files.completeUploadExternal",
        "reactions.add",
        "reactions.remove",
        "views.open",
        "views.publish",
        "views.push",
        "views.update",
    ]
)
"""Methods that take JSON; Slack ignores JSON sent to the others."""


async def read_args(request: web.Request) -> Json:
    """Return the arguments of a call, from the query and from any body type that Slack accepts."""
    values: dict[str, Any] = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return values
    kind = request.content_type
    if kind in JSON_CONTENT_TYPES:
        sent = await _read_json(request)
        return values | (sent if request.match_info["method"] in JSON_METHODS else {})
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            form = await request.post()
        except (ValueError, LookupError) as problem:
            raise SlackError("invalid_form_data") from problem
        return values | {key: value for key, value in form.items() if isinstance(value, str)}
    if kind == "application/octet-stream" and not (await request.read()).strip():
        return values
    raise SlackError("invalid_post_type")


async def _read_json(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text())
    except (ValueError, LookupError, RecursionError) as problem:
        raise SlackError("invalid_json") from problem
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def _token(request: web.Request, values: Json) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return str(values.get("token") or "")
