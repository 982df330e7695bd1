"""The names of the segments: the programme's own in the reader's language, or else the bot's."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Texts


def segment_label(name: str, segment_names: Mapping[str, str], texts: Texts) -> str:
    """Return the name of a segment; `segment_names` holds the programme's own, by segment and language."""
    return segment_names.get(f"{name}_{texts.locale}") or texts.label(f"choice-{name}")
