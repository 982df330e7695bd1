"""Who took part in a wave: the published figures, for each segment and for everybody, without a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.i18n import Texts
from bot.views.blocks import Block, context, divider, escape_name, modal, section
from bot.views.dates import format_date
from db.models.waves import StoredWave


class Row(Protocol):
    """The figures of a segment, or of everybody: numbers, or the words for why they are hidden."""

    @property
    def listed(self) -> int:
        """How many people are counted."""

    @property
    def started(self) -> int | str:
        """How many started."""

    @property
    def finished(self) -> int | str:
        """How many finished."""


class Figures(Protocol):
    """The figures of a wave."""

    @property
    def segments(self) -> Mapping[str, Row]:
        """Those of each segment, by its name."""

    @property
    def everyone(self) -> Row | None:
        """All of them together; none where too few people are counted."""


class ParticipationModel(Protocol):
    """All that the page is drawn from."""

    @property
    def wave(self) -> StoredWave:
        """The wave."""

    @property
    def has_opened(self) -> bool:
        """Whether its first day has come."""

    @property
    def figures(self) -> Figures:
        """What was published of it."""

    @property
    def elsewhere(self) -> Sequence[tuple[str, int]]:
        """Earlier waves by name, each with how many people on this list are counted there."""


def participation_modal(model: ParticipationModel, names: Mapping[str, str], texts: Texts) -> Block:
    """Return the modal with the figures of a wave that has started."""
    wave, everyone = model.wave, model.figures.everyone
    opens = format_date(wave.opens_on, texts)
    intro = texts.say(
        "part-intro", name=escape_name(wave.name), opens=opens, closes=format_date(wave.closes_on, texts)
    )
    blocks = [section(intro)]
    if not model.has_opened:
        blocks += [section(texts.say("part-ahead", opens=opens))]
    elif everyone is None:
        blocks += [section(texts.say("part-too-few"))]
    else:
        blocks += _figures_blocks(model.figures.segments, everyone, names, texts)
    elsewhere = [texts.say("part-elsewhere", n=n, name=escape_name(name)) for name, n in model.elsewhere]
    blocks += [section("\n".join(elsewhere))] if elsewhere else []
    blocks.append(context(texts.say("part-about")))
    return modal(texts.label("part-title"), blocks, texts.label("modal-close"))


def _figures_blocks(
    segments: Mapping[str, Row], everyone: Row, names: Mapping[str, str], texts: Texts
) -> list[Block]:
    """A row for each segment and one for everybody; where there is one segment only, everybody's under its name."""
    if len(segments) == 1:
        name = next(iter(segments))
        return [section(_figures_text(_segment_name(name, names, texts), everyone, texts))]
    rows = [
        section(_figures_text(_segment_name(name, names, texts), row, texts))
        for name, row in segments.items()
    ]
    return [*rows, divider(), section(_figures_text(texts.say("part-all"), everyone, texts))]


def _segment_name(name: str, names: Mapping[str, str], texts: Texts) -> str:
    return escape_name(names.get(name, name)) if name else texts.say("dry-reason", reason="no_segment")


def _figures_text(name: str, row: Row, texts: Texts) -> str:
    said = [f"*{name}*", texts.say("part-invited", n=row.listed)]
    for step, shown in (("started", row.started), ("finished", row.finished)):
        if isinstance(shown, int):
            percent = str(round(100 * shown / row.listed))
            said.append(texts.say(f"part-{step}", n=shown, percent=percent))
        else:
            said.append(texts.say(f"part-{step}-hidden", why=shown))
    return "\n".join(said)
