"""Starting and restarting a conversation: a new story, a second language, or words that came before any draft."""

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
from db.models.drafts import Draft, DraftStatus, DraftStep, Question, SkippedAnswer, StoryLanguage, StoryLine
from db.queries import drafts, people


async def begin_story(
    services: Services, who: UserRef, initial_draft: Draft | None = None, *, event: str = ""
) -> TurnOutcome | Message:
    """Create a draft at the invitation; if one is in progress, ask whether to continue it instead.

    Early words in `initial_draft` are kept in any case: of two simultaneous messages, the other one may have
    created the draft.
    """
    async with services.person_transaction(who, event) as connection:
        situation = await drafts.lock_person_and_current_draft(connection, who.team, who.user)
        if situation is None:
            raise DraftNotFoundError
        person, current = situation.person, situation.current
        if (
            current is not None
            and initial_draft is not None
            and initial_draft.translation_of
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
    """Return whether this is an unanswered invitation: it is replaced, where another draft would be put aside."""
    return draft.at.step is DraftStep.INVITATION and not draft.answers and not has_own_content(draft)


async def _begin_or_offer_resume(
    connection: AsyncConnection, services: Services, situation: PersonWithDraft, initial_draft: Draft | None
) -> TurnOutcome | Message:
    """Continue the draft in progress, or offer the choice between it and a new one."""
    person, current = situation.person, situation.current
    assert current is not None
    translation_of = (initial_draft and initial_draft.translation_of) or ""
    continues = (
        current.draft.translation_of == translation_of
        if translation_of
        else current.draft.at.step is DraftStep.INVITATION
    )
    who, early = (
        UserRef(person.team_id, person.user_id),
        initial_draft.unplaced if initial_draft is not None else (),
    )
    if not (early or continues):
        return replies.resume_choice_message(current.draft, texts_for(person), translation_of)
    continued = replace(current.draft, unplaced=(*current.draft.unplaced, *early), status=DraftStatus.OPEN)
    if continued != current.draft:
        current = replace(current, draft=await _save_new_version(connection, services, who, continued))
    return await _load_outcome(connection, services, person, current)


async def resume(services: Services, who: UserRef, draft_id: str) -> TurnOutcome:
    """Continue this draft: the current one is shown again, one put aside becomes the current one."""
    async with services.person_transaction(who) as connection:
        situation = await drafts.lock_person_and_current_draft(connection, who.team, who.user)
        if situation is None:
            raise DraftNotFoundError
        current = situation.current
        if current is None or current.draft.id != draft_id:
            found = await drafts.find_draft(connection, who.team, who.user, draft_id)
            if found is None or found.draft.status is DraftStatus.FINISHED:
                raise DraftNotFoundError
            if current is not None:
                await _save_new_version(
                    connection, services, who, replace(current.draft, status=DraftStatus.ASIDE)
                )
            current = found
        if current.draft.status is not DraftStatus.OPEN:
            reopened = replace(current.draft, status=DraftStatus.OPEN)
            current = replace(current, draft=await _save_new_version(connection, services, who, reopened))
        return await _load_outcome(connection, services, situation.person, current)


def pending_change_question(outcome: TurnOutcome) -> TurnOutcome | None:
    """Return the turn after a resumed question, if words changed meanwhile: the question about them."""
    draft = outcome.turn.draft
    return replace(outcome, turn=AskAboutChange(draft, draft.changes[-1])) if draft.changes else None


async def put_aside_and_begin_another(
    services: Services, who: UserRef, draft_id: str, translation_of: str = ""
) -> TurnOutcome | Message:
    """Put this draft aside, with everything kept, and start another; an outdated button puts nothing aside.

    With `translation_of` the other is that story in its other language; if it is gone, nothing is put aside.
    """
    first = await _load_translation_draft(services, who, translation_of) if translation_of else None
    async with services.person_transaction(who) as connection:
        situation = await drafts.lock_person_and_current_draft(connection, who.team, who.user)
        current = situation.current if situation is not None else None
        if current is not None and current.draft.id == draft_id:
            await _save_new_version(
                connection, services, who, replace(current.draft, status=DraftStatus.ASIDE)
            )
    return await begin_story(services, who, first)


async def begin_translation(services: Services, who: UserRef, draft_id: str) -> TurnOutcome | Message:
    """Start the same story in the other language: the same lines, and every question in words asked again."""
    return await begin_story(services, who, await _load_translation_draft(services, who, draft_id))


async def _load_translation_draft(services: Services, who: UserRef, draft_id: str) -> Draft:
    """Return the first draft of this person's story in its other language; raise DraftNotFoundError if it is gone."""
    async with services.database.read_transaction() as connection:
        stored = await drafts.find_draft(connection, who.team, who.user, draft_id)
        person = await people.find_person(connection, who.team, who.user)
        if stored is None or person is None:
            raise DraftNotFoundError
        material = await load_material(connection, services, person, stored.draft)
    return translation_draft(stored.draft, new_draft(), material)


def translation_draft(draft: Draft, fresh: Draft, material: Material) -> Draft:
    """Return the first draft in the other language, with the kept lines in that language's words.

    No cards are dealt or counted a second time; the author's own lines must be written again.
    """
    language: StoryLanguage = "en" if draft.language == "ar" else "ar"
    kept_steps = {DraftStep.INVITATION, DraftStep.RULES, DraftStep.SEGMENT}
    answers = {
        key: answer for key, answer in draft.answers.items() if Question.from_key(key).step in kept_steps
    }
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
        translation_of=draft.id,
    )


async def _save_new_version(
    connection: AsyncConnection, services: Services, who: UserRef, draft: Draft
) -> Draft:
    draft = replace(draft, version=draft.version + 1)
    await drafts.update_draft(connection, who.team, who.user, draft, at=services.clock.now())
    return draft


async def _load_outcome(
    connection: AsyncConnection, services: Services, person: Person, stored: StoredDraft
) -> TurnOutcome:
    material = await load_material(connection, services, person, stored.draft)
    turn: Turn = AskQuestion(stored.draft)
    return TurnOutcome(TurnContext(person, stored, material, texts_for(person)), turn)
