"""Clients, a part of check 1: names of customers, and code names of unannounced projects."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import get_global

from bot.coaching.contexts import CoachingContext
from bot.coaching.names import fuzzy_name_spans, has_any_name, match_names
from bot.coaching.types import CoachingFinding, FindingKind
from bot.text import fold

MIN_SIMILARITY = 92

_NAME = r"(?P<name>[A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*)*)"
_AFTER_CUSTOMER = re.compile(rf"\b(?i:customers?|clients?)(?:,| like| called| named| is| was)? {_NAME}")
_AFTER_FOR = re.compile(rf"\bfor {_NAME}")
_AFTER_ARABIC = re.compile(rf"(?:عميل|زبون)(?:نا|تنا|ة|ي)?(?:\s+(?:هو|هي|شركة|مثل))?\s+[«\"“(]?{_NAME}")
# Capitalised words that are no customers: days, feasts, websites, words that are always capitalised.
_ORDINARY_WORD_LIST = """customer customers client clients success support service services experience care
engagement operations relations advisory board day days insights solutions head lead senior junior
director manager engineer i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december christmas easter
ramadan eid diwali hanukkah thanksgiving halloween new year god allah mom mum dad grandma grandpa slack
linkedin medium github google python java javascript typescript rust go kotlin swift react kubernetes
linux windows android ios postgres excel europe asia africa america american european asian african
british german french spanish arab muslim christian ux ui hr it qa ai ml pr it's the a an my our we this
that these those what how why when english arabic latin team everyone people product engineering
marketing sales support design finance ceo cto cmo"""
_ORDINARY_WORDS = frozenset(_ORDINARY_WORD_LIST.split())


@cache
def _geographic_names() -> frozenset[str]:
    """Return countries, languages and the cities that time zones are named after."""
    locale = Locale("en")
    names = {*locale.territories.values(), *locale.languages.values()}
    cities = {zone.rsplit("/", 1)[-1].replace("_", " ") for zone in get_global("zone_territories")}
    return frozenset(fold(name) for name in names | cities)


def detect_clients_and_code_names(text: str, context: CoachingContext) -> Iterator[CoachingFinding]:
    """Return customers and code names from the company's lists; without a list, capitals that may be a customer."""
    for start, end in fuzzy_name_spans(text, context.customers, MIN_SIMILARITY):
        yield CoachingFinding(FindingKind.CUSTOMER, start, end, text[start:end])
    if not context.customers:
        for pattern in (_AFTER_CUSTOMER, _AFTER_FOR, _AFTER_ARABIC):
            for found in pattern.finditer(text):
                if not _is_ordinary_name(found["name"], context):
                    yield CoachingFinding(FindingKind.CUSTOMER, *found.span("name"), found["name"])
    for place in match_names(text, context.code_names):
        yield CoachingFinding(FindingKind.CODE_NAME, place.start, place.end, text[place.start : place.end])


def _is_ordinary_name(name: str, context: CoachingContext) -> bool:
    """Return whether a capitalised name is a day, a place, a language, a colleague or the company itself."""
    folded = fold(name).removesuffix("'s")
    first = re.split(r"[ '-]", folded)[0]
    if first in _ORDINARY_WORDS or folded in _geographic_names() or first in _geographic_names():
        return True
    if name.isupper() and len(name) <= 3:
        return True
    known = (*context.company_names, *context.own_first_names)
    firsts = {fold(person).split(" ")[0] for person in context.colleagues if person.strip()}
    return has_any_name(name, known) or first in firsts
