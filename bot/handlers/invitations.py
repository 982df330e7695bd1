"""Somebody answers their invitation, under the message itself; and wants fewer of these, or as many as usual."""

from __future__ import annotations

from bot import ids
from bot.errors import NoWave
from bot.handlers.interaction import Call, Reply, Routes
from bot.notices.invitations import AGAIN
from bot.views.blocks import Message
from bot.views.delivery import snooze
from bot.views.delivery.snooze import comes_again
from bot.views.stories.replies import simple
from bot.views.waves import invitation as views
from bot.workflows.home.home import publish_later
from bot.workflows.people.members import meet, spoken
from bot.workflows.people.replies import say, tell
from bot.workflows.preferences import opt_out
from bot.workflows.preferences.snooze import What, put_off_this, when_of
from bot.workflows.waves import answers


async def answer(call: Call) -> Reply:
    """A button of an invitation or of its reminder; those of a sample say that it is one."""
    person = await meet(call.services, call.who)
    services, who, wave = call.services, call.who, call.carried.about
    if wave == views.SAMPLE:
        await tell(services, who, "sample-pressed")
        return None
    texts = spoken(person)
    match call.carried.choice:
        case "begin":
            await answers.note_answer(services, who, wave, "begun")
            _redraw(call, simple(texts, "invitation-begun"))
            say(services, who, await answers.begin(services, who))
        case "no":
            await answers.note_answer(services, who, wave, "declined")
            _redraw(call, simple(texts, "invitation-declined"))
        case "later":
            opt_out.refuse_stopped(person)
            _redraw(call, views.later_choice(wave, texts))
        case "fewer":
            await answers.want_fewer(services, who, fewer=True)
            await tell(services, who, "invitation-fewer-said")
        case "stop":
            await tell(services, who, await opt_out.stop(services, who))
        case choice if (when := when_of(choice, call.date)) is not None:
            at = await put_off_this(services, who, What(AGAIN, wave), when)
            _redraw(call, comes_again(at, person.tz, texts))
        case snooze.A_DATE:
            return None  # a date was taken away again
        case _:
            raise NoWave
    publish_later(services, who)
    return None


async def set_fewer(call: Call) -> Reply:
    """Fewer or as usual, on the Home tab."""
    await meet(call.services, call.who)
    await answers.want_fewer(call.services, call.who, fewer=call.carried.choice == "yes")
    publish_later(call.services, call.who)
    return None


def _redraw(call: Call, message: Message) -> None:
    """What was pressed gives way to what follows."""

    async def redraw() -> None:
        await call.services.messenger.update(call.channel, call.ts, message)

    call.services.say_later(call.who, redraw)


ROUTES: Routes = {"action": {ids.INVITATION: answer, ids.FEWER_SET: set_fewer}}
