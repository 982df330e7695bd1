"""How delivery stands: what the page for those who run the programme is drawn from."""

from __future__ import annotations

from bot.rules.calendars import calendar_of_programme
from bot.rules.delivery_status import lately, opened_lately, standing, waits_for
from bot.services import Services
from bot.views.delivery.status_page import Open, Page, Post
from db.models import Person
from db.models.notices import Posted
from db.models.programmes import Programme
from db.models.waves import StoredWave
from db.queries import delivery_stats, waves


async def page_of(services: Services, person: Person, programme: Programme) -> Page:
    """The page as this person may read it now."""
    now, team = services.clock.now(), services.team
    today = calendar_of_programme(programme).date_of(now)
    since = lately(programme, now)
    async with services.database.reading() as connection:
        off = await delivery_stats.is_off(connection, team)
        oldest = await delivery_stats.find_oldest_due(connection, team, now)
        refused = await delivery_stats.list_refused(connection, team, since)
        posted = await delivery_stats.list_posted(connection, team, since)
        started = [wave for wave in await waves.list_waves(connection, team) if wave.started_at is not None]
        listed = await waves.count_invited(connection, team)
    going = [wave for wave in reversed(started) if today <= wave.closes_on]
    return Page(
        person,
        standing(programme, oldest, now, is_off=off),
        programme.halted_at,
        tuple(one.reason for one in refused if one.channel is None),
        tuple(_post(one, started, programme) for one in posted),
        tuple(Open(wave, listed.get(wave.id, 0), wave.opens_on <= today) for wave in going),
        tuple(Open(wave, listed.get(wave.id, 0), True) for wave in opened_lately(started, today)),
    )


def _post(posted: Posted, started: list[StoredWave], programme: Programme) -> Post:
    name = next((wave.name for wave in started if wave.id == posted.subject), "")
    return Post(posted, waits_for(posted.reason, is_halted=programme.halted_at is not None), name)
