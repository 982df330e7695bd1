"""One turn of the drafting conversation: load, decide, save what follows from it, and show it afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import side_effects
from bot.conversation.advance import advance
from bot.conversation.dealing import deal, row_for
from bot.conversation.turns import Answer, Ask, Declined, Material, Opened, Remark, Stopped, Turn
from bot.errors import NoDraft
from bot.i18n import Texts
from bot.services import Services, Who
from bot.views.stories.finish import consent_wording
from bot.workflows.delivery.follow_ups import plan_after
from bot.workflows.people.members import Unmet, admit, meet, refuse_outsiders, spoken
from bot.workflows.preferences.opt_out import note_stop
from bot.workflows.stories.context import is_read, material, whole_material
from db.models import Choice, Consent, Dealt, Exposure, Person, StoredDraft, Version
from db.models.drafts import Deal, Draft, Question, Status, Step
from db.queries import choices, consents, deals, drafts, exposures, people, story_versions

_SEGMENT = Question(Step.SEGMENT)
DEAL_SEED = 20_261
"""The seed of the blocks in which the rows of the first screen are dealt."""


UNDEALT = Deal(seed=0, row=-1, cards=())
"""Stands for a deal still to be drawn: which one is decided inside the turn."""


@dataclass(frozen=True)
class Scene:
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
class Outcome:
    """A turn that has been saved, and what it stood on."""

    scene: Scene
    turn: Turn
    flying: bool = False
    """Whether something was on its way to them when they stopped."""


async def meet_and_take_turn(
    services: Services,
    who: Who,
    decide: Callable[[Scene], Answer],
    *,
    draft_id: str,
    aside: bool = False,
) -> Outcome:
    """`take_turn`, by somebody who may have to be met first.

    Nearly always they are known, and the turn itself sees that when it loads them; looking for them
    in a transaction of its own made every click a fifth dearer.
    """
    try:
        return await take_turn(services, who, decide, draft_id=draft_id, only_known=True, aside=aside)
    except (Unmet, NoDraft):
        await meet(services, who)
        return await take_turn(services, who, decide, draft_id=draft_id, aside=aside)


async def take_turn(
    services: Services,
    who: Who,
    decide: Callable[[Scene], Answer],
    *,
    draft_id: str = "",
    event: str = "",
    only_known: bool = False,
    aside: bool = False,
) -> Outcome:
    """Load this person's draft, decide, and save. Nothing is said yet: see `showing.show`.

    `draft_id` is the draft that a button or modal speaks of; without it the current one is meant. Only with
    `aside` may it be one put aside.
    NoDraft when there is none, Repeated for an event that had come before; with `only_known`, Unmet for
    somebody who has to be asked of Slack again.
    """
    async with services.turn(who, event) as connection:
        scene = await load(connection, services, who, draft_id, aside=aside)
        if only_known:
            admit(services, scene.person)
        refuse_outsiders(scene.person)
        if draft_id and scene.draft.id != draft_id:
            return Outcome(scene, Ask(scene.draft, Remark.OUT_OF_TURN))
        answer = decide(scene)
        if answer == Opened(UNDEALT):
            answer = await _dealt(connection, services, scene)
        turn = advance(scene.draft, answer, scene.material)
        if is_read(turn.draft) and not is_read(scene.draft):
            # This answer led to the text: what the checks know of others may decide what comes next.
            scene = replace(scene, material=await whole_material(connection, services, scene.person))
            turn = advance(scene.draft, answer, scene.material)
        flying = isinstance(turn, Stopped) and await note_stop(connection, services, who)
        await save(connection, services, scene, turn)
        return Outcome(scene, turn, flying)


async def load(
    connection: AsyncConnection, services: Services, who: Who, draft_id: str = "", *, aside: bool = False
) -> Scene:
    """The person with the draft meant; their current one when that is gone, or put aside and not asked for."""
    situation = await drafts.lock_situation(connection, who.team, who.user)
    if situation is None:
        raise NoDraft
    stored = situation.current
    if draft_id and (stored is None or stored.draft.id != draft_id):
        found = await drafts.find_draft(connection, who.team, who.user, draft_id)
        if found is not None and (aside or found.draft.status is Status.FINISHED):
            stored = found
    if stored is None:
        raise NoDraft
    person = situation.person
    return Scene(person, stored, await material(connection, services, person, stored.draft), spoken(person))


async def save(connection: AsyncConnection, services: Services, scene: Scene, turn: Turn) -> None:
    """Keep the new state, and what it leaves behind for counting, consent and the versions of the text."""
    before, after = scene.draft, turn.draft
    now = services.clock.now()
    if after == before:
        return
    person = scene.person
    if isinstance(turn, Declined) and not side_effects.has_words(after):
        await drafts.delete_draft(connection, person.team_id, person.user_id, after.id)
        return
    await drafts.save_draft(connection, person.team_id, person.user_id, after, at=now)
    if after.answer(_SEGMENT) != before.answer(_SEGMENT):  # "neither" is a word of theirs like any other
        await people.set_segment(connection, person.team_id, person.user_id, after.segment)
    await _record(connection, scene, after, now)
    if not (isinstance(turn, Stopped) or person.is_stopped):
        await plan_after(connection, person, before, after, at=now)


async def _record(connection: AsyncConnection, scene: Scene, after: Draft, now: datetime) -> None:
    person, before = scene.person, scene.draft
    if after.opened != before.opened:
        await exposures.add_exposures(connection, _exposures(scene, after, now))
    for agreed in side_effects.agreed(before, after):
        wording = consent_wording(agreed.use, scene.texts)
        await consents.add_consent(
            connection,
            Consent(
                person.team_id,
                person.user_id,
                agreed.use,
                agreed.given,
                wording,
                scene.texts.locale,
                now,
                after.id,
            ),
        )
    if (text := side_effects.new_text(before, after)) is not None:
        await _add_version(connection, scene, after, text, at=now)
        if after.counted:
            await choices.replace_choices(connection, person.team_id, after.id, _choices(scene, after, now))


def _exposures(scene: Scene, after: Draft, now: datetime) -> list[Exposure]:
    row = after.deal.row if after.deal else None
    return [
        Exposure(
            scene.person.team_id,
            after.id,
            shown.card,
            shown.theme,
            after.segment,
            _page_number(shown.page),
            shown.position,
            row,
            now,
        )
        for shown in side_effects.shown(scene.draft, after, scene.material)
    ]


def _page_number(page: str) -> int:
    """Pages 1 and 2 are the first screen, 3 and on the lines of the segment."""
    return int(page) if page.isdigit() else 2 + int(page.removeprefix("more"))


def _choices(scene: Scene, after: Draft, now: datetime) -> list[Choice]:
    return [
        Choice(
            scene.person.team_id,
            after.id,
            became.card,
            became.theme,
            after.segment,
            str(became.outcome.fate),
            became.outcome.coverage,
            became.outcome.own_share,
            now,
        )
        for became in side_effects.became(after, scene.material)
    ]


async def _add_version(
    connection: AsyncConnection,
    scene: Scene,
    after: Draft,
    text: tuple[str, side_effects.Source],
    *,
    at: datetime,
) -> None:
    person = scene.person
    last = await story_versions.latest(connection, person.team_id, person.user_id, after.id)
    words, source = text
    number = (last.n if last else 0) + 1
    version = Version(
        person.team_id, person.user_id, after.id, number, words, side_effects.headline(after), source, at
    )
    await story_versions.add_version(connection, version)


async def _dealt(connection: AsyncConnection, services: Services, scene: Scene) -> Opened:
    """The first screen for this draft: dealt once, in the segment's blocks, or outside them for the uncounted."""
    draft, bank = scene.draft, scene.material.bank
    if draft.deal is not None:
        return Opened(draft.deal)
    seed = secrets.randbits(31)
    if not draft.counted:
        return Opened(deal(bank, secrets.randbelow(10), seed))
    n = await deals.next_deal(connection, services.team, draft.segment)
    row = row_for(DEAL_SEED, n)
    dealt = Dealt(services.team, draft.id, draft.segment, n, row, seed, services.clock.now())
    await deals.add_deal(connection, dealt)
    return Opened(deal(bank, row, seed))


def new_draft() -> Draft:
    """A draft at the invitation, under an id that nobody can guess."""
    return Draft(id=secrets.token_hex(8))
