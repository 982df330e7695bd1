"""Notes: which of the checks are asked at which moment, and the few notes that are shown."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.coaching.contexts import Context
from bot.coaching.nouns import Check, Moment, Note

MOST_AT_ONCE = 3

Checking = Callable[[str, Context], Note | None]

_ASKED: Mapping[Moment, tuple[Checking, ...]] = MappingProxyType({})


def notes(text: str, context: Context, moment: Moment) -> tuple[Note, ...]:
    """At most three notes on a text, in the order of the checks, without what the writer has silenced."""
    silenced = {check.topic for check in Check if check in context.silenced}
    given: list[Note] = []
    for checking in _ASKED.get(moment, ()):
        note = checking(text, context)
        if note is not None and note.topic not in silenced:
            given.append(note)
    return tuple(sorted(given, key=lambda note: note.check)[:MOST_AT_ONCE])
