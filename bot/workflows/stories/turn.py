"""One turn of the drafting conversation: load, decide, save what follows from it, and show it afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import side_effects
from bot.conversation.advance import advance
from bot.conversation.dealing import assigned_row, deal_cards
from bot.conversation.turns import (
    AskQuestion,
    CardsDealt,
    InvitationDeclined,
    Material,
    MessagesStopped,
    Remark,
    Turn,
    UserAction,
)
from bot.errors import DraftNotFoundError, UnknownMemberSignal
from bot.i18n import Texts
from bot.services import Services, UserRef
from bot.views.stories.finish import consent_wording
from bot.workflows.delivery.follow_ups import plan_follow_ups
from bot.workflows.people.members import (
    check_membership,
    ensure_member,
    refuse_outsiders,
    texts_for,
)
from bot.workflows.preferences.opt_out import note_stop
from bot.workflows.stories.context import is_checked, load_full_material, load_material
from db.models import CardAssignment, CardChoice, CardExposure, Consent, Person, StoredDraft, StoryVersion
from db.models.drafts import CardDeal, Draft, DraftStatus, DraftStep, Question
from db.queries import choices, consents, deals, drafts, exposures, people, story_versions

_SEGMENT_QUESTION = Question(DraftStep.SEGMENT)
DEAL_SEED = 20_261
"""The seed of the blocks in which the rows of the first screen are dealt."""


UNDEALT = CardDeal(seed=0, row=-1, cards=())
"""Stands for a deal still to be drawn: which one is decided inside the turn."""


@dataclass(frozen=True)
class TurnContext:
    """What a turn stands on: the person, their draft as it lies in the database, the material, the words."""

    person: Person
    stored: StoredDraft
    material: Material
    texts: Texts

    @property
    def draft(self) -> Draft:
        """The draft before the turn."""
        return self.stored.draft


@dataclass(frozen=True)
class TurnOutcome:
    """A turn that has been saved, and what it stood on."""

    context: TurnContext
    turn: Turn
    has_message_in_flight: bool = False
    """Whether something was on its way to them when they stopped."""


async def ensure_member_and_take_turn(
    services: Services,
    who: UserRef,
    decide: Callable[[TurnContext], UserAction],
    *,
    draft_id: str,
    allow_aside: bool = False,
) -> TurnOutcome:
    """`take_turn`, by somebody who may have to be met first.

    Nearly always they are known, and the turn itself sees that when it loads them; looking for them
    in a transaction of its own made every click a fifth dearer.
    """
    try:
        return await take_turn(
            services, who, decide, draft_id=draft_id, known_only=True, allow_aside=allow_aside
        )
    except (UnknownMemberSignal, DraftNotFoundError):
        await ensure_member(services, who)
        return await take_turn(services, who, decide, draft_id=draft_id, allow_aside=allow_aside)


async def take_turn(
    services: Services,
    who: UserRef,
    decide: Callable[[TurnContext], UserAction],
    *,
    draft_id: str = "",
    event: str = "",
    known_only: bool = False,
    allow_aside: bool = False,
) -> TurnOutcome:
    """Load this person's draft, decide, and save. Nothing is said yet: see `showing.show`.

    `draft_id` is the draft that a button or modal speaks of; without it the current one is meant. Only with
    `aside` may it be one put aside.
    NoDraft when there is none, Repeated for an event that had come before; with `only_known`, Unmet for
    somebody who has to be asked of Slack again.
    """
    async with services.person_transaction(who, event) as connection:
        scene = await lock_turn_context(connection, services, who, draft_id, allow_aside=allow_aside)
        if known_only:
            check_membership(services, scene.person)
        refuse_outsiders(scene.person)
        if draft_id and scene.draft.id != draft_id:
            return TurnOutcome(scene, AskQuestion(scene.draft, Remark.OUT_OF_TURN))
        answer = decide(scene)
        if answer == CardsDealt(UNDEALT):
            answer = await _deal_first_screen(connection, services, scene)
        turn = advance(scene.draft, answer, scene.material)
        if is_checked(turn.draft) and not is_checked(scene.draft):
            # This answer led to the text: what the checks know of others may decide what comes next.
            scene = replace(scene, material=await load_full_material(connection, services, scene.person))
            turn = advance(scene.draft, answer, scene.material)
        flying = isinstance(turn, MessagesStopped) and await note_stop(connection, services, who)
        await save(connection, services, scene, turn)
        return TurnOutcome(scene, turn, flying)


async def lock_turn_context(
    connection: AsyncConnection,
    services: Services,
    who: UserRef,
    draft_id: str = "",
    *,
    allow_aside: bool = False,
) -> TurnContext:
    """The person with the draft meant; their current one when that is gone, or put aside and not asked for."""
    situation = await drafts.lock_person_with_draft(connection, who.team, who.user)
    if situation is None:
        raise DraftNotFoundError
    stored = situation.current
    if draft_id and (stored is None or stored.draft.id != draft_id):
        found = await drafts.find_draft(connection, who.team, who.user, draft_id)
        if found is not None and (allow_aside or found.draft.status is DraftStatus.FINISHED):
            stored = found
    if stored is None:
        raise DraftNotFoundError
    person = situation.person
    return TurnContext(
        person, stored, await load_material(connection, services, person, stored.draft), texts_for(person)
    )


async def save(connection: AsyncConnection, services: Services, context: TurnContext, turn: Turn) -> None:
    """Keep the new state, and what it leaves behind for counting, consent and the versions of the text."""
    before, after = context.draft, turn.draft
    now = services.clock.now()
    if after == before:
        return
    person = context.person
    if isinstance(turn, InvitationDeclined) and not side_effects.has_own_content(after):
        await drafts.delete_draft(connection, person.team_id, person.user_id, after.id)
        return
    await drafts.save_draft(connection, person.team_id, person.user_id, after, at=now)
    if after.answer_to(_SEGMENT_QUESTION) != before.answer_to(
        _SEGMENT_QUESTION
    ):  # "neither" is a word of theirs like any other
        await people.set_segment(connection, person.team_id, person.user_id, after.segment)
    await _record(connection, context, after, now)
    if not (isinstance(turn, MessagesStopped) or person.is_stopped):
        await plan_follow_ups(connection, person, before, after, at=now)


async def _record(connection: AsyncConnection, context: TurnContext, after: Draft, now: datetime) -> None:
    person, before = context.person, context.draft
    if after.opened != before.opened:
        await exposures.add_card_exposures(connection, _exposures(context, after, now))
    for agreed in side_effects.consent_changes(before, after):
        wording = consent_wording(agreed.use, context.texts)
        await consents.add_consent(
            connection,
            Consent(
                person.team_id,
                person.user_id,
                agreed.use,
                agreed.given,
                wording,
                context.texts.locale,
                now,
                after.id,
            ),
        )
    if (text := side_effects.new_text(before, after)) is not None:
        await _add_version(connection, context, after, text, at=now)
        if after.counted:
            await choices.replace_card_choices(
                connection, person.team_id, after.id, _choices(context, after, now)
            )


def _exposures(context: TurnContext, after: Draft, now: datetime) -> list[CardExposure]:
    row = after.deal.row if after.deal else None
    return [
        CardExposure(
            context.person.team_id,
            after.id,
            shown.card,
            shown.theme,
            after.segment,
            _page_number(shown.page),
            shown.position,
            row,
            now,
        )
        for shown in side_effects.newly_shown_cards(context.draft, after, context.material)
    ]


def _page_number(page: str) -> int:
    """Pages 1 and 2 are the first screen, 3 and on the lines of the segment."""
    return int(page) if page.isdigit() else 2 + int(page.removeprefix("more"))


def _choices(context: TurnContext, after: Draft, now: datetime) -> list[CardChoice]:
    return [
        CardChoice(
            context.person.team_id,
            after.id,
            became.card,
            became.theme,
            after.segment,
            str(became.outcome.fate),
            became.outcome.coverage,
            became.outcome.own_share,
            now,
        )
        for became in side_effects.card_outcomes(after, context.material)
    ]


async def _add_version(
    connection: AsyncConnection,
    context: TurnContext,
    after: Draft,
    text: tuple[str, side_effects.Source],
    *,
    at: datetime,
) -> None:
    person = context.person
    last = await story_versions.find_latest_version(connection, person.team_id, person.user_id, after.id)
    words, source = text
    number = (last.n if last else 0) + 1
    version = StoryVersion(
        person.team_id, person.user_id, after.id, number, words, side_effects.headline(after), source, at
    )
    await story_versions.add_version(connection, version)


async def _deal_first_screen(
    connection: AsyncConnection, services: Services, context: TurnContext
) -> CardsDealt:
    """The first screen for this draft: dealt once, in the segment's blocks, or outside them for the uncounted."""
    draft, bank = context.draft, context.material.bank
    if draft.deal is not None:
        return CardsDealt(draft.deal)
    seed = secrets.randbits(31)
    if not draft.counted:
        return CardsDealt(deal_cards(bank, secrets.randbelow(10), seed))
    n = await deals.next_assignment_number(connection, services.team, draft.segment)
    row = assigned_row(DEAL_SEED, n)
    dealt = CardAssignment(services.team, draft.id, draft.segment, n, row, seed, services.clock.now())
    await deals.add_card_assignment(connection, dealt)
    return CardsDealt(deal_cards(bank, row, seed))


def new_draft() -> Draft:
    """A draft at the invitation, under an id that nobody can guess."""
    return Draft(id=secrets.token_hex(8))
