"""What people type about when and how often the bot may write first, and the one place that recognises it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.commands import bare
from bot.text import speaks_of_time
from db.models.drafts import Draft, Said, Written


class Wish(StrEnum):
    """Words about the bot's messages, typed as the whole message."""

    FEWER = "fewer"
    USUAL = "usual"
    LATER_TODAY = "later_today"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True)
class Quiet:
    """No message unasked until a day, in the words in which the day was given."""

    day: str


@dataclass(frozen=True)
class Doubt:
    """A message that was kept as an answer, the wish that it may have been, and the messages whose place it took."""

    wish: Wish
    said: Said
    replaced: tuple[str, ...]


_SPELLINGS: dict[Wish, tuple[str, ...]] = {
    Wish.FEWER: ("fewer", "fewer messages", "fewer please", "أقل", "رسائل أقل", "أقل من فضلك"),
    Wish.USUAL: ("as usual", "as usual again", "كالمعتاد", "كالعادة", "العودة إلى المعتاد"),
    Wish.LATER_TODAY: ("later", "later today", "لاحقاً", "لاحقاً اليوم", "فيما بعد"),
    Wish.TOMORROW: ("tomorrow", "غداً", "بكرة"),
    Wish.NEXT_WEEK: ("next week", "الأسبوع القادم", "الأسبوع المقبل"),
}
_MEANINGS = {bare(spelling): wish for wish, spellings in _SPELLINGS.items() for spelling in spellings}

_LONGEST = 60
_UNTIL = re.compile(
    r"(?:(?:be |stay |keep )?(?:quiet|silent)|silence|pause|هدوء|صمت|استراحه|ايقاف موقت)"
    r" (?:until|till|til|حتي|الي|لغايه)(?: (?P<day>.+))?"
)


def may_be_an_answer(wish: Wish | Quiet) -> bool:
    """Whether these words may as well be somebody's answer, where one in words is waited for.

    "Tomorrow" and "fewer" fill a gap, "next week" tells a story, and so does "quiet until the alarm rang".
    "Quiet until 12 March" speaks to the bot, and of a day to come: that much nobody says of themselves.
    """
    return isinstance(wish, Wish) or not speaks_of_time(wish.day)


def doubts(draft: Draft) -> tuple[Doubt, ...]:
    """Every message that counts as an answer and may have been a wish all the same."""
    written = [answer for answer in draft.answers.values() if isinstance(answer, Written)]
    counting = [(said, answer) for answer in written for said in answer.parts if not said.deleted]
    found = ((wished(said.plain), said, answer.replaced) for said, answer in counting)
    return tuple(Doubt(wish, said, replaced) for wish, said, replaced in found if isinstance(wish, Wish))


def wished(text: str) -> Wish | Quiet | None:
    """What this message wishes, when the *whole* message is such a wish; None for anything else."""
    if len(text) > _LONGEST or "\n" in text.strip():
        return None
    words = bare(text)
    if (wish := _MEANINGS.get(words)) is not None:
        return wish
    found = _UNTIL.fullmatch(words)
    return Quiet(found["day"] or "") if found else None
