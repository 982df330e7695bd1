"""The interface language, changed while a story is in progress."""

from __future__ import annotations

from bot.conversation.turns import AskQuestion
from bot.services import Services, UserRef
from bot.workflows.people.members import texts_for
from bot.workflows.people.replies import send_sentence_later
from bot.workflows.preferences.settings import set_language
from bot.workflows.stories.context import TurnContext, TurnOutcome, load_material
from bot.workflows.stories.show import show_turn
from db.queries import drafts, people


async def change_interface_language(services: Services, who: UserRef, locale: str) -> None:
    """Set the interface language, and show the current question again in it; the story keeps its own."""
    if not await set_language(services, who, locale):
        return
    await send_sentence_later(services, who, "language-set")
    async with services.database.read_transaction() as connection:
        stored = await drafts.find_current_draft(connection, who.team, who.user)
        person = await people.find_person(connection, who.team, who.user)
        if stored is None or person is None:
            return
        material = await load_material(connection, services, person, stored.draft)
    context = TurnContext(person, stored, material, texts_for(person))
    outcome = TurnOutcome(context, AskQuestion(stored.draft))
    services.send_after_commit(who, lambda: show_turn(services, outcome))
