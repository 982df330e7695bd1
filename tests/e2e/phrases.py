"""The bot's own texts, read from its Fluent files, for what dialogues press and look for."""

from __future__ import annotations

from bot.i18n import Locale, Texts

_TEXTS: dict[Locale, Texts] = {"en": Texts("en"), "ar": Texts("ar")}


def phrase(key: str, locale: Locale = "en", /, **args: str | int) -> str:
    """Return the whole text of a key as a screen shows it, without isolating marks."""
    return _TEXTS[locale].label(key, **args)
