"""The floors for clicks: Bolt apps that do nothing but ack, stock and tuned.

`python -m bench.bolt <port>` serves the tuned app alone; it imports none of the bot's code.
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
    """Return our identity without calling Slack."""
    return AUTHORIZATION


async def ack_only(ack: AsyncAck) -> None:
    """Ack and do nothing else."""
    await ack()


def stock_bolt_app(api_url: str) -> web.Application:
    """Return Bolt with its default settings, behind its own server."""
    app = AsyncApp(signing_secret=SECRET, client=AsyncWebClient(TOKEN, base_url=api_url))
    app.action(ANY_ACTION)(ack_only)
    return app.server(port=0).web_app


def bare_bolt_app() -> web.Application:
    """Return Bolt that answers after its listener, without `auth.test`, behind a minimal server."""
    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)
    bolt.action(ANY_ACTION)(ack_only)

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    application = web.Application()
    application.router.add_post("/slack/events", events)
    return application


if __name__ == "__main__":
    web.run_app(bare_bolt_app(), host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
