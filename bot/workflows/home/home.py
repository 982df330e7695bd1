"""The Home tab of one person: its model, and publishing it again when something has changed."""

from __future__ import annotations

from bot.errors import BotError, ExternalPersonError, GuestError
from bot.services import Services, UserRef
from bot.slack.errors import RefusedCallError
from bot.views.blocks import Block, escape_name
from bot.views.home import home_view, no_access_home_view
from bot.views.home_model import HomeModel
from bot.workflows.people.calendars import load_calendar
from bot.workflows.people.members import load_texts, person_from, texts_for
from bot.workflows.programme.admin_panel import load_admin_panel
from db.models import Person
from db.queries import consents, drafts, people


def publish_home_later(services: Services, who: UserRef) -> None:
    """Publish the Home tab as it's stored by then, after the messages queued for this person."""
    services.send_after_commit(who, lambda: publish_home(services, who))


async def publish_home(services: Services, who: UserRef) -> None:
    """Publish the person's Home tab, or one kind sentence for somebody who can't take part."""
    view = await _home_view(services, who)
    await services.messenger.call_with_retries("views.publish", user_id=who.user, view=view)


def turn_away_later(services: Services, who: UserRef, problem: BotError) -> None:
    """Publish one kind sentence on the Home tab of somebody who can't take part."""

    async def publish() -> None:
        sentence = (await load_texts(services, who)).say(
            problem.key, company=escape_name(services.company_name)
        )
        await services.messenger.call_with_retries(
            "views.publish", user_id=who.user, view=no_access_home_view(sentence)
        )

    services.send_after_commit(who, publish)


async def _home_view(services: Services, who: UserRef) -> Block:
    model = await load_home_model(services, who)
    texts = texts_for(model.person)
    problem = _refusal_for(model.person)
    if problem is not None:
        return no_access_home_view(texts.say(problem.key, company=escape_name(services.company_name)))
    return home_view(model, texts, await load_admin_panel(services, model.person))


async def load_home_model(services: Services, who: UserRef) -> HomeModel:
    """Load this person's stories and settings. Somebody who only opens the tab isn't stored."""
    async with services.database.read_transaction() as connection:
        person = await people.find_person(connection, who.team, who.user)
        if person is not None:
            today = (await load_calendar(connection, person)).local_date(services.clock.now())
            return HomeModel(
                person,
                drafts=await drafts.list_all_drafts_of_person(connection, who.team, who.user),
                consents=await consents.load_latest_consents_by_use(connection, who.team, who.user),
                segments=services.segment_names,
                has_opted_out=person.is_stopped,
                quiet_until=person.paused_until if person.is_paused_on(today) else None,
            )
    return HomeModel(await _fetch_visitor(services, who), is_stored=False)


async def _fetch_visitor(services: Services, who: UserRef) -> Person:
    """Return somebody unknown as Slack describes them; nothing is stored."""
    try:
        answer = await services.messenger.call_with_retries("users.info", user=who.user, include_locale=True)
    except RefusedCallError:
        return Person(who.team, who.user, "", "", services.clock.now())
    return person_from(services, who, dict(answer["user"]))


def _refusal_for(person: Person) -> BotError | None:
    if person.is_stranger:
        return ExternalPersonError()
    return GuestError() if person.is_guest or person.is_bot or person.deleted else None
