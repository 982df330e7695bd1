"""Notes: which of the checks are asked at which moment, and the few notes that are shown."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.coaching.balance import balance
from bot.coaching.contexts import Context
from bot.coaching.corporate import corporate
from bot.coaching.employer import employer
from bot.coaching.extent import extent
from bot.coaching.gaps import gaps
from bot.coaching.hook import hook
from bot.coaching.personal import personal
from bot.coaching.rhythm import rhythm
from bot.coaching.risk import risk_notes
from bot.coaching.sameness import sameness
from bot.coaching.types import Check, Moment, Note
from bot.coaching.voice import voice

MOST_AT_ONCE = 3

Checking = Callable[[str, Context], Note | None]

_ASKED: Mapping[Moment, tuple[Checking, ...]] = MappingProxyType(
    {
        Moment.BALANCE: (balance,),
        Moment.DRAFT: (personal, hook, voice, corporate, rhythm, sameness, extent),
        Moment.TAKE: (gaps,),
        Moment.SHARE: (employer,),
    }
)


def notes(text: str, context: Context, moment: Moment) -> tuple[Note, ...]:
    """At most three notes on a text, in the order of the checks, without what the writer has silenced."""
    silenced = {check.topic for check in Check if check in context.silenced}
    given = [note for note in _given(text, context, moment) if note.topic not in silenced]
    return tuple(given[:MOST_AT_ONCE])


def _given(text: str, context: Context, moment: Moment) -> tuple[Note, ...]:
    """All notes of a moment; the checks stand in the order of their numbers already."""
    if moment is Moment.LAST_LOOK:
        return risk_notes(text, context)
    made = (checking(text, context) for checking in _ASKED[moment])
    return tuple(note for note in made if note is not None)
