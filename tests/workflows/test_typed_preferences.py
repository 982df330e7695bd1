"""A preference that was taken for an answer is applied or refused, and the question follows."""

from __future__ import annotations

from bot.conversation.preference_phrases import PreferenceRequest
from bot.conversation.turns import MisreadAsAnswer
from bot.i18n import Texts
from bot.services import UserRef
from bot.workflows.inbox.typed_preferences import apply_misread_preference
from db.models.drafts import Draft, DraftStep, PersonMessage, Question, WrittenAnswer
from db.queries import drafts, people
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

WHO = UserRef(TEAM, MAYA.user_id)
WORD = PersonMessage("fewer", "fewer", "D0MAYA", "5.000100")


async def test_question_comes_after_the_refusal_of_a_preference(make_services: ServicesFactory) -> None:
    # Given a preference that was taken for an answer, and a stop that comes while its button is pressed
    messenger = RecordingMessenger()
    services = await make_services(messenger, MAYA)
    story = Draft(id="d1", at=Question(DraftStep.TURN)).with_answer(
        Question(DraftStep.WARM_UP), WrittenAnswer((WORD,))
    )
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, WHO.user, story, at=NOW)
        await people.set_stopped_at(connection, TEAM, WHO.user, NOW)
    # When it is applied
    await apply_misread_preference(
        services, MAYA, PreferenceRequest.FEWER, MisreadAsAnswer(WORD.channel, WORD.ts), draft_id="d1"
    )
    await services.outgoing.wait_until_idle()
    # Then the refusal comes first, and the open question last
    why, question = messenger.posted
    texts = Texts("en")
    assert why == texts.say("wish-stopped")
    assert question.startswith(texts.say("remark-unmeant"))
