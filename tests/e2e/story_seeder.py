"""Stored stories, versions, consents and card statistics for people who have used the bot before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services import Services, UserRef
from bot.views.blocks import Message
from bot.workflows.people.members import ensure_member
from db.models import BotMessage, CardAssignment, CardChoice, CardExposure, Consent, ShownDraft, StoryVersion
from db.models.drafts import (
    ChosenAnswer,
    Draft,
    DraftAnswer,
    DraftStatus,
    DraftStep,
    PersonMessage,
    Question,
    StoryLanguage,
    StoryLine,
    WrittenAnswer,
)
from db.queries import bot_messages, cards, consents, drafts, story_versions

STORY_TEXT = "On Sundays I mend old radios with my daughter."


def finished_draft(draft_id: str = "d1", *, text: str = STORY_TEXT, language: StoryLanguage = "en") -> Draft:
    """Return a finished story, edited by hand, with one kept card."""
    answers: dict[str, DraftAnswer] = {
        Question(DraftStep.RULES).key: ChosenAnswer(("count",)),
        Question(DraftStep.SEGMENT).key: ChosenAnswer(("tech",)),
        Question(DraftStep.WARM_UP).key: WrittenAnswer((PersonMessage(text, text, "D0MAYA", "1.000001"),)),
        Question(DraftStep.TAKE).key: ChosenAnswer(("done",)),
    }
    return Draft(
        id=draft_id,
        at=Question(DraftStep.DONE),
        status=DraftStatus.FINISHED,
        language=language,
        segment="tech",
        counted=True,
        answers=answers,
        opened=("1",),
        lines=(StoryLine("l1", "I keep the lights on.", ("di-1",), "culture"),),
        edited=text,
    )


@dataclass
class StorySeeder:
    """Stores one person's data as the bot would have."""

    services: Services
    user: str = "U0MAYA"

    @property
    def who(self) -> UserRef:
        """The person."""
        return UserRef(self.services.team, self.user)

    @property
    def now(self) -> datetime:
        """The time at which everything is stored."""
        return self.services.clock.now()

    async def add_story(self, draft: Draft, *texts: str) -> None:
        """Store a story with these versions, oldest first, all of it counted."""
        await ensure_member(self.services, self.who)
        team, now = self.services.team, self.now
        async with self.services.transaction() as connection:
            await drafts.add_draft(connection, team, self.user, draft, at=now)
            await drafts.mark_draft_shown(
                connection, team, draft.id, ShownDraft(draft.version, "D" + self.user[1:], "1.5")
            )
            for n, text in enumerate(texts, 1):
                at = now + timedelta(seconds=n)
                await story_versions.add_version(
                    connection, StoryVersion(team, self.user, draft.id, n, text, "", "edited", at)
                )

    async def add_card_statistics(self, draft_id: str) -> None:
        """Store a card assignment, an exposure, a choice, and the consent to count them."""
        team, now = self.services.team, self.now
        async with self.services.transaction() as connection:
            await cards.add_card_assignment(connection, CardAssignment(team, draft_id, "tech", 0, 0, 7, now))
            shown = CardExposure(team, draft_id, "di-1", "di", "tech", 1, 1, 0, now)
            await cards.add_card_exposures(connection, [shown])
            picked = CardChoice(team, draft_id, "di-1", "di", "tech", "kept", 1.0, 0.0, now)
            await cards.replace_card_choices(connection, team, draft_id, [picked])
            yes = Consent(team, self.user, "counting", True, "Count mine", "en", now, draft_id)
            await consents.add_consent(connection, yes)

    async def add_bot_message(self, words: str, *, draft_id: str = "d1") -> str:
        """Post one of the bot's messages that contains the person's words, and return its ts."""
        channel = "D" + self.user[1:]
        services = self.services
        ts = await services.messenger.post_reply(channel, Message(words), services.messenger.new_key())
        async with services.transaction() as connection:
            one = BotMessage(services.team, self.user, channel, ts, "draft", True, self.now, draft_id)
            await bot_messages.upsert_bot_message(connection, one)
        return ts


__all__ = ["STORY_TEXT", "StorySeeder", "finished_draft", "replace"]
