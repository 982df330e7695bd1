"""How a conversation begins, and begins again: hello, another story, a second language, words before any draft."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.side_effects import has_own_content
from bot.conversation.turns import AskAboutChange, AskQuestion, Material, Turn
from bot.errors import DraftNotFoundError
from bot.services import Services, UserRef
from bot.views.blocks import Message
from bot.views.stories import replies
from bot.workflows.people.members import texts_for
from bot.workflows.stories.context import TurnContext, TurnOutcome, load_material
from bot.workflows.stories.turn import new_draft
from db.models import Person, PersonWithDraft, StoredDraft
from db.models.drafts import Draft, DraftStatus, DraftStep, Language, Question, SkippedAnswer, StoryLine
from db.queries import drafts, people


async def begin_story(
    services: Services, who: UserRef, initial_draft: Draft | None = None, *, event: str = ""
) -> TurnOutcome | Message:
    """A new draft at the invitation; when one is in progress, the question whether to go on with it.

    Words in `first` are kept in any case: of two messages at once, the other one may have begun the draft.
    """
    async with services.person_transaction(who, event) as connection:
        situation = await drafts.lock_person_with_draft(connection, who.team, who.user)
        if situation is None:
            raise DraftNotFoundError
        person, current = situation.person, situation.current
        if (
            current is not None
            and initial_draft is not None
            and initial_draft.twin
            and _is_bare(current.draft)
        ):
            await drafts.delete_draft(connection, who.team, who.user, current.draft.id)
        elif current is not None:
            return await _begin_or_offer_resume(
                connection, services, PersonWithDraft(person, current), initial_draft
            )
        stored = await drafts.add_draft(
            connection, who.team, who.user, initial_draft or new_draft(), at=services.clock.now()
        )
        return await _load_outcome(connection, services, person, stored)


def _is_bare(draft: Draft) -> bool:
    """Whether this is an invitation that nobody took up: it gives way, where it would be put aside otherwise."""
    return draft.at.step is DraftStep.INVITATION and not draft.answers and not has_own_content(draft)


async def _begin_or_offer_resume(
    connection: AsyncConnection, services: Services, situation: PersonWithDraft, initial_draft: Draft | None
) -> TurnOutcome | Message:
    """What comes of a wish to begin while a draft is in progress."""
    person, current = situation.person, situation.current
    assert current is not None
    twin_of = (initial_draft and initial_draft.twin) or ""
    wanted = current.draft.twin == twin_of if twin_of else current.draft.at.step is DraftStep.INVITATION
    who, early = (
        UserRef(person.team_id, person.user_id),
        initial_draft.strays if initial_draft is not None else (),
    )
    if not (early or wanted):
        return replies.resume_choice_message(current.draft, texts_for(person), twin_of)
    on = replace(current.draft, strays=(*current.draft.strays, *early), status=DraftStatus.OPEN)
    if on != current.draft:
        current = replace(current, draft=await _save_new_version(connection, services, who, on))
    return await _load_outcome(connection, services, person, current)


async def resume(services: Services, who: UserRef, draft_id: str) -> TurnOutcome:
    """On with this draft: the current one shown again, or one put aside taken up in its place."""
    async with services.person_transaction(who) as connection:
        situation = await drafts.lock_person_with_draft(connection, who.team, who.user)
        if situation is None:
            raise DraftNotFoundError
        current = situation.current
        if current is None or current.draft.id != draft_id:
            wanted = await drafts.find_draft(connection, who.team, who.user, draft_id)
            if wanted is None or wanted.draft.status is DraftStatus.FINISHED:
                raise DraftNotFoundError
            if current is not None:
                await _save_new_version(
                    connection, services, who, replace(current.draft, status=DraftStatus.ASIDE)
                )
            current = wanted
        if current.draft.status is not DraftStatus.OPEN:
            awake = replace(current.draft, status=DraftStatus.OPEN)
            current = replace(current, draft=await _save_new_version(connection, services, who, awake))
        return await _load_outcome(connection, services, situation.person, current)


def pending_comparison(outcome: TurnOutcome) -> TurnOutcome | None:
    """What follows the question of a draft taken up: words that changed meanwhile, and what becomes of them."""
    draft = outcome.turn.draft
    return replace(outcome, turn=AskAboutChange(draft, draft.changes[-1])) if draft.changes else None


async def replace_current(
    services: Services, who: UserRef, draft_id: str, translation_of: str = ""
) -> TurnOutcome | Message:
    """Put this draft aside, with everything kept, and begin another; an old button puts no other one aside.

    With `twin_of` the other is that story in its other language; when it is gone, nothing is put aside.
    """
    first = await _load_translation_draft(services, who, translation_of) if translation_of else None
    async with services.person_transaction(who) as connection:
        situation = await drafts.lock_person_with_draft(connection, who.team, who.user)
        current = situation.current if situation is not None else None
        if current is not None and current.draft.id == draft_id:
            await _save_new_version(
                connection, services, who, replace(current.draft, status=DraftStatus.ASIDE)
            )
    return await begin_story(services, who, first)


async def begin_translation(services: Services, who: UserRef, draft_id: str) -> TurnOutcome | Message:
    """The same story in the other language: the same lines, every question in words asked anew."""
    return await begin_story(services, who, await _load_translation_draft(services, who, draft_id))


async def _load_translation_draft(services: Services, who: UserRef, draft_id: str) -> Draft:
    """The beginning of this person's story in its other language; NoDraft when it is gone, or not theirs."""
    async with services.database.read_transaction() as connection:
        stored = await drafts.find_draft(connection, who.team, who.user, draft_id)
        person = await people.find_person(connection, who.team, who.user)
        if stored is None or person is None:
            raise DraftNotFoundError
        ground = await load_material(connection, services, person, stored.draft)
    return translation_draft(stored.draft, new_draft(), ground)


def translation_draft(draft: Draft, fresh: Draft, material: Material) -> Draft:
    """The beginning of a draft in the other language, with the lines kept in that language's words.

    No cards are dealt or counted a second time; lines of the person's own wait to be written again.
    """
    language: Language = "en" if draft.language == "ar" else "ar"
    known = {DraftStep.INVITATION, DraftStep.RULES, DraftStep.SEGMENT}
    answers = {key: answer for key, answer in draft.answers.items() if Question.from_key(key).step in known}
    answers[Question(DraftStep.LINES).key] = SkippedAnswer()
    lines = tuple(
        StoryLine(
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
        at=Question(DraftStep.WARM_UP),
        language=language,
        segment=draft.segment,
        counted=False,
        answers={**answers, Question(DraftStep.LANGUAGE).key: SkippedAnswer()},
        lines=lines,
        twin=draft.id,
    )


async def _save_new_version(
    connection: AsyncConnection, services: Services, who: UserRef, draft: Draft
) -> Draft:
    draft = replace(draft, version=draft.version + 1)
    await drafts.save_draft(connection, who.team, who.user, draft, at=services.clock.now())
    return draft


async def _load_outcome(
    connection: AsyncConnection, services: Services, person: Person, stored: StoredDraft
) -> TurnOutcome:
    ground = await load_material(connection, services, person, stored.draft)
    turn: Turn = AskQuestion(stored.draft)
    return TurnOutcome(TurnContext(person, stored, ground, texts_for(person)), turn)
