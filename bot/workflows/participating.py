"""Counting who took part in a wave: by the segment of the day on which they were invited."""

from __future__ import annotations

from collections import Counter

from bot.conversation.compose import text_of
from bot.conversation.records import has_begun
from bot.errors import NoWave
from bot.rules.participation import Count, Shares, shares
from bot.services import Services
from bot.words import sentences
from db import waves
from db.models import StoredDraft
from db.models.waves import StoredWave

ENOUGH = 2
"""So many sentences make a story."""


async def shares_of(services: Services, wave_id: str) -> tuple[StoredWave, Shares]:
    """The wave, and what may be told of who took part in it; NoWave for one that has not started."""
    async with services.database.reading() as session:
        wave = await waves.find_wave(session, services.team, wave_id)
        if wave is None or wave.started_at is None:
            raise NoWave
        members = await waves.list_members(session, services.team, wave_id)
        written = await waves.list_written(session, services.team, wave_id, since_then=wave.started_at)
    invited = Counter(m.segment or "" for m in members if m.part == "invited")
    segment_of = {m.member: m.segment or "" for m in members if m.part == "invited" and m.member}
    finished = {stored.user_id for stored in written if _is_finished(stored)}
    started = {stored.user_id for stored in written if has_begun(stored.draft)} | finished
    by_segment = [Counter(segment_of[user] for user in group) for group in (started, finished)]
    counts = {name: Count(n, by_segment[0][name], by_segment[1][name]) for name, n in sorted(invited.items())}
    return wave, shares(counts)


def _is_finished(stored: StoredDraft) -> bool:
    return stored.finished_at is not None and len(sentences(text_of(stored.draft))) >= ENOUGH
