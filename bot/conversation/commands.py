"""The commands that work at every step, and the one place that recognises them."""

from __future__ import annotations

from enum import StrEnum

from bot.text import fold


class Command(StrEnum):
    """A word that works at every step, typed as the whole message or pressed."""

    BACK = "back"
    SKIP = "skip"
    PAUSE = "pause"
    STOP = "stop"
    DELETE = "delete"
    HELP = "help"
    LANGUAGE = "language"


_SPELLINGS: dict[Command, tuple[str, ...]] = {
    Command.BACK: ("back", "go back", "رجوع", "عودة"),
    Command.SKIP: ("skip", "skip it", "skip this", "تخط", "تخطي", "تجاوز"),
    Command.PAUSE: ("pause", "استراحة", "إيقاف مؤقت"),
    Command.STOP: ("stop", "توقف", "إيقاف", "قف"),
    Command.DELETE: ("delete", "erase", "حذف", "مسح"),
    Command.HELP: ("help", "مساعدة"),
    Command.LANGUAGE: ("language", "languages", "لغة"),
}

_EDGE_CHARACTERS = " \t\n.,!?؟،؛…:;*_~`\"'«»“”‘’()[]/\u200e\u200f\u2066\u2067\u2068\u2069\ufe0f"


def normalize_phrase(text: str) -> str:
    """Return the phrase as people type it: case-folded, without surrounding marks or the Arabic article."""
    words = " ".join(fold(text).strip(_EDGE_CHARACTERS).split())
    return " ".join(w[2:] if w.startswith("ال") and len(w) > 4 else w for w in words.split())


_COMMAND_BY_PHRASE = {
    normalize_phrase(spelling): command for command, spellings in _SPELLINGS.items() for spelling in spellings
}


def parse_command(text: str) -> Command | None:
    """Return the command if the *whole* message is one, else None."""
    return _COMMAND_BY_PHRASE.get(normalize_phrase(text)) if len(text) <= 40 else None
