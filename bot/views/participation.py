"""Who took part in a wave: a line for each segment and one for all, in numbers that point at nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.texts import Texts
from bot.views.blocks import Block, context, divider, modal, named, section
from bot.views.dates import on
from db.models.waves import StoredWave


class Share(Protocol):
    """How many, as far as it may be told: what is no number is not told."""

    @property
    def invited(self) -> int:
        """How many were invited."""

    @property
    def started(self) -> object:
        """How many began."""

    @property
    def finished(self) -> object:
        """How many finished."""


class Shares(Protocol):
    """By segment, and of all of them."""

    @property
    def segments(self) -> Mapping[str, Share]:
        """Those of each segment, by its name."""

    @property
    def total(self) -> Share:
        """All of them together."""


def participation(wave: StoredWave, shares: Shares, names: Mapping[str, str], texts: Texts) -> Block:
    """The numbers of a wave that has started."""
    intro = texts.say(
        "part-intro",
        name=named(wave.name),
        opens=on(wave.opens_on, texts),
        closes=on(wave.closes_on, texts),
    )
    lines = [_line(named(names.get(name, name)), share, texts) for name, share in shares.segments.items()]
    blocks = [section(intro), *map(section, lines)]
    if len(lines) != 1:
        blocks += [divider(), section(_line(texts.say("part-all"), shares.total, texts))]
    blocks.append(context(texts.say("part-about")))
    return modal(texts.label("part-title"), blocks, texts.label("modal-close"))


def _line(name: str, share: Share, texts: Texts) -> str:
    said = [texts.say("part-invited", n=share.invited)]
    for what, n in (("started", share.started), ("finished", share.finished)):
        if isinstance(n, int):
            percent = str(round(100 * n / share.invited)) if share.invited else "0"
            said.append(texts.say(f"part-{what}", n=n, percent=percent))
        else:
            said.append(texts.say(f"part-{what}-hidden"))
    return "\n".join([f"*{name}*", *said])
