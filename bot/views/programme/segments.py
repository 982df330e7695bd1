"""What the segments are called: by the programme's own names in the reader's language, else by the bot's words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Texts


def segment_label(name: str, segment_names: Mapping[str, str], texts: Texts) -> str:
    """The name of a segment; `own` holds the programme's, under segment and language."""
    return segment_names.get(f"{name}_{texts.locale}") or texts.label(f"choice-{name}")
