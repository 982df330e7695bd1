"""What a decision is given besides the draft: the bank, and what the checks may know of the company."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coaching import Context
from bot.coaching.regions import region_of
from bot.content import starter_bank, starter_jargon
from bot.conversation.state import Draft, Question, Step
from bot.conversation.turns import Material
from bot.services import Services
from db import drafts, people
from db.models import Person

_EARLY = frozenset(
    {Step.INVITATION, Step.RULES, Step.SEGMENT, Step.LANGUAGE, Step.WARM_UP, Step.PASTE, Step.TURN}
)


def plain_material(services: Services, person: Person) -> Material:
    """The material without what has to be asked of the database: enough until a text is looked at."""
    bank = starter_bank()
    context = Context(
        own_first_names=(person.first_name,) if person.first_name else (),
        company_names=(services.workspace.name,),
        region=region_of(person.tz),
        jargon=starter_jargon(),
        bank_lines=tuple(text for card in bank.cards for text in card.texts.values()),
    )
    return Material(bank, context)


async def material(session: AsyncConnection, services: Services, person: Person, draft: Draft) -> Material:
    """The material for one turn; colleagues and published stories only once a text may be shown."""
    plain = plain_material(services, person)
    if draft.at.step in _EARLY and draft.answer(Question(Step.DRAFT)) is None:
        return plain
    colleagues = await people.colleague_names(session, person.team_id, person.user_id)
    published = await drafts.list_published(session, person.team_id, person.user_id)
    return with_others(plain, colleagues, tuple(story.text for story in published))


def with_others(plain: Material, colleagues: frozenset[str], published: tuple[str, ...]) -> Material:
    """The material with the names of colleagues and the stories that stand in public."""
    return Material(
        plain.bank, replace(plain.context, colleagues=tuple(sorted(colleagues)), published=published)
    )
