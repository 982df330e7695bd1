"""Contacts, a part of check 1: addresses, telephone numbers, links and postal codes."""

import re
from collections.abc import Iterator

from phonenumbers import PhoneNumberMatcher

from bot.coaching.types import CoachingFinding, FindingKind

_NON_SPACE_RUN = re.compile(r"\S+")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>«»]+", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|dev|app|info|edu|gov|sa|ae|eg|jo|de|fr|co|me|uk)"
    r"(?:/[^\s<>«»]*)?(?![\w@-])(?!\.\w)",
    re.IGNORECASE,
)
_SURROUNDING_PUNCTUATION = "\"'“”’‘«»()[]{}<>.,;:!?،؛؟…*_~`"
_POSTCODES = (
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"),
    re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b"),
    re.compile(
        r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]"
        r"|UT|V[AT]|W[AIVY]) \d{5}(?:-\d{4})?\b"
    ),
    re.compile(
        r"\b(?:zip|zip code|postal code|postcode|plz|p\.? ?o\.? box):? ?#?[A-Z]{0,2}-?\d[\w-]{1,9}",
        re.IGNORECASE,
    ),
    re.compile(r"(?:الرمز البريدي|صندوق بريد|ص\.? ?ب\.?)[ :]*\d{2,10}"),
)
# The matcher gives up after this much text without a number; stories are shorter.
_MAX_PHONE_TRIES = 1_000


def detect_contact_details(text: str, region: str | None) -> Iterator[CoachingFinding]:
    """Return the contact details in a text; `region` is for telephone numbers without a country code."""
    taken: list[tuple[int, int]] = []
    for kind, start, end in (*_email_spans(text), *_link_spans(text)):
        if not any(start < last and first < end for first, last in taken):
            taken.append((start, end))
            yield CoachingFinding(kind, start, end, text[start:end])
    for match in PhoneNumberMatcher(text, region, max_tries=_MAX_PHONE_TRIES):
        if not any(match.start < last and first < match.end for first, last in taken):
            taken.append((match.start, match.end))
            yield CoachingFinding(FindingKind.PHONE, match.start, match.end, match.raw_string)
    for pattern in _POSTCODES:
        for found in pattern.finditer(text):
            if not any(found.start() < last and first < found.end() for first, last in taken):
                taken.append(found.span())
                yield CoachingFinding(FindingKind.POSTCODE, found.start(), found.end(), found.group())


def _email_spans(text: str) -> Iterator[tuple[FindingKind, int, int]]:
    r"""Return the matches of `\S+@\S+\.\S+`, run by run: the pattern takes cubic time on a long one."""
    for found in _NON_SPACE_RUN.finditer(text):
        start, end = _trim_punctuation(text, found.start(), found.end())
        at = text.find("@", start + 1, end)
        if at >= 0 and text.find(".", at + 2, end - 1) >= 0:
            yield FindingKind.EMAIL, start, end


def _link_spans(text: str) -> Iterator[tuple[FindingKind, int, int]]:
    for pattern in (_LINK, _DOMAIN):
        for found in pattern.finditer(text):
            yield FindingKind.LINK, *_trim_punctuation(text, found.start(), found.end())


def _trim_punctuation(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the punctuation that surrounds an address in a sentence."""
    while start < end and text[start] in _SURROUNDING_PUNCTUATION:
        start += 1
    while end > start and text[end - 1] in _SURROUNDING_PUNCTUATION:
        end -= 1
    return start, end
