"""Voice (check 5): a text that sounds as if somebody else wrote it."""

from bot.coaching.contexts import CoachingContext
from bot.coaching.types import CoachingCheck, CoachingNote
from bot.text import Token, fold, split_sentences, tokenize

MIN_ENGLISH_WORDS = 40
MIN_ARABIC_WORDS = 60

_FIRST_PERSON = frozenset(("i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself"))


def check_voice(text: str, context: CoachingContext) -> CoachingNote | None:
    """Return a note when an English text has no "I", or when the writer's own name takes its place."""
    words = tokenize(text)
    names = frozenset(fold(name) for name in context.own_first_names if name.strip())
    if context.language_of(text) == "ar":
        return _own_name_note(
            next((token for token in words if token.word in names), None), len(words) >= MIN_ARABIC_WORDS
        )
    if len(words) >= MIN_ENGLISH_WORDS and not any(token.word in _FIRST_PERSON for token in words):
        return CoachingNote(CoachingCheck.VOICE, "distant")
    starts = (tokenize(sentence.text)[:1] for sentence in split_sentences(text))
    for sentence, first in zip(split_sentences(text), starts, strict=True):
        if first and first[0].word.removesuffix("'s") in names:
            return CoachingNote(CoachingCheck.VOICE, "named", (sentence.start, sentence.end))
    return None


def _own_name_note(token: Token | None, is_long_enough: bool) -> CoachingNote | None:
    if token is None or not is_long_enough:
        return None
    return CoachingNote(CoachingCheck.VOICE, "named", (token.start, token.end))
