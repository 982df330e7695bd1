"""Language detection: Arabic or English, by the script of the letters alone."""

from typing import Literal

Language = Literal["en", "ar"]

_ARABIC_BLOCKS = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))


def is_arabic_letter(character: str) -> bool:
    """Return whether a character is a letter of the Arabic script."""
    point = ord(character)
    return character.isalpha() and any(first <= point <= last for first, last in _ARABIC_BLOCKS)


def arabic_share(text: str) -> float | None:
    """Return the share of Arabic-script letters among all letters; None without letters."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return None
    return sum(map(is_arabic_letter, letters)) / len(letters)


def detect_language(text: str) -> Language | None:
    """Return the language of a text, Arabic from a share of one half on; None without letters."""
    share = arabic_share(text)
    if share is None:
        return None
    return "ar" if share >= 0.5 else "en"
