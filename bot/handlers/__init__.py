"""The dispatch of all interactions: one table of routes, and an ack when the handler has returned."""

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
from bot.handlers.interaction import AckReply, Handler, Interaction, InteractionKind, parse_interaction
from bot.rules.teams import is_addressed_to
from bot.services import Services
from bot.workflows.people.affiliations import verify_sender

log = structlog.get_logger(__name__)
HANDLER_MODULES = (
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
MATCH_ANY = re.compile("")


def build_routes() -> dict[InteractionKind, dict[str, Handler]]:
    """Return the handler of every id, by kind, from the tables of all modules."""
    routes: dict[InteractionKind, dict[str, Handler]] = {}
    for module in HANDLER_MODULES:
        for kind, entries in module.ROUTES.items():
            for name, handler in entries.items():
                if routes.setdefault(kind, {}).setdefault(name, handler) is not handler:
                    raise ValueError(f"two handlers for {kind} {name}")
    return routes


def register(app: AsyncApp, services: Services) -> None:
    """Register one listener for each kind of interaction."""
    routes = build_routes()

    def listener(kind: InteractionKind) -> Any:
        async def listen(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
            if not is_addressed_to(services.team, kind, body):
                log.warning("call.of_another_workspace", kind=kind, team=context.team_id)
                await ack()
                return
            interaction = parse_interaction(kind, body, services, retry=bool(context.get("retry")))
            await _run_handler(ack, interaction, routes.get(kind, {}).get(interaction.id))

        return listen

    app.action(MATCH_ANY)(listener("action"))
    app.view_submission(MATCH_ANY)(listener("submission"))
    app.view_closed(MATCH_ANY)(listener("closed"))
    app.command(MATCH_ANY)(listener("command"))
    app.shortcut(MATCH_ANY)(listener("shortcut"))
    app.event(MATCH_ANY)(listener("event"))


async def _run_handler(ack: AsyncAck, interaction: Interaction, handler: Handler | None) -> None:
    """Run the handler and answer Slack: 200 for a reply or an expected error, 500 for an event that failed."""
    interaction.services.crash_points.maybe_crash_at("received")
    if handler is None:
        log.info("call.unrouted", call=f"{interaction.kind} {interaction.id}")
        await ack()
        return
    reply: AckReply
    try:
        if interaction.who.user != interaction.services.workspace.bot_user_id:
            await verify_sender(interaction.services, interaction.who, interaction.claimed_ids)
        reply = await handler(interaction)
    except BotError as problem:
        reply = await problems.answer_expected_error(interaction, problem)
    except Exception as problem:  # the outer edge: a reference for the person, a trace in the log
        reply = await problems.log_and_answer_unexpected_error(interaction, problem)
        if interaction.kind == "event":
            raise
    await _send_ack(ack, reply)


async def _send_ack(ack: AsyncAck, reply: AckReply) -> None:
    if isinstance(reply, Mapping):
        await ack(**reply)
    elif reply:
        await ack(text=reply)
    else:
        await ack()
