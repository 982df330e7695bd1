"""Granting what somebody typed about the bot's messages: fewer, later, quiet until a day, or as usual again."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.preference_phrases import Quiet, Wish
from bot.conversation.turns import Unmeant
from bot.errors import BotError, NoDraft
from bot.rules.schedule import Snooze
from bot.services import Services, Who
from bot.text import date_in
from bot.views.delivery import snooze as views
from bot.workflows.delivery.follow_ups import calendar_of
from bot.workflows.home.home import publish_later
from bot.workflows.people.members import spoken
from bot.workflows.people.replies import post, tell
from bot.workflows.preferences import quiet_until
from bot.workflows.preferences.snooze import put_off_latest
from bot.workflows.stories.show import show
from bot.workflows.stories.turn import take_turn
from bot.workflows.waves import answers
from db.models import Person

_EXAMPLE = timedelta(days=14)
"""How far ahead the day lies that is given as an example."""


async def grant(services: Services, person: Person, wish: Wish | Quiet, event: str) -> None:
    """Do what was wished, and say so. A stop stays as it is: it is taken back in so many words alone."""
    who = Who(person.team_id, person.user_id)
    if person.is_stopped:
        await _answer_once(services, who, event)
        return await tell(services, who, "wish-stopped")
    match wish:
        case Quiet(day):
            await _be_quiet(services, person, day, event)
        case Wish.FEWER:
            await answers.want_fewer(services, who, fewer=True, event=event)
            await tell(services, who, "invitation-fewer-said")
        case Wish.USUAL:
            await quiet_until.be_as_usual(services, who, event)
            await tell(services, who, "usual-said")
        case _:
            await _put_off(services, person, Snooze(wish), event)
    return publish_later(services, who)


async def grant_instead(
    services: Services, person: Person, wish: Wish, said: Unmeant, *, draft_id: str
) -> None:
    """Grant what had been taken for an answer, and take its words out of the story, where it is asked again."""
    who = Who(person.team_id, person.user_id)
    try:
        outcome = await take_turn(services, who, lambda _scene: said, draft_id=draft_id, aside=True)
    except NoDraft:  # erased since; the wish is as good as before
        return await grant(services, person, wish, "")
    try:
        await grant(services, person, wish, "")
    except BotError as problem:  # said here, for the handler would say it after the question
        await tell(services, who, problem.key)
    finally:  # the question last: that is what waits for words now
        services.say_later(who, lambda: show(services, outcome))


async def _be_quiet(services: Services, person: Person, day: str, event: str) -> None:
    who, texts = Who(person.team_id, person.user_id), spoken(person)
    async with services.database.reading() as connection:
        today = (await calendar_of(connection, person)).date_of(services.clock.now())
    until = date_in(day, today)
    if until is None:
        await _answer_once(services, who, event)
        return post(services, who, views.unread_date(today + _EXAMPLE, texts))
    await quiet_until.be_quiet(services, who, until, event)
    return post(services, who, views.quiet(until, texts))


async def _put_off(services: Services, person: Person, when: Snooze, event: str) -> None:
    who = Who(person.team_id, person.user_id)
    at = await put_off_latest(services, who, when, event)
    if at is None:
        return await tell(services, who, "later-nothing")
    return post(services, who, views.comes_again(at, person.tz, spoken(person)))


async def _answer_once(services: Services, who: Who, event: str) -> None:
    """Keep nothing but the receipt: a repeat is answered once."""
    async with services.turn(who, event):
        pass
