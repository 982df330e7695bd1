"""Proactive messages: one kind a file, and the tables by which the outbox finds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.notices.announcements import ANNOUNCEMENT_KIND
from bot.notices.changes import CHANGES_KIND
from bot.notices.halted import HALTED_KIND
from bot.notices.invitations import INVITATION_KINDS
from bot.notices.kinds import NoticeKind
from bot.notices.landed import LANDED_KIND
from bot.notices.paused import PAUSED_KIND
from bot.notices.posts import PostKind
from bot.notices.refused import REFUSED_KIND
from bot.notices.stopped import STOPPED_KIND

KINDS: Mapping[str, NoticeKind[Any]] = {
    kind.name: kind
    for kind in (
        CHANGES_KIND,
        LANDED_KIND,
        PAUSED_KIND,
        STOPPED_KIND,
        *INVITATION_KINDS,
        REFUSED_KIND,
        HALTED_KIND,
    )
}
POST_KINDS: Mapping[str, PostKind[Any]] = {post.name: post for post in (ANNOUNCEMENT_KIND,)}
