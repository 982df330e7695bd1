"""What had been taken for an answer is granted, or it is said why not; and the question stands there after it."""

from __future__ import annotations

from bot.conversation.preference_phrases import Wish
from bot.conversation.turns import Unmeant
from bot.i18n import Texts
from bot.services import Who
from bot.workflows.inbox.typed_preferences import grant_instead
from db.models.drafts import Draft, Question, Said, Step, Written
from db.queries import drafts, people
from tests.workflows.companies import MAYA, NOW, TEAM, Company, Recorder

WHO = Who(TEAM, MAYA.user_id)
WORD = Said("fewer", "fewer", "D0MAYA", "5.000100")


async def test_question_comes_after_the_words_why_a_wish_cannot_be_granted(company: Company) -> None:
    # Given a wish that was taken for an answer, and a stop that comes while its button is pressed
    messenger = Recorder()
    services = await company(messenger, MAYA)
    story = Draft(id="d1", at=Question(Step.TURN)).answered(Question(Step.WARM_UP), Written((WORD,)))
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, WHO.user, story, at=NOW)
        await people.set_stopped(connection, TEAM, WHO.user, NOW)
    # When it is granted
    await grant_instead(services, MAYA, Wish.FEWER, Unmeant(WORD.channel, WORD.ts), draft_id="d1")
    await services.voice.quiet()
    # Then it is said first why it cannot be, and what is open last
    why, question = messenger.said
    texts = Texts("en")
    assert why == texts.say("wish-stopped")
    assert question.startswith(texts.say("remark-unmeant"))
