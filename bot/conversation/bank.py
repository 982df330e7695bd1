"""The statement bank as frozen types: themes, cards with placeholders, and prompts about life outside work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, cast

from db.models.drafts import StoryLanguage

CardKind = Literal["culture", "company"]
PLACEHOLDER_PATTERN = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True)
class Theme:
    """The topic of a group of cards, with the question that personalises a line made from one."""

    id: str
    kind: CardKind
    names: Mapping[StoryLanguage, str]
    make_it_yours: Mapping[StoryLanguage, str]


@dataclass(frozen=True)
class Card:
    """A statement that people may adopt; its scope is `all` for an anchor card, else a segment."""

    id: str
    theme: str
    kind: CardKind
    scope: str
    texts: Mapping[StoryLanguage, str]
    hints: Mapping[str, Mapping[StoryLanguage, str]]
    care: tuple[str, ...]


@dataclass(frozen=True)
class Prompt:
    """A small question about life outside work."""

    id: str
    texts: Mapping[StoryLanguage, str]


@dataclass(frozen=True)
class StatementBank:
    """All themes, cards and prompts of a programme, in the bank's own order."""

    themes: tuple[Theme, ...]
    cards: tuple[Card, ...]
    prompts: tuple[Prompt, ...]

    @cached_property
    def _cards_by_id(self) -> dict[str, Card]:
        return {card.id: card for card in self.cards}

    @cached_property
    def _themes_by_id(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.themes}

    def card(self, card_id: str) -> Card:
        """Return the card with this id; raise KeyError if the bank has none."""
        return self._cards_by_id[card_id]

    def has_card(self, card_id: str) -> bool:
        """Return whether the bank has a card with this id."""
        return card_id in self._cards_by_id

    def theme(self, theme_id: str) -> Theme:
        """Return the theme with this id; raise KeyError if the bank has none."""
        return self._themes_by_id[theme_id]

    def anchor_cards(self, theme_id: str) -> tuple[Card, ...]:
        """Return the cards of a theme that everybody may be dealt; only these compare segments."""
        return tuple(c for c in self.cards if c.theme == theme_id and c.scope == "all")

    def segment_cards(self, segment: str | None) -> tuple[Card, ...]:
        """Return the cards shown under "others": the segment's own, or every segment's for a person without one."""
        scopes = {c.scope for c in self.cards} - {"all"}
        mine = {segment} if segment in scopes else scopes
        return tuple(c for c in self.cards if c.scope in mine)


def parse_bank(document: Mapping[str, Any]) -> StatementBank:
    """Return the bank in a parsed `statement-bank.yaml`; the KeyError for a malformed one names the missing key."""
    themes = tuple(
        Theme(t["id"], t["kind"], _texts_by_language(t), _texts_by_language(t["make_it_yours"]))
        for t in document["themes"]
    )
    cards = tuple(
        Card(
            c["id"],
            c["theme"],
            c["kind"],
            c["scope"],
            _texts_by_language(c),
            {name: _texts_by_language(hint) for name, hint in c["openings"].items()},
            tuple(c["care"]),
        )
        for c in document["statements"]
    )
    prompts = tuple(Prompt(p["id"], _texts_by_language(p)) for p in document["personal_prompts"])
    return StatementBank(themes, cards, prompts)


def _texts_by_language(entry: Mapping[str, Any]) -> Mapping[StoryLanguage, str]:
    return cast("Mapping[StoryLanguage, str]", {"en": entry["en"], "ar": entry["ar"]})


def placeholder_names(text: str) -> tuple[str, ...]:
    """Return the names of the placeholders still in a text, in order, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER_PATTERN.findall(text)))
