"""People with something on their shelf already: stories, versions, consents and counted lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services import Services, Who
from bot.views.blocks import Message
from bot.workflows.people.members import meet
from db.models import Choice, Consent, Dealt, Exposure, SaidByBot, Version
from db.models.drafts import Chosen, Draft, Language, Line, Question, Said, Status, Step, Written
from db.queries import bot_messages, choices, consents, deals, drafts, exposures, story_versions

OWN = "On Sundays I mend old radios with my daughter."


def finished_draft(draft_id: str = "d1", *, text: str = OWN, language: Language = "en") -> Draft:
    """A finished story, edited by hand, with one card kept on the way."""
    answers = {
        Question(Step.RULES).key: Chosen(("count",)),
        Question(Step.SEGMENT).key: Chosen(("tech",)),
        Question(Step.WARM_UP).key: Written((Said(text, text, "D0MAYA", "1.000001"),)),
        Question(Step.TAKE).key: Chosen(("done",)),
    }
    return Draft(
        id=draft_id,
        at=Question(Step.DONE),
        status=Status.FINISHED,
        language=language,
        segment="tech",
        counted=True,
        answers=answers,
        opened=("1",),
        lines=(Line("l1", "I keep the lights on.", ("di-1",), "culture"),),
        edited=text,
    )


@dataclass
class Shelving:
    """Puts things onto one person's shelf, as the bot would have."""

    services: Services
    user: str = "U0MAYA"

    @property
    def who(self) -> Who:
        """The person."""
        return Who(self.services.team, self.user)

    @property
    def now(self) -> datetime:
        """The moment at which everything is put there."""
        return self.services.clock.now()

    async def story(self, draft: Draft, *texts: str) -> None:
        """A story with these versions, oldest first, all of it counted."""
        await meet(self.services, self.who)
        team, now = self.services.team, self.now
        async with self.services.transaction() as connection:
            await drafts.add_draft(connection, team, self.user, draft, at=now)
            await drafts.mark_shown(
                connection, team, draft.id, drafts.Shown(draft.version, "D" + self.user[1:], "1.5")
            )
            for n, text in enumerate(texts, 1):
                at = now + timedelta(seconds=n)
                await story_versions.add_version(
                    connection, Version(team, self.user, draft.id, n, text, "", "edited", at)
                )

    async def counted(self, draft_id: str) -> None:
        """A deal, a line shown, a line picked, and the yes before it."""
        team, now = self.services.team, self.now
        async with self.services.transaction() as connection:
            await deals.add_deal(connection, Dealt(team, draft_id, "tech", 0, 0, 7, now))
            shown = Exposure(team, draft_id, "di-1", "di", "tech", 1, 1, 0, now)
            await exposures.add_exposures(connection, [shown])
            picked = Choice(team, draft_id, "di-1", "di", "tech", "kept", 1.0, 0.0, now)
            await choices.replace_choices(connection, team, draft_id, [picked])
            yes = Consent(team, self.user, "counting", True, "Count mine", "en", now, draft_id)
            await consents.add_consent(connection, yes)

    async def said(self, words: str, *, draft_id: str = "d1") -> str:
        """A message of the bot's that carries the person's words."""
        channel = "D" + self.user[1:]
        services = self.services
        ts = await services.messenger.reply(channel, Message(words), services.messenger.new_key())
        async with services.transaction() as connection:
            one = SaidByBot(services.team, self.user, channel, ts, "draft", True, self.now, draft_id)
            await bot_messages.add_said(connection, one)
        return ts


__all__ = ["OWN", "Shelving", "finished_draft", "replace"]
