"""How a conversation begins, and begins again: hello, another story, a second language, words before any draft."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.side_effects import has_words
from bot.conversation.turns import Ask, Compare, Material, Turn
from bot.errors import NoDraft
from bot.services import Services, Who
from bot.views.blocks import Message
from bot.views.stories import replies
from bot.workflows.people.members import spoken
from bot.workflows.stories.context import material
from bot.workflows.stories.turn import Outcome, Scene, new_draft
from db.models import Person, Situation, StoredDraft
from db.models.drafts import Draft, Language, Line, Question, Skipped, Status, Step
from db.queries import drafts, people


async def begin(
    services: Services, who: Who, first: Draft | None = None, *, event: str = ""
) -> Outcome | Message:
    """A new draft at the invitation; when one is in progress, the question whether to go on with it.

    Words in `first` are kept in any case: of two messages at once, the other one may have begun the draft.
    """
    async with services.turn(who, event) as connection:
        situation = await drafts.lock_situation(connection, who.team, who.user)
        if situation is None:
            raise NoDraft
        person, current = situation.person, situation.current
        if current is not None and first is not None and first.twin and _is_bare(current.draft):
            await drafts.delete_draft(connection, who.team, who.user, current.draft.id)
        elif current is not None:
            return await _beside(connection, services, Situation(person, current), first)
        stored = await drafts.add_draft(
            connection, who.team, who.user, first or new_draft(), at=services.clock.now()
        )
        return await _scene(connection, services, person, stored)


def _is_bare(draft: Draft) -> bool:
    """Whether this is an invitation that nobody took up: it gives way, where it would be put aside otherwise."""
    return draft.at.step is Step.INVITATION and not draft.answers and not has_words(draft)


async def _beside(
    connection: AsyncConnection, services: Services, situation: Situation, first: Draft | None
) -> Outcome | Message:
    """What comes of a wish to begin while a draft is in progress."""
    person, current = situation.person, situation.current
    assert current is not None
    twin_of = (first and first.twin) or ""
    wanted = current.draft.twin == twin_of if twin_of else current.draft.at.step is Step.INVITATION
    who, early = Who(person.team_id, person.user_id), first.strays if first is not None else ()
    if not (early or wanted):
        return replies.resume_choice(current.draft, spoken(person), twin_of)
    on = replace(current.draft, strays=(*current.draft.strays, *early), status=Status.OPEN)
    if on != current.draft:
        current = replace(current, draft=await _put(connection, services, who, on))
    return await _scene(connection, services, person, current)


async def resume(services: Services, who: Who, draft_id: str) -> Outcome:
    """On with this draft: the current one shown again, or one put aside taken up in its place."""
    async with services.turn(who) as connection:
        situation = await drafts.lock_situation(connection, who.team, who.user)
        if situation is None:
            raise NoDraft
        current = situation.current
        if current is None or current.draft.id != draft_id:
            wanted = await drafts.find_draft(connection, who.team, who.user, draft_id)
            if wanted is None or wanted.draft.status is Status.FINISHED:
                raise NoDraft
            if current is not None:
                await _put(connection, services, who, replace(current.draft, status=Status.ASIDE))
            current = wanted
        if current.draft.status is not Status.OPEN:
            awake = replace(current.draft, status=Status.OPEN)
            current = replace(current, draft=await _put(connection, services, who, awake))
        return await _scene(connection, services, situation.person, current)


def undecided(outcome: Outcome) -> Outcome | None:
    """What follows the question of a draft taken up: words that changed meanwhile, and what becomes of them."""
    draft = outcome.turn.draft
    return replace(outcome, turn=Compare(draft, draft.changes[-1])) if draft.changes else None


async def replace_current(
    services: Services, who: Who, draft_id: str, twin_of: str = ""
) -> Outcome | Message:
    """Put this draft aside, with everything kept, and begin another; an old button puts no other one aside.

    With `twin_of` the other is that story in its other language; when it is gone, nothing is put aside.
    """
    first = await _twin_of(services, who, twin_of) if twin_of else None
    async with services.turn(who) as connection:
        situation = await drafts.lock_situation(connection, who.team, who.user)
        current = situation.current if situation is not None else None
        if current is not None and current.draft.id == draft_id:
            await _put(connection, services, who, replace(current.draft, status=Status.ASIDE))
    return await begin(services, who, first)


async def second_language(services: Services, who: Who, draft_id: str) -> Outcome | Message:
    """The same story in the other language: the same lines, every question in words asked anew."""
    return await begin(services, who, await _twin_of(services, who, draft_id))


async def _twin_of(services: Services, who: Who, draft_id: str) -> Draft:
    """The beginning of this person's story in its other language; NoDraft when it is gone, or not theirs."""
    async with services.database.reading() as connection:
        stored = await drafts.find_draft(connection, who.team, who.user, draft_id)
        person = await people.find_person(connection, who.team, who.user)
        if stored is None or person is None:
            raise NoDraft
        ground = await material(connection, services, person, stored.draft)
    return twin(stored.draft, new_draft(), ground)


def twin(draft: Draft, fresh: Draft, material: Material) -> Draft:
    """The beginning of a draft in the other language, with the lines kept in that language's words.

    No cards are dealt or counted a second time; lines of the person's own wait to be written again.
    """
    language: Language = "en" if draft.language == "ar" else "ar"
    known = {Step.INVITATION, Step.RULES, Step.SEGMENT}
    answers = {key: answer for key, answer in draft.answers.items() if Question.named(key).step in known}
    answers[Question(Step.LINES).key] = Skipped()
    lines = tuple(
        Line(
            line.id,
            " ".join(material.bank.card(card).texts[language] for card in line.cards),
            line.cards,
            line.kind,
        )
        for line in draft.lines
        if line.cards
    )
    return replace(
        fresh,
        at=Question(Step.WARM_UP),
        language=language,
        segment=draft.segment,
        counted=False,
        answers={**answers, Question(Step.LANGUAGE).key: Skipped()},
        lines=lines,
        twin=draft.id,
    )


async def _put(connection: AsyncConnection, services: Services, who: Who, draft: Draft) -> Draft:
    draft = replace(draft, version=draft.version + 1)
    await drafts.save_draft(connection, who.team, who.user, draft, at=services.clock.now())
    return draft


async def _scene(
    connection: AsyncConnection, services: Services, person: Person, stored: StoredDraft
) -> Outcome:
    ground = await material(connection, services, person, stored.draft)
    turn: Turn = Ask(stored.draft)
    return Outcome(Scene(person, stored, ground, spoken(person)), turn)
