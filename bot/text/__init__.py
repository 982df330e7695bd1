"""Plain text: Slack's form and ours, folding, sentences, overlap, length and direction."""

from bot.text.bidi import isolate_bidi, neutralize_bidi
from bot.text.cutting import (
    SplitText,
    join_parts,
    split_for_slack,
    split_into_editor_fields,
    truncate_at_word,
)
from bot.text.dates import may_name_date, parse_date
from bot.text.folding import (
    Token,
    count_words,
    fold,
    folded_words,
    split_words,
    strip_arabic_prefixes,
    to_nfc,
    tokenize,
    words_for_comparison,
)
from bot.text.greetings import is_greeting
from bot.text.language import Language, arabic_share, detect_language
from bot.text.length import largest_counted_length, utf16_length
from bot.text.overlap import (
    PLACEHOLDER,
    CardFate,
    Overlap,
    OverlapOutcome,
    StoryPassage,
    best_passage_coverage,
    card_outcome_in_line,
    card_outcome_in_story,
    find_closest_passage,
    measure_overlap,
    own_words_share,
    without_placeholders,
)
from bot.text.sentences import Sentence, split_sentences
from bot.text.slack import (
    escape_mrkdwn,
    input_to_plain_text,
    mentioned_user_ids,
    message_to_plain_text,
    replace_unstorable_characters,
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
    "best_passage_coverage",
    "card_outcome_in_line",
    "card_outcome_in_story",
    "count_words",
    "detect_language",
    "escape_mrkdwn",
    "find_closest_passage",
    "fold",
    "folded_words",
    "input_to_plain_text",
    "is_greeting",
    "isolate_bidi",
    "join_parts",
    "largest_counted_length",
    "may_name_date",
    "measure_overlap",
    "mentioned_user_ids",
    "message_to_plain_text",
    "neutralize_bidi",
    "own_words_share",
    "parse_date",
    "replace_unstorable_characters",
    "split_for_slack",
    "split_into_editor_fields",
    "split_sentences",
    "split_words",
    "strip_arabic_prefixes",
    "to_nfc",
    "tokenize",
    "truncate_at_word",
    "ts_sort_key",
    "utf16_length",
    "without_placeholders",
    "words_for_comparison",
]
