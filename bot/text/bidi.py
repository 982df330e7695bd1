"""Bidi control characters, which must not change the direction of the surrounding text on a screen.

People's words are stored as written, direction controls included. Only for display, an
override (which reorders everything after it and has no use in prose) is removed, and so is an embedding
or isolate that is never closed, or closed without having been opened.
"""

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"

_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS = "\u202a\u202b"
_POP_EMBEDDING = "\u202c"
_ISOLATES = "\u2066\u2067\u2068"
_CLOSING_CONTROL = {**dict.fromkeys(_EMBEDDINGS, _POP_EMBEDDING), **dict.fromkeys(_ISOLATES, POP_ISOLATE)}
_BIDI_CONTROLS = frozenset(_OVERRIDES + _EMBEDDINGS + _POP_EMBEDDING + _ISOLATES + POP_ISOLATE)


def _unsafe_positions(line: str) -> set[int]:
    """Return the positions of the controls in one line that must not be shown."""
    loose: set[int] = set()
    open_at: list[int] = []
    for at, character in enumerate(line):
        if character not in _BIDI_CONTROLS:
            continue
        if character in _OVERRIDES:
            loose.add(at)
        elif character in _CLOSING_CONTROL:
            open_at.append(at)
        elif open_at and _CLOSING_CONTROL[line[open_at[-1]]] == character:
            open_at.pop()
        else:
            loose.add(at)
    return loose.union(open_at)


def neutralize_bidi(text: str) -> str:
    """Return the text for display, without overrides and without controls that have no partner on their line."""
    if not _BIDI_CONTROLS.intersection(text):
        return text
    lines = []
    for line in text.split("\n"):
        loose = _unsafe_positions(line)
        lines.append("".join(character for at, character in enumerate(line) if at not in loose))
    return "\n".join(lines)


def isolate_bidi(text: str) -> str:
    """Return the text wrapped in an isolate, so that it keeps its own direction."""
    return f"{FIRST_STRONG_ISOLATE}{neutralize_bidi(text)}{POP_ISOLATE}"
