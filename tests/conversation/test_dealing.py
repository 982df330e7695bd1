"""The first screen is dealt fairly: every card is at every position, and follows every other, equally often."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.conversation.advance import advance
from bot.conversation.dealing import COMPANY_LABELS, DESIGN_SIZE, assigned_row, deal_cards, design_rows
from bot.conversation.turns import ButtonPressed, NeedsDeal
from db.models.drafts import DraftStep, Question
from tests.conversation.scripted_dialogue import BANK, DEAL, MATERIAL, dialogue_at

ROWS = range(DESIGN_SIZE)


def test_every_label_is_once_in_each_row_and_each_position() -> None:
    rows = design_rows()

    assert len(rows) == DESIGN_SIZE
    assert all(sorted(row) == list(ROWS) for row in rows)
    assert all(sorted(column) == list(ROWS) for column in zip(*rows, strict=True))


def test_every_label_follows_every_other_exactly_once() -> None:
    neighbours = Counter(pair for row in design_rows() for pair in pairwise(row))

    assert set(neighbours.values()) == {1}
    assert len(neighbours) == DESIGN_SIZE * (DESIGN_SIZE - 1)


@pytest.mark.parametrize("row", ROWS)
def test_page_one_holds_one_or_two_company_lines_in_every_row(row: int) -> None:
    first_page = design_rows()[row][:5]

    assert sum(label in COMPANY_LABELS for label in first_page) in (1, 2)


@pytest.mark.parametrize("row", ROWS)
def test_a_deal_has_one_anchor_for_each_theme(row: int) -> None:
    cards = [BANK.card(card) for card in deal_cards(BANK, row, seed=row).cards]

    assert sorted(card.theme for card in cards) == sorted(theme.id for theme in BANK.themes)
    assert all(card.scope == "all" for card in cards)
    assert sum(card.kind == "company" for card in cards) == 3
    assert sum(card.kind == "company" for card in cards[:5]) in (1, 2)


def test_every_theme_is_once_in_each_position_over_the_ten_rows() -> None:
    places = {
        (BANK.card(card).theme, place)
        for row in ROWS
        for place, card in enumerate(deal_cards(BANK, row, seed=3).cards)
    }

    assert len(places) == DESIGN_SIZE * DESIGN_SIZE


def test_every_ten_people_get_each_row_once_in_a_separate_order() -> None:
    blocks = [
        tuple(assigned_row(20_261, n) for n in range(start, start + DESIGN_SIZE))
        for start in range(0, 200, DESIGN_SIZE)
    ]

    assert all(sorted(block) == list(ROWS) for block in blocks)
    assert len(set(blocks)) > 15


def test_the_same_seed_gives_the_same_deal_and_the_same_blocks() -> None:
    assert deal_cards(BANK, 4, seed=99) == deal_cards(BANK, 4, seed=99)
    assert [assigned_row(5, n) for n in range(40)] == [assigned_row(5, n) for n in range(40)]
    assert [assigned_row(5, n) for n in range(40)] != [assigned_row(6, n) for n in range(40)]


def test_every_anchor_is_dealt_about_as_often_as_its_two_siblings() -> None:
    dealt = Counter(card for seed in range(600) for card in deal_cards(BANK, seed % DESIGN_SIZE, seed).cards)

    anchors = {card.id for card in BANK.cards if card.scope == "all"}
    assert set(dealt) == anchors
    assert all(140 <= times <= 260 for times in dealt.values())


def test_a_deal_remembers_its_seed_and_row() -> None:
    dealt = deal_cards(BANK, row=3, seed=11)

    assert (dealt.row, dealt.seed, len(dealt.cards)) == (3, 11, DESIGN_SIZE)


def test_a_bank_that_cannot_be_balanced_is_refused() -> None:
    with pytest.raises(ValueError, match="seven culture and three company"):
        deal_cards(replace(BANK, themes=BANK.themes[:-1]), 0, 1)


def test_a_deal_is_asked_for_only_where_there_is_none() -> None:
    undealt = dialogue_at(DraftStep.LINES).draft
    pressed = ButtonPressed(Question(DraftStep.LINES), "open")

    assert advance(undealt, pressed, MATERIAL) == NeedsDeal(undealt)
    assert advance(replace(undealt, deal=DEAL), pressed, MATERIAL).draft.at == Question(DraftStep.LINES, "1")
