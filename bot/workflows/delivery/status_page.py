"""The model of the delivery status page for those who run the programme."""

from __future__ import annotations

from bot.rules.calendars import programme_calendar
from bot.rules.delivery_status import (
    assess_delivery,
    post_wait_cause,
    recent_period_start,
    recently_opened_waves,
)
from bot.services import Services
from bot.views.delivery.status_page import ChannelPostStatus, DeliveryStatusModel, WaveStatus
from db.models import Person
from db.models.notices import ChannelPost
from db.models.programmes import Programme
from db.models.waves import StoredWave
from db.queries import delivery_stats, waves


async def load_status_page(services: Services, person: Person, programme: Programme) -> DeliveryStatusModel:
    """Load the page as this person may read it now."""
    now, team = services.clock.now(), services.team
    today = programme_calendar(programme).local_date(now)
    since = recent_period_start(programme, now)
    async with services.database.read_transaction() as connection:
        off = await delivery_stats.has_notice_awaiting_workspace(connection, team)
        oldest = await delivery_stats.find_oldest_due_time(connection, team, now)
        refused = await delivery_stats.list_permanent_refusal_reasons(connection, team, since)
        posted = await delivery_stats.list_pending_or_recent_posts(connection, team, since)
        started = [wave for wave in await waves.list_waves(connection, team) if wave.started_at is not None]
        listed = await waves.count_invited_by_wave(connection, team)
    open_waves = [wave for wave in reversed(started) if today <= wave.closes_on]
    return DeliveryStatusModel(
        person,
        assess_delivery(programme, oldest, now, is_off=off),
        programme.halted_at,
        tuple(one.reason for one in refused if one.channel is None),
        tuple(_post(one, started, programme) for one in posted),
        tuple(WaveStatus(wave, listed.get(wave.id, 0), wave.opens_on <= today) for wave in open_waves),
        tuple(
            WaveStatus(wave, listed.get(wave.id, 0), True) for wave in recently_opened_waves(started, today)
        ),
    )


def _post(posted: ChannelPost, started: list[StoredWave], programme: Programme) -> ChannelPostStatus:
    name = next((wave.name for wave in started if wave.id == posted.subject), "")
    return ChannelPostStatus(
        posted, post_wait_cause(posted.reason, is_halted=programme.halted_at is not None), name
    )
