"""How delivery stands: what the page for those who run the programme is drawn from."""

from __future__ import annotations

from datetime import datetime

from bot.rules.calendars import Calendar, calendar_of_programme
from bot.rules.deliveries import days_before, delivered, standing, waits_for
from bot.services import Services
from bot.views.deliveries import Open, Page, Post
from bot.workflows.histories import CAMPAIGNS
from db import deliveries, waves
from db.models import Person
from db.models.notices import Posted
from db.models.programmes import Programme
from db.models.waves import StoredWave


async def page_of(services: Services, person: Person, programme: Programme) -> Page:
    """The page as this person may read it now."""
    now, team = services.clock.now(), services.team
    calendar = calendar_of_programme(programme)
    days = days_before(now, deliveries.SPAN, calendar)
    starts = [calendar.moment_of(day) for day in days]
    async with services.database.reading() as session:
        off = await deliveries.is_off(session, team)
        oldest = await deliveries.find_oldest_due(session, team, now)
        tallies = await deliveries.list_tallies(session, team, starts)
        posted = await deliveries.list_posted(session, team, starts[0])
        started = [wave for wave in await waves.list_waves(session, team) if wave.started_at is not None]
        listed = await waves.count_invited(session, team)
    going = [wave for wave in reversed(started) if days[-1] <= wave.closes_on]
    return Page(
        person,
        standing(programme, oldest, now, is_off=off),
        programme.halted_at,
        delivered(tallies, CAMPAIGNS, days),
        tuple(_post(one, started, programme) for one in posted),
        tuple(Open(wave, listed.get(wave.id, 0), _has_opened(wave, now, calendar)) for wave in going),
    )


def _has_opened(wave: StoredWave, now: datetime, calendar: Calendar) -> bool:
    return wave.opens_on <= calendar.date_of(now)


def _post(posted: Posted, started: list[StoredWave], programme: Programme) -> Post:
    name = next((wave.name for wave in started if wave.id == posted.subject), "")
    return Post(posted, waits_for(posted.reason, is_halted=programme.halted_at is not None), name)
