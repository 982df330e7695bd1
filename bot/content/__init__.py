"""The starter content, read once from the package: the statement bank and the jargon list."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from bot.coaching import JargonList
from bot.coaching import parse_jargon as parse_jargon
from bot.conversation.bank import StatementBank
from bot.conversation.bank import parse_bank as parse_bank


@cache
def starter_bank() -> StatementBank:
    """Return the fifty cards, ten themes and eight prompts that a programme starts with."""
    return parse_bank(_read("statement-bank.yaml"))


@cache
def starter_jargon() -> JargonList:
    """Return the corporate-speak list with its plainer alternatives, in both languages."""
    return parse_jargon(_read("jargon.yaml"))


def _read(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(resources.files(__package__).joinpath(name).read_text("utf-8"), loader)
