"""Language: Arabic or English, told by the script of the letters and by nothing else."""

from typing import Literal

Language = Literal["en", "ar"]

_ARABIC_BLOCKS = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))


def is_arabic_letter(character: str) -> bool:
    """Whether a character is a letter of the Arabic script."""
    point = ord(character)
    return character.isalpha() and any(first <= point <= last for first, last in _ARABIC_BLOCKS)


def arabic_share(text: str) -> float | None:
    """The share of Arabic-script letters among all letters; None when there is no letter."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return None
    return sum(map(is_arabic_letter, letters)) / len(letters)


def detect_language(text: str) -> Language | None:
    """The language of a text: Arabic from a share of one half on; None when there is no letter to go by."""
    share = arabic_share(text)
    if share is None:
        return None
    return "ar" if share >= 0.5 else "en"
