"""One turn of the conversation: load the draft, decide what follows, and save it; showing it comes afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.advance import advance
from bot.conversation.dealing import assigned_row, deal_cards
from bot.conversation.turns import (
    AskQuestion,
    ButtonPressed,
    CardsDealt,
    MessageDeleted,
    MessageEdited,
    MessageRestored,
    MessagesStopped,
    MisreadAsAnswer,
    NeedsDeal,
    Remark,
    Turn,
    UserAction,
)
from bot.errors import DraftNotFoundError, UnknownMemberSignal
from bot.services import Services, UserRef
from bot.workflows.people.members import (
    ensure_member,
    refuse_outsider,
    require_fresh_member,
    texts_for,
)
from bot.workflows.preferences.opt_out import store_stop_and_plan_confirmation
from bot.workflows.stories.context import (
    TurnContext,
    TurnOutcome,
    load_full_material,
    load_material,
    needs_text_checks,
)
from bot.workflows.stories.save import save_turn
from db.models import CardAssignment, PersonWithDraft, StoredDraft
from db.models.drafts import CardDeal, Draft, DraftStatus
from db.queries import cards, drafts

DEAL_SEED = 20_261
"""The seed of the blocks in which the rows of the first screen are dealt."""

Interpreter = Callable[[TurnContext], UserAction]
"""Says what a message means, once its author's draft is known."""

_ACTIONS_TO_VERIFY = (ButtonPressed, MessageRestored)
"""Actions whose author no handler has verified: the buttons of the story."""
_ACTIONS_ON_STORIES_ASIDE = (MessageEdited, MessageDeleted, MessageRestored, MisreadAsAnswer)
"""Actions that also reach a story that was put aside: they're about words that it already has."""


@dataclass(frozen=True)
class TurnRequest:
    """What somebody did, and to which draft."""

    who: UserRef
    action: UserAction | Interpreter
    draft_id: str = ""
    """The draft that the button, modal or message belongs to; empty for the current one."""
    event: str = ""
    """The receipt of the event; empty for interactions, which Slack never repeats."""


async def take_turn(services: Services, request: TurnRequest) -> TurnOutcome:
    """Load the draft, decide, and save; `show_turn` shows the outcome afterwards.

    When `draft_id` is neither the current draft nor open to the action, the outcome is the current question.
    Raise DraftNotFoundError if there is no draft at all, RepeatedEventSignal if the event was processed before.
    """
    try:
        return await _take_turn(services, request, verify=isinstance(request.action, _ACTIONS_TO_VERIFY))
    except UnknownMemberSignal:
        # Rare: nearly every author is known. A transaction that checked this first made each click 20 % slower.
        await ensure_member(services, request.who)
        return await _take_turn(services, request, verify=False)


async def _take_turn(services: Services, request: TurnRequest, *, verify: bool) -> TurnOutcome:
    async with services.person_transaction(request.who, request.event) as connection:
        context = await _lock_turn_context(connection, services, request, verify=verify)
        if request.draft_id and context.draft.id != request.draft_id:
            return TurnOutcome(context, AskQuestion(context.draft, Remark.OUT_OF_TURN))
        action = request.action(context) if callable(request.action) else request.action
        context, turn = await _decide(connection, services, context, action)
        in_flight = isinstance(turn, MessagesStopped) and await store_stop_and_plan_confirmation(
            connection, services, request.who
        )
        await save_turn(connection, context, turn, at=services.clock.now())
        return TurnOutcome(context, turn, in_flight)


async def _lock_turn_context(
    connection: AsyncConnection, services: Services, request: TurnRequest, *, verify: bool
) -> TurnContext:
    """Lock the person with the requested draft, or with their current one if that draft isn't open to the action."""
    situation = await drafts.lock_person_and_current_draft(connection, request.who.team, request.who.user)
    if situation is None:
        raise UnknownMemberSignal if verify else DraftNotFoundError
    person = situation.person
    if verify:
        require_fresh_member(services, person)
    stored = await _find_requested_draft(connection, situation, request)
    if stored is None:
        raise DraftNotFoundError
    if not verify:
        refuse_outsider(person)
    material = await load_material(connection, services, person, stored.draft)
    return TurnContext(person, stored, material, texts_for(person))


async def _find_requested_draft(
    connection: AsyncConnection, situation: PersonWithDraft, request: TurnRequest
) -> StoredDraft | None:
    current, who = situation.current, request.who
    if not request.draft_id or (current is not None and current.draft.id == request.draft_id):
        return current
    found = await drafts.find_draft(connection, who.team, who.user, request.draft_id)
    reaches_aside = isinstance(request.action, _ACTIONS_ON_STORIES_ASIDE)
    if found is not None and (reaches_aside or found.draft.status is DraftStatus.FINISHED):
        return found
    return current


async def _decide(
    connection: AsyncConnection, services: Services, context: TurnContext, action: UserAction
) -> tuple[TurnContext, Turn]:
    """Decide what follows from the action, with the names of others if it leads to a text that is checked."""
    turn = advance(context.draft, action, context.material)
    if isinstance(turn, NeedsDeal):
        action = CardsDealt(await _draw_deal(connection, services, context))
        turn = advance(context.draft, action, context.material)
    if needs_text_checks(turn.draft) and not needs_text_checks(context.draft):
        # The action led to the text: what the checks know of others may decide what comes next.
        context = replace(context, material=await load_full_material(connection, services, context.person))
        turn = advance(context.draft, action, context.material)
    assert not isinstance(turn, NeedsDeal)
    return context, turn


async def _draw_deal(connection: AsyncConnection, services: Services, context: TurnContext) -> CardDeal:
    """Draw the first screen for this draft: in its segment's blocks, or outside them if it isn't counted."""
    draft, bank = context.draft, context.material.bank
    seed = secrets.randbits(31)
    if not draft.counted:
        return deal_cards(bank, secrets.randbelow(10), seed)
    n = await cards.take_next_assignment_number(connection, services.team, draft.segment)
    row = assigned_row(DEAL_SEED, n)
    assignment = CardAssignment(services.team, draft.id, draft.segment, n, row, seed, services.clock.now())
    await cards.add_card_assignment(connection, assignment)
    return deal_cards(bank, row, seed)


def new_draft() -> Draft:
    """Return a draft at the invitation, under an id that nobody can guess."""
    return Draft(id=secrets.token_hex(8))
