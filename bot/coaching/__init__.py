"""Notes on a draft: one check a file, pure functions of a text and its context, without any wording."""

from bot.coaching.balance import company_share
from bot.coaching.contexts import Context
from bot.coaching.extent import headline_extent
from bot.coaching.jargon import Jargon, parse
from bot.coaching.notes import MOST_AT_ONCE, notes
from bot.coaching.openings import openings
from bot.coaching.regions import region_of
from bot.coaching.risk import risks
from bot.coaching.types import Check, Found, Kind, Line, Moment, Note

__all__ = [
    "MOST_AT_ONCE",
    "Check",
    "Context",
    "Found",
    "Jargon",
    "Kind",
    "Line",
    "Moment",
    "Note",
    "company_share",
    "headline_extent",
    "notes",
    "openings",
    "parse",
    "region_of",
    "risks",
]
