"""The Home tab of one person: what it is drawn from, and publishing it anew whenever something changed."""

from __future__ import annotations

from bot.errors import BotError, ExternalPersonError, GuestError
from bot.i18n import LOCALES
from bot.services import Services, UserRef
from bot.slack.errors import RefusedCallError
from bot.views.blocks import Block, escape_name
from bot.views.home import home_view, no_access_home_view
from bot.views.home_model import HomeModel
from bot.workflows.delivery.follow_ups import load_calendar
from bot.workflows.people.members import find_person, load_texts, person_from, texts_for
from bot.workflows.preferences.opt_out import stop
from bot.workflows.programme.admin_panel import load_admin_panel
from db.models import Person
from db.queries import consents, drafts, people


def publish_home_later(services: Services, who: UserRef) -> None:
    """Show the Home tab as it is stored by then, after what is still to be said to this person."""
    services.send_after_commit(who, lambda: publish_home(services, who))


async def publish_home(services: Services, who: UserRef) -> None:
    """Show this person their Home tab, or one kind sentence to somebody who cannot take part."""
    view = await _home_of(services, who)
    await services.messenger.call_with_retries("views.publish", user_id=who.user, view=view)


def turn_away_later(services: Services, who: UserRef, problem: BotError) -> None:
    """Show one kind sentence on the Home tab of somebody who cannot take part."""

    async def saying() -> None:
        sentence = (await load_texts(services, who)).say(
            problem.key, company=escape_name(services.company_name)
        )
        await services.messenger.call_with_retries(
            "views.publish", user_id=who.user, view=no_access_home_view(sentence)
        )

    services.send_after_commit(who, saying)


async def _home_of(services: Services, who: UserRef) -> Block:
    shelf = await load_home_model(services, who)
    texts = texts_for(shelf.person)
    problem = _refusal_for(shelf.person)
    if problem is not None:
        return no_access_home_view(texts.say(problem.key, company=escape_name(services.company_name)))
    return home_view(shelf, texts, await load_admin_panel(services, shelf.person))


async def load_home_model(services: Services, who: UserRef) -> HomeModel:
    """All that is stored of this person's stories and settings. Whoever only looks is not stored."""
    async with services.database.read_transaction() as connection:
        person = await people.find_person(connection, who.team, who.user)
        if person is not None:
            today = (await load_calendar(connection, person)).local_date(services.clock.now())
            return HomeModel(
                person,
                drafts=await drafts.list_drafts(connection, who.team, who.user),
                consents=await consents.load_current_consents(connection, who.team, who.user),
                segments=services.segment_names,
                has_opted_out=person.is_stopped,
                quiet_until=person.paused_until if person.is_paused_on(today) else None,
            )
    return HomeModel(await _fetch_visitor(services, who), is_stored=False)


async def _fetch_visitor(services: Services, who: UserRef) -> Person:
    """Somebody not known, as Slack describes them; nothing of it is kept."""
    try:
        answer = await services.messenger.call_with_retries("users.info", user=who.user, include_locale=True)
    except RefusedCallError:
        return Person(who.team, who.user, "", "", services.clock.now())
    return person_from(services, who, dict(answer["user"]))


def _refusal_for(person: Person) -> BotError | None:
    if person.is_stranger:
        return ExternalPersonError()
    return GuestError() if person.is_guest or person.is_bot or person.deleted else None


async def set_language(services: Services, who: UserRef, locale: str) -> bool:
    """In which language this person is spoken to; False when it is none that the bot speaks."""
    if locale not in LOCALES:
        return False
    async with services.person_transaction(who) as connection:
        await people.set_locale_choice(connection, who.team, who.user, locale)
    return True


async def set_proactive_messages(services: Services, who: UserRef, *, allowed: bool) -> None:
    """Whether the bot may write first. Only this, in so many words, takes a stop back."""
    person = await find_person(services, who)
    if person is None or person.is_stopped is not allowed:
        return
    if not allowed:
        await stop(services, who)
        return
    async with services.person_transaction(who) as connection:
        await people.set_welcome_back_at(connection, who.team, who.user, services.clock.now())
