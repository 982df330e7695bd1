"""Somebody pressed a button under what was said unasked: not now, later, quiet for a while, or never again."""

from __future__ import annotations

from bot import ids
from bot.conversation.preference_phrases import Wish
from bot.conversation.turns import Unmeant
from bot.errors import NoDraft, NotChoosable
from bot.handlers.interaction import Call, Reply, Routes
from bot.notices.landed import LANDED
from bot.notices.paused import PAUSED
from bot.views.blocks import Message
from bot.views.delivery import snooze as views
from bot.views.stories import replies
from bot.workflows.delivery import follow_ups
from bot.workflows.home.home import publish_later
from bot.workflows.inbox.typed_preferences import grant_instead
from bot.workflows.people.members import meet, spoken, texts_for
from bot.workflows.people.replies import post, tell
from bot.workflows.preferences import opt_out, quiet_until
from bot.workflows.preferences.snooze import What, put_off_this, when_of


async def not_now(call: Call) -> Reply:
    """[Not now]: nothing changes, and nothing is asked again."""
    await meet(call.services, call.who)
    return await _say_instead(call, "not-now-said")


async def put_off(call: Call) -> Reply:
    """Later today, tomorrow, next week, or on a date."""
    person = await meet(call.services, call.who)
    carried, when = call.carried, when_of(call.carried.choice, call.date)
    if when is None:
        return None
    if carried.about not in (PAUSED.name, LANDED.name):
        raise NoDraft
    at = await put_off_this(call.services, call.who, What(carried.about, carried.draft), when)
    return _redrawn(call, views.comes_again(at, person.tz, spoken(person)))


async def cancel(call: Call) -> Reply:
    """[No reminder]."""
    await meet(call.services, call.who)
    await follow_ups.cancel_reminder(call.services, call.who, call.carried.draft)
    return await _say_instead(call, "no-reminder-said")


async def be_quiet(call: Call) -> Reply:
    """Quiet until the date that was picked, under a message or on the Home tab."""
    person = await meet(call.services, call.who)
    texts, until = spoken(person), call.date
    if until is None:
        return None
    try:
        await quiet_until.be_quiet(call.services, call.who, until)
    except NotChoosable:
        if not call.view:
            raise
        sorry = views.not_choosable(texts)
        await call.services.messenger.once("views.open", trigger_id=call.trigger, view=sorry)
    else:
        if not call.view:
            post(call.services, call.who, views.quiet(until, texts))
    publish_later(call.services, call.who)
    return None


async def end_quiet(call: Call) -> Reply:
    """[End it now], under the message that says so or on the Home tab."""
    await meet(call.services, call.who)
    await quiet_until.end_quiet(call.services, call.who)
    publish_later(call.services, call.who)
    return None if call.view else await _say_instead(call, "quiet-ended")


async def stop(call: Call) -> Reply:
    """[Please don't write first]."""
    await meet(call.services, call.who)
    await tell(call.services, call.who, await opt_out.stop(call.services, call.who))
    publish_later(call.services, call.who)
    return None


async def mean_it(call: Call) -> Reply:
    """A wish that had been taken for an answer: the button beside it says what was meant."""
    person = await meet(call.services, call.who)
    carried = call.carried
    if carried.choice not in set(Wish):
        raise NoDraft
    wish = Wish(carried.choice)
    ts, *before = carried.about.split(" ")
    said = Unmeant(call.channel, ts, tuple(before))
    await grant_instead(call.services, person, wish, said, draft_id=carried.draft)
    # Last: if nothing could be kept, the button still stands there to be pressed again.
    return _redrawn(call, views.offer_taken(wish, spoken(person)))


async def _say_instead(call: Call, key: str) -> Reply:
    return _redrawn(call, replies.simple(await texts_for(call.services, call.who), key))


def _redrawn(call: Call, said: Message) -> Reply:
    """What was pressed gives way to one sentence."""

    async def redraw() -> None:
        await call.services.messenger.update(call.channel, call.ts, said)

    call.services.say_later(call.who, redraw)
    return None


ROUTES: Routes = {
    "action": {
        ids.NOTICE_LATER: not_now,
        ids.NOTICE_AGAIN: put_off,
        ids.NOTICE_CANCEL: cancel,
        ids.NOTICE_STOP: stop,
        ids.QUIET_SET: be_quiet,
        ids.QUIET_END: end_quiet,
        ids.WISH_MEANT: mean_it,
    },
}
