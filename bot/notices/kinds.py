"""The interface of a kind of notice: whether it's still wanted, its message, and which limits it respects."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.views.blocks import Message
from db.models import NoticeClass, Person
from db.models.notices import Notice, PlannedNotice, ResendPolicy

NoticeFactsT = TypeVar("NoticeFactsT")


async def _record_nothing(connection: AsyncConnection, notice: Notice) -> None:
    """Store nothing: for most kinds the row in the outbox is enough."""


def is_snoozed(notice: Notice) -> bool:
    """Return whether the notice was snoozed: its occurrence then names the date, after the subject."""
    return notice.occurrence.startswith(f"{notice.subject}:again:")


@dataclass(frozen=True)
class NoticeKind(Generic[NoticeFactsT]):
    """One kind of notice. Only `load` queries the database; the rest decides from what it found.

    Its message also says why it came, and carries a button that ends it: see `bot.views.delivery.notice_layout`.
    """

    name: str
    """The name in the outbox; it never changes."""
    notice_class: NoticeClass
    """The class, which decides the limits."""
    policy: ResendPolicy
    """What to do with a notice of which nobody knows whether it arrived."""
    load: Callable[[AsyncConnection, Notice, Person], Awaitable[NoticeFactsT]]
    is_wanted: Callable[[NoticeFactsT], bool]
    build_message: Callable[[NoticeFactsT, Person, Texts], Message]
    is_reply: bool = False
    """Whether it answers what the person has just done: then it's sent at any hour, even after a stop."""
    is_taken_off: Callable[[NoticeFactsT], bool] = field(default=lambda facts: False)
    """Whether an owner has removed the person from what the notice belongs to."""
    is_for_owners: bool = False
    """Whether owners need it to run the programme: no halt holds it back, and no alert reports its failure."""
    is_ready: Callable[[NoticeFactsT], bool] = field(default=lambda facts: True)
    """Whether it can be sent yet; otherwise it's checked again at the next tick."""
    plan_follow_ups: Callable[[NoticeFactsT, Notice, Person, datetime], tuple[PlannedNotice, ...]] = field(
        default=lambda *_: ()
    )
    """The notices planned when it's sent, in the same transaction."""
    record_sending: Callable[[AsyncConnection, Notice], Awaitable[None]] = field(default=_record_nothing)
    """Stores its consequences when it's sent, in the same transaction; nothing else here uses the database."""
