"""The Home tab of one person: what it is drawn from, and publishing it anew whenever something changed."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.errors import BotError, Guest, NoDraft, Stranger
from bot.i18n import LOCALES
from bot.services import Services, Who
from bot.views.blocks import Block, named
from bot.views.home import LANDINGS, home, turned_away
from bot.views.home_model import Shelf
from bot.workflows.delivery.follow_ups import calendar_of
from bot.workflows.people.members import known, person_from, spoken, texts_for
from bot.workflows.preferences.opt_out import stop
from bot.workflows.programme.admin_panel import desk_of
from db.models import Landed, Person
from db.queries import consents, drafts, people

_LANDED: dict[str, Landed] = {"up": "up", "not_yet": "not_yet", "changed_mind": "changed_mind"}


def publish_later(services: Services, who: Who) -> None:
    """Show the Home tab as it is stored by then, after what is still to be said to this person."""
    services.say_later(who, lambda: publish(services, who))


async def publish(services: Services, who: Who) -> None:
    """Show this person their Home tab, or one kind sentence to somebody who cannot take part."""
    view = await _home_of(services, who)
    await services.messenger.call("views.publish", user_id=who.user, view=view)


def turn_away_later(services: Services, who: Who, problem: BotError) -> None:
    """Show one kind sentence on the Home tab of somebody who cannot take part."""

    async def saying() -> None:
        sentence = (await texts_for(services, who)).say(problem.key, company=named(services.company))
        await services.messenger.call("views.publish", user_id=who.user, view=turned_away(sentence))

    services.say_later(who, saying)


async def _home_of(services: Services, who: Who) -> Block:
    shelf = await shelf_of(services, who)
    texts = spoken(shelf.person)
    problem = _turned_away(shelf.person)
    if problem is not None:
        return turned_away(texts.say(problem.key, company=named(services.company)))
    return home(shelf, texts, await desk_of(services, shelf.person))


async def shelf_of(services: Services, who: Who) -> Shelf:
    """All that is stored of this person's stories and settings. Whoever only looks is not stored."""
    async with services.database.reading() as connection:
        person = await people.find_person(connection, who.team, who.user)
        if person is not None:
            today = (await calendar_of(connection, person)).date_of(services.clock.now())
            return Shelf(
                person,
                drafts=await drafts.list_drafts(connection, who.team, who.user),
                consents=await consents.current_consents(connection, who.team, who.user),
                segments=services.segments,
                silent=person.is_stopped,
                quiet_until=person.paused_until if person.is_quiet_on(today) else None,
            )
    return Shelf(await _visitor(services, who), stored=False)


async def _visitor(services: Services, who: Who) -> Person:
    """Somebody not known, as Slack describes them; nothing of it is kept."""
    try:
        answer = await services.messenger.call("users.info", user=who.user, include_locale=True)
    except SlackApiError:
        return Person(who.team, who.user, "", "", services.clock.now())
    return person_from(services, who, dict(answer["user"]))


def _turned_away(person: Person) -> BotError | None:
    if person.is_stranger:
        return Stranger()
    return Guest() if person.is_guest or person.is_bot or person.deleted else None


async def set_language(services: Services, who: Who, locale: str) -> bool:
    """In which language this person is spoken to; False when it is none that the bot speaks."""
    if locale not in LOCALES:
        return False
    async with services.turn(who) as connection:
        await people.set_locale_choice(connection, who.team, who.user, locale)
    return True


async def set_first(services: Services, who: Who, *, may: bool) -> None:
    """Whether the bot may write first. Only this, in so many words, takes a stop back."""
    person = await known(services, who)
    if person is None or person.is_stopped is not may:
        return
    if not may:
        await stop(services, who)
        return
    async with services.turn(who) as connection:
        await people.set_welcome_back(connection, who.team, who.user, services.clock.now())


async def set_landed(services: Services, who: Who, draft_id: str, answer: str) -> None:
    """What the person says became of the finished story."""
    if answer not in LANDINGS:
        return
    async with services.turn(who) as connection:
        if await drafts.find_draft(connection, who.team, who.user, draft_id) is None:
            raise NoDraft
        await drafts.set_landed(connection, who.team, who.user, draft_id, landed=_LANDED[answer])
