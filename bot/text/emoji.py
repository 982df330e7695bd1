"""Emoji: Slack's names for them (`:coffee:`) converted to the characters that the author saw."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_EMOJI_NAME = re.compile(r":([a-z0-9_+'-]{1,100}):")
_SKIN_TONES = re.compile(r":skin-tone-([2-6])(?:-([2-6]))?:(?::skin-tone-([2-6]):)?")
_SHORT_NAME_LENGTH = 3


@dataclass(frozen=True)
class _EmojiTable:
    """The data set: characters by name, and toned characters by plain character and tone digits."""

    characters: Mapping[str, str]
    tones: Mapping[str, Mapping[str, str]]


@cache
def _load_emoji_table() -> _EmojiTable:
    """Return Slack's own data set, read when the first emoji is found."""
    content = json.loads((files(__package__) / "emoji.json").read_text(encoding="utf-8"))
    return _EmojiTable(characters=content["characters"], tones=content["tones"])


def _is_glued(character: str) -> bool:
    """Return whether a neighbouring character makes a name between colons look like part of a time or a path."""
    return character == ":" or (character.isascii() and character.isalnum())


def _is_ambiguous(name: str, before: str, after: str) -> bool:
    """Return whether `:name:` is more likely part of a text such as 10:100:45 or a:b:c than an emoji."""
    if len(name) > _SHORT_NAME_LENGTH and not name.isdigit():
        return False
    return _is_glued(before) and _is_glued(after)


def _apply_skin_tone(character: str, text: str, at: int) -> tuple[str, int]:
    """Return the character in the skin tones that follow it at `at`, and the index after them."""
    found = _SKIN_TONES.match(text, at)
    variants = _load_emoji_table().tones.get(character)
    if found is None or variants is None:
        return character, at
    digits = "".join(digit for digit in found.groups() if digit)
    if digits in variants:
        return variants[digits], found.end()
    if len(set(digits)) == 1 and digits[0] in variants:
        return variants[digits[0]], found.end()
    # A pair of people in one tone is stored under both tones in some entries of the data set.
    if digits * 2 in variants:
        return variants[digits * 2], found.end()
    return character, at


def replace_emoji_names(text: str) -> str:
    """Return the text with every known emoji name as its character; custom emoji keep their names."""
    if text.count(":") < 2:
        return text
    characters = _load_emoji_table().characters
    parts: list[str] = []
    copied = at = 0
    while found := _EMOJI_NAME.search(text, at):
        start, end = found.span()
        character = characters.get(found.group(1))
        before = text[start - 1 : start] if start > copied or not parts else ""
        after = "" if _EMOJI_NAME.match(text, end) else text[end : end + 1]
        if character is None or _is_ambiguous(found.group(1), before, after):
            at = start + 1
            continue
        character, end = _apply_skin_tone(character, text, end)
        parts += (text[copied:start], character)
        copied = at = end
    return "".join((*parts, text[copied:]))
