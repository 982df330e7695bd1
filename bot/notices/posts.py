"""What is said unasked in a channel: like a notice, but to nobody in particular."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.views.blocks import Message
from db.models import NoticeClass
from db.models.notices import Notice

Facts = TypeVar("Facts")


@dataclass(frozen=True)
class Post(Generic[Facts]):
    """One kind of post. Only `load` asks the database; it finds nothing when the post is not wanted any more."""

    name: str
    """As it stands in the outbox; it never changes."""
    notice_class: NoticeClass
    load: Callable[[AsyncConnection, Notice], Awaitable[Facts | None]]
    says: Callable[[Facts], Message]
