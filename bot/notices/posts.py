"""What is said unasked in a channel: like a notice, but to nobody in particular."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.views.blocks import Message
from db.models import NoticeClass
from db.models.notices import Notice

PostFactsT = TypeVar("PostFactsT")


@dataclass(frozen=True)
class PostKind(Generic[PostFactsT]):
    """One kind of post. Only `load` asks the database; it finds nothing when the post is not wanted any more."""

    name: str
    """As it stands in the outbox; it never changes."""
    notice_class: NoticeClass
    load: Callable[[AsyncConnection, Notice], Awaitable[PostFactsT | None]]
    build_message: Callable[[PostFactsT], Message]
