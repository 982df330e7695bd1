"""Dealing the first screen: one anchor card for each theme, in the order of a Williams design."""

from __future__ import annotations

from random import Random

from bot.conversation.bank import StatementBank
from db.models.drafts import CardDeal

# The base row of a Williams design of order ten: with its ten cyclic shifts, every label stands once
# in every position and follows every other label exactly once (balanced for first-order carry-over).
BASE_ROW = (0, 1, 9, 2, 8, 3, 7, 4, 6, 5)
DESIGN_SIZE = len(BASE_ROW)

# The labels that the company themes take. Of these, one or two stand in the first half of every row,
# so that page one is never without what the company makes.
COMPANY_LABELS = (1, 4, 7)


def design_rows() -> tuple[tuple[int, ...], ...]:
    """The ten rows of the design."""
    return tuple(tuple((label + shift) % DESIGN_SIZE for label in BASE_ROW) for shift in range(DESIGN_SIZE))


def assigned_row(seed: int, assignment_number: int) -> int:
    """Which row the `turn`-th person of a segment gets: rows are dealt in random blocks of ten.

    Every ten people in a row of one segment get each row once, in an order drawn anew for each block.
    """
    block, place = divmod(assignment_number, DESIGN_SIZE)
    rows = list(range(DESIGN_SIZE))
    Random(f"{seed}/{block}").shuffle(rows)
    return rows[place]


def deal_cards(bank: StatementBank, row: int, seed: int) -> CardDeal:
    """The ten cards of the first screen: for each theme one of its anchors, drawn by `seed`, in `row`'s order."""
    draw = Random(seed)
    company = [t.id for t in bank.themes if t.kind == "company"]
    culture = [t.id for t in bank.themes if t.kind == "culture"]
    if len(company) != len(COMPANY_LABELS) or len(company) + len(culture) != DESIGN_SIZE:
        raise ValueError("the first screen wants seven culture and three company themes")
    rest = [label for label in range(DESIGN_SIZE) if label not in COMPANY_LABELS]
    labels = dict(zip([*COMPANY_LABELS, *rest], [*company, *culture], strict=True))
    cards = tuple(draw.choice(bank.anchor_cards(labels[label])).id for label in design_rows()[row])
    return CardDeal(seed, row, cards)
