"""What the bot is measured against: Bolt that does nothing, as it comes and as fast as it can be set up.

`python -m bench.bolt <port>` serves the fast one by itself; nothing of ours is imported for it.
"""

from __future__ import annotations

import re
import sys

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

ANY_ACTION = re.compile("")
TEAM = "T0BENCH"
TOKEN = "xoxb-bench"
APP_TOKEN = "xapp-bench"
SECRET = "a-signing-secret-of-the-benchmarks"
AUTHORIZATION = AuthorizeResult(
    enterprise_id=None, team_id=TEAM, bot_id="B0HAKAWATI", bot_user_id="U0HAKAWATI", bot_token=TOKEN
)


async def authorize() -> AuthorizeResult:
    """Who we are, without asking anybody."""
    return AUTHORIZATION


async def ack_only(ack: AsyncAck) -> None:
    """A listener that only acks."""
    await ack()


def stock_bolt_app(api_url: str) -> web.Application:
    """Bolt as it comes, behind its own server."""
    app = AsyncApp(signing_secret=SECRET, client=AsyncWebClient(TOKEN, base_url=api_url))
    app.action(ANY_ACTION)(ack_only)
    return app.server(port=0).web_app


def bare_bolt_app() -> web.Application:
    """Bolt that answers when the listener is done and asks nobody who we are, behind the smallest door."""
    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)
    bolt.action(ANY_ACTION)(ack_only)

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    application = web.Application()
    application.router.add_post("/slack/events", events)
    return application


if __name__ == "__main__":
    web.run_app(bare_bolt_app(), host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
