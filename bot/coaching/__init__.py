"""Notes on a draft: one check a file, pure functions of a text and its context, without any wording."""

from bot.coaching.balance import company_share
from bot.coaching.contexts import CoachingContext
from bot.coaching.extent import check_headline_length
from bot.coaching.jargon import JargonList, parse_jargon
from bot.coaching.notes import MAX_NOTES, coaching_notes
from bot.coaching.openings import suggest_first_sentences
from bot.coaching.regions import region_of_time_zone
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
    "coaching_notes",
    "company_share",
    "detect_risks",
    "parse_jargon",
    "region_of_time_zone",
    "suggest_first_sentences",
]
