"""Participation figures: computed once a day, and read as they were last published."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.compose import story_text
from bot.conversation.side_effects import has_begun
from bot.errors import WaveNotFoundError
from bot.rules.calendars import programme_calendar
from bot.rules.participation import ParticipationCount, figures_for_owners, next_published_figures
from bot.services import Services
from bot.text import split_sentences
from bot.views.waves.participation import ParticipationModel
from bot.workflows.programme.halt import halt_if_too_many_stopped
from db.models import StoredDraft
from db.models.programmes import Programme
from db.models.waves import StoredWave, WaveMember
from db.queries import participation_figures, programmes, waves

log = structlog.get_logger(__name__)

MIN_STORY_SENTENCES = 2
"""The fewest sentences that make a story."""
_MIN_FIGURES_INTERVAL = timedelta(hours=20)
"""The least time between two days' figures, whatever time zone the programme is moved to."""


async def load_participation(services: Services, programme: Programme, wave_id: str) -> ParticipationModel:
    """Return what owners may read of a wave; raise WaveNotFoundError for one that hasn't started."""
    async with services.database.read_transaction() as connection:
        wave = await waves.find_wave(connection, services.team, wave_id)
        if wave is None or wave.started_at is None:
            raise WaveNotFoundError
        members = await waves.list_members_including_excluded(connection, services.team, wave_id)
        published = await participation_figures.list_figures(connection, services.team, wave_id)
        elsewhere = await participation_figures.count_already_counted_by_wave(
            connection, services.team, wave_id
        )
    today = programme_calendar(programme).local_date(services.clock.now())
    return ParticipationModel(
        wave,
        wave.opens_on <= today,
        figures_for_owners(published, _count_listed_by_segment(members)),
        elsewhere,
    )


async def publish_figures_and_check_halt(services: Services, now: datetime) -> int:
    """Publish figures and check the week's opt-outs once a day is over in the programme's time zone.

    Return the number of waves counted. Both cover whole days only: computed at any moment that an owner likes, or
    twice in a few hours with another time zone set in between, they would reveal who did something just then.
    """
    async with services.database.read_transaction() as connection:
        programme = await programmes.find_programme(connection, services.team)
        if programme is None or not _is_day_over(programme, now):
            return 0
        today = programme_calendar(programme).local_date(now)
        stored = await waves.list_waves(connection, services.team)
        opened = [one for one in stored if one.started_at is not None and one.opens_on <= today]
        counts = {wave.id: found for wave in opened if (found := await _counts_if_readable(connection, wave))}
    async with services.transaction() as connection:
        programme = await programmes.lock_programme(connection, services.team)
        if programme is None or not _is_day_over(programme, now):
            return 0  # another process has closed it
        await _publish(connection, services.team, counts)
        closed = replace(programme, figures_at=now)
        await programmes.upsert_programme(connection, closed)
        await halt_if_too_many_stopped(connection, closed, now)
    log.info("figures.published", waves=len(counts))
    return len(counts)


def _is_day_over(programme: Programme, now: datetime) -> bool:
    """Return whether a date has ended since figures were last published, and nearly 24 hours have passed."""
    last = programme.figures_at
    if last is None:
        return True
    calendar = programme_calendar(programme)
    return calendar.local_date(last) < calendar.local_date(now) and now - last >= _MIN_FIGURES_INTERVAL


async def _publish(
    connection: AsyncConnection, team: str, counts: Mapping[str, Mapping[str, ParticipationCount]]
) -> None:
    for wave_id, by_segment in counts.items():
        before = await participation_figures.list_figures(connection, team, wave_id)
        await participation_figures.replace_figures(
            connection, team, wave_id, next_published_figures(wave_id, before, by_segment)
        )


async def _counts_if_readable(connection: AsyncConnection, wave: StoredWave) -> dict[str, ParticipationCount]:
    """Return today's counts of a wave; none when they can't be computed, so that its figures stay as they are."""
    try:
        return await _count_participants(connection, wave)
    except Exception as problem:  # noqa: BLE001 an unreadable draft must not prevent the halt
        log.error("figures.unreadable", wave=wave.id, error=type(problem).__name__)
        return {}


async def _count_participants(connection: AsyncConnection, wave: StoredWave) -> dict[str, ParticipationCount]:
    """Return today's counts of a wave by the segment in which people were invited."""
    assert wave.started_at is not None
    members = await waves.list_members_including_excluded(connection, wave.team_id, wave.id)
    stored = await waves.list_drafts_of_invited(connection, wave.team_id, wave.id, since_then=wave.started_at)
    return await asyncio.to_thread(_count_by_segment, members, stored)


def _count_by_segment(
    members: Collection[WaveMember], stored_drafts: Collection[StoredDraft]
) -> dict[str, ParticipationCount]:
    segment_of = {one.member: one.segment or "" for one in members if _is_counted(one)}
    finished = {stored.user_id for stored in stored_drafts if _is_finished(stored)} & segment_of.keys()
    started = {
        stored.user_id for stored in stored_drafts if has_begun(stored.draft)
    } & segment_of.keys() | finished
    by_step = [Counter(segment_of[user] for user in group) for group in (started, finished)]
    return {
        name: ParticipationCount(n, *(step[name] for step in by_step))
        for name, n in _count_listed_by_segment(members).items()
    }


def _count_listed_by_segment(members: Collection[WaveMember]) -> dict[str, int]:
    """Return the number of people on a list who are counted in its wave, by segment."""
    return dict(sorted(Counter(one.segment or "" for one in members if _is_counted(one)).items()))


def _is_counted(member: WaveMember) -> bool:
    return member.part == "invited" and member.is_counted


def _is_finished(stored: StoredDraft) -> bool:
    return (
        stored.finished_at is not None
        and len(split_sentences(story_text(stored.draft))) >= MIN_STORY_SENTENCES
    )
