"""Voice (check 5): whether the text sounds as if somebody else wrote it."""

from bot.coaching.contexts import Context
from bot.coaching.types import Check, Note
from bot.text import Token, fold, sentences, tokens

ENGLISH_FROM = 40
ARABIC_FROM = 60

_FIRST_PERSON = frozenset(("i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself"))


def voice(text: str, context: Context) -> Note | None:
    """A note when nobody says "I" in an English text, or when the writer's own name stands in for it."""
    words = tokens(text)
    names = frozenset(fold(name) for name in context.own_first_names if name.strip())
    if context.language_of(text) == "ar":
        return _named(
            next((token for token in words if token.word in names), None), len(words) >= ARABIC_FROM
        )
    if len(words) >= ENGLISH_FROM and not any(token.word in _FIRST_PERSON for token in words):
        return Note(Check.VOICE, "distant")
    starts = (tokens(sentence.text)[:1] for sentence in sentences(text))
    for sentence, first in zip(sentences(text), starts, strict=True):
        if first and first[0].word.removesuffix("'s") in names:
            return Note(Check.VOICE, "named", (sentence.start, sentence.end))
    return None


def _named(token: Token | None, is_long_enough: bool) -> Note | None:
    if token is None or not is_long_enough:
        return None
    return Note(Check.VOICE, "named", (token.start, token.end))
