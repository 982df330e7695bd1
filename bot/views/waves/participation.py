"""Participation in a wave: the published figures, by segment and in total, without names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n import Texts
from bot.rules.participation import PublishedFigures, PublishedRow
from bot.views.blocks import Block, context, divider, escape_name, modal, section
from bot.views.dates import format_date
from db.models.waves import StoredWave


@dataclass(frozen=True)
class ParticipationModel:
    """An owner's view of a wave: its figures from the day it opens on, and earlier waves with the same people."""

    wave: StoredWave
    has_opened: bool
    figures: PublishedFigures
    elsewhere: tuple[tuple[str, int], ...]
    """The names of earlier waves, each with the number of people on this list who are counted there."""


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
    segments: Mapping[str, PublishedRow], everyone: PublishedRow, names: Mapping[str, str], texts: Texts
) -> list[Block]:
    """Return a row for each segment and the total; a single segment gets only the total under its name."""
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


def _figures_text(name: str, row: PublishedRow, texts: Texts) -> str:
    sentences = [f"*{name}*", texts.say("part-invited", n=row.listed)]
    for step, shown in (("started", row.started), ("finished", row.finished)):
        if isinstance(shown, int):
            percent = str(round(100 * shown / row.listed))
            sentences.append(texts.say(f"part-{step}", n=shown, percent=percent))
        else:
            sentences.append(texts.say(f"part-{step}-hidden", why=shown))
    return "\n".join(sentences)
