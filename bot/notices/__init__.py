"""Everything the bot says unasked: one kind a file, and one table by which the outbox finds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.notices.announcements import ANNOUNCEMENT
from bot.notices.changes import CHANGES
from bot.notices.halted import HALTED
from bot.notices.invitations import INVITATIONS
from bot.notices.kinds import Kind
from bot.notices.landed import LANDED
from bot.notices.paused import PAUSED
from bot.notices.posts import Post
from bot.notices.refused import REFUSED
from bot.notices.stopped import STOPPED

KINDS: Mapping[str, Kind[Any]] = {
    kind.name: kind for kind in (CHANGES, LANDED, PAUSED, STOPPED, *INVITATIONS, REFUSED, HALTED)
}
POSTS: Mapping[str, Post[Any]] = {post.name: post for post in (ANNOUNCEMENT,)}
