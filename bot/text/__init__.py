"""Text itself: Slack's form and ours, folding, sentences, overlap, length, direction; imported by anybody."""

from bot.text.bidi import isolate, neutral
from bot.text.cutting import Pieces, cut, join, paragraph_pieces, pieces
from bot.text.dates import date_in, speaks_of_time
from bot.text.folding import (
    Token,
    composed,
    count_words,
    fold,
    folded_words,
    similar_words,
    stem,
    tokens,
    words,
)
from bot.text.greetings import is_greeting
from bot.text.language import Language, arabic_share, language
from bot.text.length import length, utf16_units
from bot.text.overlap import (
    OPENING,
    Fate,
    Outcome,
    Overlap,
    Stretch,
    coverage_in_story,
    nearest,
    outcome,
    outcome_in_story,
    overlap,
    own_words_share,
    without_openings,
)
from bot.text.sentences import Sentence, sentences
from bot.text.slack import at_the_door, from_field, from_slack, mentioned, moment, to_slack

__all__ = [
    "OPENING",
    "Fate",
    "Language",
    "Outcome",
    "Overlap",
    "Pieces",
    "Sentence",
    "Stretch",
    "Token",
    "arabic_share",
    "at_the_door",
    "composed",
    "count_words",
    "coverage_in_story",
    "cut",
    "date_in",
    "fold",
    "folded_words",
    "from_field",
    "from_slack",
    "is_greeting",
    "isolate",
    "join",
    "language",
    "length",
    "mentioned",
    "moment",
    "nearest",
    "neutral",
    "outcome",
    "outcome_in_story",
    "overlap",
    "own_words_share",
    "paragraph_pieces",
    "pieces",
    "sentences",
    "similar_words",
    "speaks_of_time",
    "stem",
    "to_slack",
    "tokens",
    "utf16_units",
    "without_openings",
    "words",
]
