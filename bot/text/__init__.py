"""Plain text: Slack's form and ours, folding, sentences, overlap, length and direction."""

from bot.text.bidi import isolate_bidi, neutralize_bidi
from bot.text.cutting import SplitText, join_parts, split_for_slack, split_paragraphs, truncate_at_word
from bot.text.dates import has_date_words, parse_date
from bot.text.folding import (
    Token,
    count_words,
    fold,
    folded_words,
    split_words,
    stem,
    stemmed_words,
    to_nfc,
    tokenize,
)
from bot.text.greetings import is_greeting
from bot.text.language import Language, arabic_share, detect_language
from bot.text.length import text_length, utf16_length
from bot.text.overlap import (
    PLACEHOLDER,
    CardFate,
    Overlap,
    OverlapOutcome,
    StoryPassage,
    coverage_in_story,
    find_closest_passage,
    measure_overlap,
    outcome_in_line,
    outcome_in_story,
    own_words_share,
    without_placeholders,
)
from bot.text.sentences import Sentence, split_sentences
from bot.text.slack import (
    escape_mrkdwn,
    input_to_plain_text,
    mentioned_user_ids,
    message_to_plain_text,
    sanitize_text,
    ts_sort_key,
)

__all__ = [
    "PLACEHOLDER",
    "CardFate",
    "Language",
    "Overlap",
    "OverlapOutcome",
    "Sentence",
    "SplitText",
    "StoryPassage",
    "Token",
    "arabic_share",
    "count_words",
    "coverage_in_story",
    "detect_language",
    "escape_mrkdwn",
    "find_closest_passage",
    "fold",
    "folded_words",
    "has_date_words",
    "input_to_plain_text",
    "is_greeting",
    "isolate_bidi",
    "join_parts",
    "measure_overlap",
    "mentioned_user_ids",
    "message_to_plain_text",
    "neutralize_bidi",
    "outcome_in_line",
    "outcome_in_story",
    "own_words_share",
    "parse_date",
    "sanitize_text",
    "split_for_slack",
    "split_paragraphs",
    "split_sentences",
    "split_words",
    "stem",
    "stemmed_words",
    "text_length",
    "to_nfc",
    "tokenize",
    "truncate_at_word",
    "ts_sort_key",
    "utf16_length",
    "without_placeholders",
]
