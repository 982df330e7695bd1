"""The bot's texts: Fluent files in English and Arabic, formatted only here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from fluent.runtime import FluentBundle, FluentResource

Locale = Literal["en", "ar"]
LOCALES: tuple[Locale, ...] = ("en", "ar")


class TextError(Exception):
    """A text is missing, or doesn't match its arguments."""


class Texts:
    """The texts of one locale."""

    def __init__(self, locale: Locale) -> None:
        self.locale: Locale = locale

    def say(self, key: str, /, **args: str | int | float) -> str:
        """Return the text of a key for prose, with every argument isolated so that text directions don't mix.

        Raises TextError for a missing key or argument, because a sentence with a gap must never be sent.
        """
        return self._format(key, True, args)

    def label(self, key: str, /, **args: str | int | float) -> str:
        """Return the text of a key for a button, a title or a URL, without isolating marks."""
        return self._format(key, False, args)

    def has(self, key: str) -> bool:
        """Return whether the key has a text."""
        return bool(load_bundle(self.locale, True).has_message(key))

    def _format(self, key: str, isolating: bool, args: dict[str, str | int | float]) -> str:
        if all(type(arg) is int for arg in args.values()):
            return _format_cached(self.locale, isolating, key, tuple(args.items()))
        return _format_text(self.locale, isolating, key, args)


@lru_cache(maxsize=4096)
def _format_cached(locale: Locale, isolating: bool, key: str, numbers: tuple[tuple[str, int], ...]) -> str:
    """Return a text whose arguments are all numbers, from a cache: a page of cards has two dozen such texts.

    A text with people's words in it is never cached.
    """
    return _format_text(locale, isolating, key, dict(numbers))


def _format_text(locale: Locale, isolating: bool, key: str, args: Mapping[str, str | int | float]) -> str:
    bundle = load_bundle(locale, isolating)
    if not bundle.has_message(key) or bundle.get_message(key).value is None:
        raise TextError(f"no text {key!r} in {locale}")
    text, errors = bundle.format_pattern(bundle.get_message(key).value, args)
    if errors:
        raise TextError(f"text {key!r} in {locale}: {errors[0]}")
    return str(text)


@cache
def load_bundle(locale: Locale, isolating: bool) -> Any:
    """Return all texts of a locale, read once from the package."""
    bundle = FluentBundle([locale], use_isolating=isolating)
    for resource in _load_resources(locale):
        bundle.add_resource(resource)
    return bundle


def load_all_bundles() -> None:
    """Read every text at the start: it blocks the event loop for a moment, for which a person would wait later."""
    for locale in LOCALES:
        for isolating in (True, False):
            load_bundle(locale, isolating)


@cache
def _load_resources(locale: Locale) -> tuple[Any, ...]:
    folder = resources.files(__package__).joinpath(locale)
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".ftl")), key=lambda f: f.name)
    return tuple(FluentResource(f.read_text("utf-8")) for f in files)


def choose_locale(choice: str | None, slack_locale: str | None) -> Locale:
    """Return the person's choice, or else their Slack's language, or else English."""
    if choice in LOCALES:
        return choice
    return "ar" if (slack_locale or "").lower().startswith("ar") else "en"
