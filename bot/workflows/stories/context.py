"""What a decision is given besides the draft: the bank, and what the checks may know of the company."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coaching import Context
from bot.coaching.regions import region_of
from bot.content import starter_bank, starter_jargon
from bot.conversation.turns import Material
from bot.services import Services
from db.models import Person
from db.models.drafts import Draft, Question, Step
from db.queries import drafts, people

_READING = frozenset(
    {Step.DRAFT, Step.HEADLINE, Step.LAST_LOOK, Step.TAKE, Step.HAND, Step.HIGHLIGHT, Step.DONE}
)


def is_read(draft: Draft) -> bool:
    """Whether the checks look at the text here: from the first draft on, also by those who went back from it."""
    return draft.at.step in _READING or draft.answer(Question(Step.DRAFT)) is not None


@cache
def _bank_lines() -> tuple[str, ...]:
    return tuple(text for card in starter_bank().cards for text in card.texts.values())


def plain_material(services: Services, person: Person) -> Material:
    """The material without what has to be asked of the database: enough until a text is looked at."""
    context = Context(
        own_first_names=(person.first_name,) if person.first_name else (),
        company_names=services.company_names,
        region=region_of(person.tz),
        jargon=starter_jargon(),
        bank_lines=_bank_lines(),
    )
    return Material(starter_bank(), context, services.segments)


async def material(connection: AsyncConnection, services: Services, person: Person, draft: Draft) -> Material:
    """The material for one turn; colleagues and published stories only where the text is looked at.

    There may be thousands of colleagues, and nearly all clicks come before there is a text.
    """
    if is_read(draft):
        return await whole_material(connection, services, person)
    return plain_material(services, person)


async def whole_material(connection: AsyncConnection, services: Services, person: Person) -> Material:
    """The material with the names of colleagues and the stories that stand in public."""
    plain = plain_material(services, person)
    colleagues = await people.colleague_names(connection, person.team_id, person.user_id)
    published = await drafts.list_published(connection, person.team_id, person.user_id)
    others = replace(
        plain.context,
        colleagues=tuple(sorted(colleagues)),
        published=tuple(story.text for story in published),
    )
    return replace(plain, context=others)
