"""Dealing the first screen: one anchor card for each theme, in the order of a Williams design."""

from __future__ import annotations

from random import Random

from bot.conversation.bank import StatementBank
from db.models.drafts import CardDeal

# The base row of a Williams design of order ten: over its ten cyclic shifts, every label is once
# in every position and follows every other label exactly once (balanced for first-order carry-over).
BASE_ROW = (0, 1, 9, 2, 8, 3, 7, 4, 6, 5)
DESIGN_SIZE = len(BASE_ROW)

# The labels of the company themes. One or two of them are in the first half of every row, so page one
# always has a card about the company's product.
COMPANY_LABELS = (1, 4, 7)


def design_rows() -> tuple[tuple[int, ...], ...]:
    """Return the ten rows of the design."""
    return tuple(tuple((label + shift) % DESIGN_SIZE for label in BASE_ROW) for shift in range(DESIGN_SIZE))


def assigned_row(seed: int, assignment_number: int) -> int:
    """Return the row for the n-th person of a segment, counted from 0: rows are dealt in random blocks of ten.

    Every ten consecutive people of one segment get each row once, in an order drawn anew for each block.
    """
    block, place = divmod(assignment_number, DESIGN_SIZE)
    rows = list(range(DESIGN_SIZE))
    Random(f"{seed}/{block}").shuffle(rows)
    return rows[place]


def deal_cards(bank: StatementBank, row: int, seed: int) -> CardDeal:
    """Return the ten cards of the first screen: one anchor of each theme, drawn by `seed`, in `row`'s order."""
    random = Random(seed)
    company = [t.id for t in bank.themes if t.kind == "company"]
    culture = [t.id for t in bank.themes if t.kind == "culture"]
    if len(company) != len(COMPANY_LABELS) or len(company) + len(culture) != DESIGN_SIZE:
        raise ValueError("the first screen needs seven culture and three company themes")
    rest = [label for label in range(DESIGN_SIZE) if label not in COMPANY_LABELS]
    labels = dict(zip([*COMPANY_LABELS, *rest], [*company, *culture], strict=True))
    cards = tuple(random.choice(bank.anchor_cards(labels[label])).id for label in design_rows()[row])
    return CardDeal(seed, row, cards)
