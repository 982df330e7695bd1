"""Notes on a draft: one check a file, pure functions of a text and its context, without any wording."""

from bot.coaching.contexts import Context
from bot.coaching.jargon import Jargon, parse
from bot.coaching.notes import notes
from bot.coaching.nouns import Check, Found, Kind, Line, Moment, Note

__all__ = ["Check", "Context", "Found", "Jargon", "Kind", "Line", "Moment", "Note", "notes", "parse"]
