"""The announcement of a wave, in a channel on the working day before it opens."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.posts import PostKind
from bot.views.blocks import Message
from bot.views.waves.announcement import announcement_message
from db.models import NoticeClass
from db.models.notices import Notice
from db.models.programmes import Programme
from db.models.waves import StoredWave
from db.queries import programmes, waves

NAME = "announcement"


@dataclass(frozen=True)
class AnnouncementFacts:
    """The announced wave, and the programme's settings."""

    wave: StoredWave
    programme: Programme


async def _load(connection: AsyncConnection, notice: Notice) -> AnnouncementFacts | None:
    wave = await waves.find_wave(connection, notice.team_id, notice.subject or "")
    programme = await programmes.find_programme(connection, notice.team_id)
    return None if wave is None or programme is None else AnnouncementFacts(wave, programme)


def _build_message(facts: AnnouncementFacts) -> Message:
    programme = facts.programme
    return announcement_message(facts.wave, Texts(programme.language))


ANNOUNCEMENT_KIND = PostKind(NAME, NoticeClass.CAMPAIGN, _load, _build_message)
