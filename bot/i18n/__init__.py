"""Every word the bot says: Fluent files in English and Arabic, and the one door through which they are said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from fluent.runtime import FluentBundle, FluentResource

Locale = Literal["en", "ar"]
LOCALES: tuple[Locale, ...] = ("en", "ar")
_ARABIC_INDIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class TextError(Exception):
    """A text is missing, or does not agree with what it was given."""


class Texts:
    """The words of one locale. `digits` is a setting of the workspace: Western, or Arabic-Indic in Arabic."""

    def __init__(self, locale: Locale, digits: Literal["western", "arabic"] = "western") -> None:
        self.locale: Locale = locale
        self._digits = digits

    def say(self, key: str, /, **args: str | int | float) -> str:
        """The sentence under this key, for prose: what is put in is isolated, so that directions do not mix.

        Raises TextError for a missing key or argument: a sentence with a hole in it is never sent.
        """
        return self._format(key, True, args)

    def label(self, key: str, /, **args: str | int | float) -> str:
        """The words under this key for a button, a title or a URL: without isolating marks."""
        return self._format(key, False, args)

    def has(self, key: str) -> bool:
        """Whether there is a text under this key."""
        return bool(load_bundle(self.locale, True).has_message(key))

    def _format(self, key: str, isolating: bool, args: dict[str, str | int | float]) -> str:
        if all(type(arg) is int for arg in args.values()):
            text = _format_cached(self.locale, isolating, key, tuple(args.items()))
        else:
            text = _format_text(self.locale, isolating, key, args)
        if self.locale == "ar" and self._digits == "arabic":
            text = text.translate(_ARABIC_INDIC_DIGITS)
        return text


@lru_cache(maxsize=4096)
def _format_cached(locale: Locale, isolating: bool, key: str, numbers: tuple[tuple[str, int], ...]) -> str:
    """A text into which nothing but counts is put, formatted once: a page of cards has two dozen of them.

    What holds words of people is never remembered.
    """
    return _format_text(locale, isolating, key, dict(numbers))


def _format_text(locale: Locale, isolating: bool, key: str, args: Mapping[str, str | int | float]) -> str:
    words = load_bundle(locale, isolating)
    if not words.has_message(key) or words.get_message(key).value is None:
        raise TextError(f"no text {key!r} in {locale}")
    text, errors = words.format_pattern(words.get_message(key).value, args)
    if errors:
        raise TextError(f"text {key!r} in {locale}: {errors[0]}")
    return str(text)


@cache
def load_bundle(locale: Locale, isolating: bool) -> Any:
    """All texts of a locale, read once from the package."""
    words = FluentBundle([locale], use_isolating=isolating)
    for resource in _load_resources(locale):
        words.add_resource(resource)
    return words


def load_all_bundles() -> None:
    """Read every text now: it takes a moment for which the event loop stands, and later somebody would wait for it."""
    for locale in LOCALES:
        for isolating in (True, False):
            load_bundle(locale, isolating)


@cache
def _load_resources(locale: Locale) -> tuple[Any, ...]:
    folder = resources.files(__package__).joinpath(locale)
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".ftl")), key=lambda f: f.name)
    return tuple(FluentResource(f.read_text("utf-8")) for f in files)


def choose_locale(choice: str | None, slack_locale: str | None) -> Locale:
    """The person's choice, else the language of their Slack, else English."""
    if choice in LOCALES:
        return choice
    return "ar" if (slack_locale or "").lower().startswith("ar") else "en"
