"""Somebody pressed a button under a question, or wanted to know more about one."""

from __future__ import annotations

from bot import ids
from bot.conversation.commands import Command
from bot.conversation.turns import Answer, Opened, Ordered, Pressed, Restored
from bot.errors import NoDraft
from bot.handlers.interaction import Call, Reply, Routes
from bot.views.stories.replies import rules_modal
from bot.workflows.people import replies as leaving
from bot.workflows.people.members import known, spoken
from bot.workflows.stories.show import Place, show
from bot.workflows.stories.turn import UNDEALT, Scene, meet_and_take_turn
from db.models.drafts import Question, Step


async def choose(call: Call) -> Reply:
    """A choice under a question of the story."""
    carried, question = call.carried, call.carried.asked()
    if question is None:
        raise NoDraft

    def decide(scene: Scene) -> Answer:
        opens = question.step is Step.LINES and not question.about and carried.choice == "open"
        if opens and scene.draft.at == question:
            return Opened(UNDEALT)
        if carried.choice in set(Command) and scene.draft.at == question:
            return Ordered(Command(carried.choice))
        return Pressed(question, carried.choice, carried.about, call.ticked)

    await _turn(call, decide)
    return None


async def _turn(call: Call, decide: leaving.Decide, *, aside: bool = False) -> None:
    outcome = await meet_and_take_turn(
        call.services, call.who, decide, draft_id=call.carried.draft, aside=aside
    )
    question = call.carried.asked() or Question(Step.INVITATION)
    place = Place(call.channel, call.ts, question)
    call.services.say_later(call.who, lambda: show(call.services, outcome, place))


async def tick(call: Call) -> Reply:
    """A box was ticked: nothing is taken until the button is pressed."""
    return None


async def restore(call: Call) -> Reply:
    """[Keep it]: a deleted message's words stay in the story, even in one put aside."""
    carried = call.carried
    question = carried.asked() or Question(Step.INVITATION)
    await _turn(call, lambda _scene: Restored(question, carried.about), aside=True)
    return None


async def explain_rules(call: Call) -> Reply:
    """[Tell me more] under the ground rules."""
    texts = spoken(await known(call.services, call.who))
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=rules_modal(texts))
    return None


async def erase(call: Call) -> Reply:
    """[Erase]: this draft with everything in it."""
    await leaving.erase_draft(call.services, call.who, call.carried.draft)
    return None


async def keep(call: Call) -> Reply:
    """[Keep]: nothing has changed."""
    await leaving.tell(call.services, call.who, "kept")
    return None


async def set_language(call: Call) -> Reply:
    """The language in which the bot speaks; the story keeps its own."""
    await leaving.change_language(call.services, call.who, call.carried.choice)
    return None


ROUTES: Routes = {
    "action": {
        ids.CHOOSE: choose,
        ids.HAND_BOX: tick,
        ids.ANSWER_RESTORE: restore,
        ids.RULES_EXPLAIN: explain_rules,
        ids.DRAFT_ERASE: erase,
        ids.DRAFT_KEEP: keep,
        ids.LANGUAGE_SET: set_language,
    }
}
