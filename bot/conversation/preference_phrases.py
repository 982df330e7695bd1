"""Phrases about when and how often the bot may send proactive messages, and the one place that recognises them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.commands import normalize_phrase
from bot.text import may_name_date
from db.models.drafts import Draft, PersonMessage, WrittenAnswer


class PreferenceRequest(StrEnum):
    """A request about the bot's messages, typed as the whole message."""

    FEWER = "fewer"
    USUAL = "usual"
    LATER_TODAY = "later_today"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True)
class QuietUntilRequest:
    """A request for no proactive messages until a day, in the words that name the day."""

    day: str


@dataclass(frozen=True)
class AmbiguousAnswer:
    """A message kept as an answer, the request that it may have been, and the messages that it replaced."""

    request: PreferenceRequest
    message: PersonMessage
    replaced: tuple[str, ...]


_SPELLINGS: dict[PreferenceRequest, tuple[str, ...]] = {
    PreferenceRequest.FEWER: ("fewer", "fewer messages", "fewer please", "أقل", "رسائل أقل", "أقل من فضلك"),
    PreferenceRequest.USUAL: ("as usual", "as usual again", "كالمعتاد", "كالعادة", "العودة إلى المعتاد"),
    PreferenceRequest.LATER_TODAY: ("later", "later today", "لاحقاً", "لاحقاً اليوم", "فيما بعد"),
    PreferenceRequest.TOMORROW: ("tomorrow", "غداً", "بكرة"),
    PreferenceRequest.NEXT_WEEK: ("next week", "الأسبوع القادم", "الأسبوع المقبل"),
}
_REQUEST_BY_PHRASE = {
    normalize_phrase(spelling): request for request, spellings in _SPELLINGS.items() for spelling in spellings
}

_MAX_LENGTH = 60
_QUIET_UNTIL_PATTERN = re.compile(
    r"(?:(?:be |stay |keep )?(?:quiet|silent)|silence|pause|هدوء|صمت|استراحه|ايقاف موقت)"
    r" (?:until|till|til|حتي|الي|لغايه)(?: (?P<day>.+))?"
)


def is_possible_answer(request: PreferenceRequest | QuietUntilRequest) -> bool:
    """Return whether the phrase may also be an answer, where an answer in words is expected.

    "Tomorrow" and "fewer" fill a gap, "next week" tells a story, and so does "quiet until the alarm rang".
    "Quiet until 12 March" addresses the bot, and names a day: nobody says that of themselves.
    """
    return isinstance(request, PreferenceRequest) or not may_name_date(request.day)


def ambiguous_answers(draft: Draft) -> tuple[AmbiguousAnswer, ...]:
    """Return every message that counts as an answer and may have been a request."""
    written = [answer for answer in draft.answers.values() if isinstance(answer, WrittenAnswer)]
    counting = [(message, answer) for answer in written for message in answer.parts if not message.deleted]
    found = ((parse_preference(message.plain), message, answer.replaced) for message, answer in counting)
    return tuple(
        AmbiguousAnswer(request, message, replaced)
        for request, message, replaced in found
        if isinstance(request, PreferenceRequest)
    )


def parse_preference(text: str) -> PreferenceRequest | QuietUntilRequest | None:
    """Return the request if the *whole* message is one, else None."""
    if len(text) > _MAX_LENGTH or "\n" in text.strip():
        return None
    words = normalize_phrase(text)
    if (request := _REQUEST_BY_PHRASE.get(words)) is not None:
        return request
    found = _QUIET_UNTIL_PATTERN.fullmatch(words)
    return QuietUntilRequest(found["day"] or "") if found else None
