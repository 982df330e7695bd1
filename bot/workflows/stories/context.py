"""The context of a turn: the person, their draft, the bank, and what the checks may know of the company."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coaching import CoachingContext
from bot.coaching.regions import phone_country_of_zone
from bot.content import starter_bank, starter_jargon
from bot.conversation.turns import Material, Turn
from bot.i18n import Texts
from bot.services import Services
from db.models import Person, StoredDraft
from db.models.drafts import Draft, DraftStep, Question
from db.queries import drafts, people

_CHECKED_STEPS = frozenset(
    {
        DraftStep.DRAFT,
        DraftStep.HEADLINE,
        DraftStep.LAST_LOOK,
        DraftStep.TAKE,
        DraftStep.HAND,
        DraftStep.HIGHLIGHT,
        DraftStep.DONE,
    }
)


@dataclass(frozen=True)
class TurnContext:
    """What a turn is decided from: the person, their stored draft, the material and the texts."""

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
    """A saved turn, and what it was decided from."""

    context: TurnContext
    turn: Turn
    has_message_in_flight: bool = False
    """Whether a notice was already being sent when they opted out."""


def needs_text_checks(draft: Draft) -> bool:
    """Return whether the checks read the text: from the first draft on, even after going back from it."""
    return draft.at.step in _CHECKED_STEPS or draft.answer_to(Question(DraftStep.DRAFT)) is not None


@cache
def _bank_lines() -> tuple[str, ...]:
    return tuple(text for card in starter_bank().cards for text in card.texts.values())


def material_without_colleagues(services: Services, person: Person) -> Material:
    """Return the material that needs no database: enough until the text is checked."""
    context = CoachingContext(
        own_first_names=(person.first_name,) if person.first_name else (),
        company_names=services.company_names,
        region=phone_country_of_zone(person.tz),
        jargon=starter_jargon(),
        bank_lines=_bank_lines(),
    )
    return Material(starter_bank(), context, services.segment_names)


async def load_material(
    connection: AsyncConnection, services: Services, person: Person, draft: Draft
) -> Material:
    """Return the material for one turn, with colleagues and published stories only if the text is checked.

    There may be thousands of colleagues, and nearly all clicks come before there is a text.
    """
    if needs_text_checks(draft):
        return await load_full_material(connection, services, person)
    return material_without_colleagues(services, person)


async def load_full_material(connection: AsyncConnection, services: Services, person: Person) -> Material:
    """Return the material with the names of colleagues and the published stories."""
    plain = material_without_colleagues(services, person)
    colleagues = await people.load_colleague_names(connection, person.team_id, person.user_id)
    published = await drafts.list_published_stories_of_others(connection, person.team_id, person.user_id)
    others = replace(
        plain.context,
        colleagues=tuple(sorted(colleagues)),
        published_stories=tuple(story.text for story in published),
    )
    return replace(plain, context=others)
