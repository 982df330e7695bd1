"""The interface of a kind of post: a proactive message in a channel, without a recipient."""

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
    """One kind of post. Only `load` queries the database; it returns None when the post is no longer wanted."""

    name: str
    """The name in the outbox; it never changes."""
    notice_class: NoticeClass
    load: Callable[[AsyncConnection, Notice], Awaitable[PostFactsT | None]]
    build_message: Callable[[PostFactsT], Message]
