"""Somebody answers their invitation, under the message itself; and wants fewer of these, or as many as usual."""

from __future__ import annotations

from bot import ids
from bot.errors import NoWave
from bot.handlers.calls import Call, Reply, Routes
from bot.notices.invitations import AGAIN
from bot.views import invitations as views
from bot.views import snoozes
from bot.views.blocks import Message
from bot.views.replies import simple
from bot.views.snoozes import comes_again
from bot.workflows import inviting, stopping
from bot.workflows.homes import publish_later
from bot.workflows.leaving import say, tell
from bot.workflows.people import meet, spoken
from bot.workflows.putting_off import What, put_off_this, when_of


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
            await inviting.note_answer(services, who, wave, "begun")
            _redraw(call, simple(texts, "invitation-begun"))
            say(services, who, await inviting.begin(services, who))
        case "no":
            await inviting.note_answer(services, who, wave, "declined")
            _redraw(call, simple(texts, "invitation-declined"))
        case "later":
            stopping.refuse_stopped(person)
            _redraw(call, views.later_choice(wave, texts))
        case "fewer":
            await inviting.want_fewer(services, who, fewer=True)
            await tell(services, who, "invitation-fewer-said")
        case "stop":
            await tell(services, who, await stopping.stop(services, who))
        case choice if (when := when_of(choice, call.date)) is not None:
            at = await put_off_this(services, who, What(AGAIN, wave), when)
            _redraw(call, comes_again(at, person.tz, texts))
        case snoozes.A_DATE:
            return None  # a date was taken away again
        case _:
            raise NoWave
    publish_later(services, who)
    return None


async def set_fewer(call: Call) -> Reply:
    """Fewer or as usual, on the Home tab."""
    await meet(call.services, call.who)
    await inviting.want_fewer(call.services, call.who, fewer=call.carried.choice == "yes")
    publish_later(call.services, call.who)
    return None


def _redraw(call: Call, message: Message) -> None:
    """What was pressed gives way to what follows."""

    async def redraw() -> None:
        await call.services.messenger.update(call.channel, call.ts, message)

    call.services.say_later(call.who, redraw)


ROUTES: Routes = {"action": {ids.INVITATION: answer, ids.FEWER_SET: set_fewer}}
