"""Notes on a draft: one check a file, pure functions of a text and its context, without any wording."""

from bot.coaching.balance import company_word_share
from bot.coaching.contexts import CoachingContext
from bot.coaching.extent import check_headline_length
from bot.coaching.jargon import JargonList, parse_jargon
from bot.coaching.notes import MAX_NOTES, notes_for_stage
from bot.coaching.openings import suggest_first_sentences
from bot.coaching.regions import phone_country_of_zone
from bot.coaching.risk import detect_risks
from bot.coaching.types import (
    CoachingCheck,
    CoachingFinding,
    CoachingNote,
    CoachingStage,
    FindingKind,
    KeptLine,
)

__all__ = [
    "MAX_NOTES",
    "CoachingCheck",
    "CoachingContext",
    "CoachingFinding",
    "CoachingNote",
    "CoachingStage",
    "FindingKind",
    "JargonList",
    "KeptLine",
    "check_headline_length",
    "company_word_share",
    "detect_risks",
    "notes_for_stage",
    "parse_jargon",
    "phone_country_of_zone",
    "suggest_first_sentences",
]
