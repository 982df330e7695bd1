"""What a kind of notice has to answer: is it still wanted, what does it say, and with what right does it come."""

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
    """Most kinds are told by their row in the outbox alone."""


def is_snoozed(notice: Notice) -> bool:
    """Whether it was put off: then its occurrence names the date until which, beside what it is about."""
    return notice.occurrence.startswith(f"{notice.subject}:again:")


@dataclass(frozen=True)
class NoticeKind(Generic[NoticeFactsT]):
    """One kind of notice. Only `load` asks the database; the rest decides from what it found.

    What it says also says why it came and carries a button that ends it: see `bot.views.delivery.notice_layout`.
    """

    name: str
    """As it stands in the outbox; it never changes."""
    notice_class: NoticeClass
    """Which limits hold for it."""
    policy: ResendPolicy
    """What becomes of one of which nobody knows whether it arrived."""
    load: Callable[[AsyncConnection, Notice, Person], Awaitable[NoticeFactsT]]
    is_wanted: Callable[[NoticeFactsT], bool]
    build_message: Callable[[NoticeFactsT, Person, Texts], Message]
    is_reply: bool = False
    """Whether it answers what the person has just done: then no hour is wrong, nor a stop in between."""
    is_taken_off: Callable[[NoticeFactsT], bool] = field(default=lambda facts: False)
    """Whether somebody else has taken the person off what it belongs to."""
    is_for_owners: bool = False
    """Whether owners need it to run the programme: no halt holds it back, and its own failing is told to nobody."""
    is_ready: Callable[[NoticeFactsT], bool] = field(default=lambda facts: True)
    """Whether it can be said yet; else it is asked again at the next tick."""
    plan_follow_ups: Callable[[NoticeFactsT, Notice, Person, datetime], tuple[PlannedNotice, ...]] = field(
        default=lambda *_: ()
    )
    """What is planned when it goes out, in the same transaction."""
    record_sending: Callable[[AsyncConnection, Notice], Awaitable[None]] = field(default=_record_nothing)
    """What is kept of its going out, in the same transaction; beside `load` the only one to ask the database."""
