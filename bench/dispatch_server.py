"""The bot's listeners alone: Bolt configured as in the bot, with all listeners or with those of one kind."""

from __future__ import annotations

from typing import Any, cast

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bench.bolt import SECRET, authorize
from bot import handlers
from bot.handlers.interaction import InteractionKind
from bot.services import Services
from bot.slack.middleware import set_retry_flag
from bot.web.health import Health
from bot.web.slack_events import slack_events_app


class _FilteredBolt:
    """Proxy of a Bolt app that registers the listener of one kind and drops the others."""

    def __init__(self, bolt: AsyncApp, kind: str) -> None:
        self._bolt = bolt
        self._kind = kind

    def __getattr__(self, kind: str) -> Any:
        wanted = {"submission": "view_submission", "closed": "view_closed"}.get(self._kind, self._kind)
        return getattr(self._bolt, kind) if kind == wanted else lambda _pattern: lambda listener: listener


def dispatch_application(services: Services, only: InteractionKind | None) -> web.Application:
    """Return our HTTP app and Bolt configured as in the bot, with all listeners or only the one of a kind."""
    bolt = AsyncApp(
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        url_verification_enabled=False,
        ssl_check_enabled=False,
    )
    bolt.use(set_retry_flag)
    # `register` only calls the methods that add listeners.
    handlers.register(bolt if only is None else cast(AsyncApp, _FilteredBolt(bolt, only)), services)

    async def check() -> Health:
        return Health(ok=True, mode="http", database=True)

    return slack_events_app(bolt, SignatureVerifier(SECRET), check)
