"""Somebody did something: every id is looked up in one table, and every call is acked when its handler is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.errors import BotError
from bot.handlers import (
    cards,
    commands,
    delivery,
    directory,
    drafts,
    home,
    invitations,
    messages,
    preferences,
    programme,
    stories,
    waves,
)
from bot.handlers import errors as problems
from bot.handlers.interaction import Call, Handler, Kind, Reply, call_from
from bot.rules.teams import is_addressed_to
from bot.services import Services
from bot.workflows.people.affiliations import verify_sender

log = structlog.get_logger(__name__)
MODULES = (
    cards,
    commands,
    delivery,
    drafts,
    home,
    invitations,
    messages,
    preferences,
    directory,
    programme,
    stories,
    waves,
)
ANY = re.compile("")


def table() -> dict[Kind, dict[str, Handler]]:
    """Every id that something answers, by kind: one dictionary made of the modules' own."""
    routes: dict[Kind, dict[str, Handler]] = {}
    for module in MODULES:
        for kind, entries in module.ROUTES.items():
            for name, handler in entries.items():
                if routes.setdefault(kind, {}).setdefault(name, handler) is not handler:
                    raise ValueError(f"two handlers for {kind} {name}")
    return routes


def register(app: AsyncApp, services: Services) -> None:
    """One listener for each kind of call."""
    routes = table()

    def listener(kind: Kind) -> Any:
        async def listen(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
            if not is_addressed_to(services.team, kind, body):
                log.warning("call.of_another_workspace", kind=kind, team=context.team_id)
                await ack()
                return
            call = call_from(kind, body, services, retry=bool(context.get("retry")))
            await _answer(ack, call, routes.get(kind, {}).get(call.id))

        return listen

    app.action(ANY)(listener("action"))
    app.view_submission(ANY)(listener("submission"))
    app.view_closed(ANY)(listener("closed"))
    app.command(ANY)(listener("command"))
    app.shortcut(ANY)(listener("shortcut"))
    app.event(ANY)(listener("event"))


async def _answer(ack: AsyncAck, call: Call, handler: Handler | None) -> None:
    """Run the handler and tell Slack: 200 for an answer or an expected error, 500 for an event gone wrong."""
    call.services.crash.reached("received")
    if handler is None:
        log.info("call.unrouted", call=f"{call.kind} {call.id}")
        await ack()
        return
    reply: Reply
    try:
        if call.who.user != call.services.workspace.bot_user_id:
            await verify_sender(call.services, call.who, call.claimed)
        reply = await handler(call)
    except BotError as problem:
        reply = await problems.tell(call, problem)
    except Exception as problem:  # the outer edge of a call: named for the person, traced in the log
        reply = await problems.apologise(call, problem)
        if call.kind == "event":
            raise
    await _ack(ack, reply)


async def _ack(ack: AsyncAck, reply: Reply) -> None:
    if isinstance(reply, Mapping):
        await ack(**reply)
    elif reply:
        await ack(text=reply)
    else:
        await ack()
