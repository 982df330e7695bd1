"""Slack's text: the escaped form that it stores, converted to the typed text and back.

A mention becomes the display name alone, as one would write it in a story. A link becomes the typed text; a
link that was pasted under other words keeps both, `words (address)`, so that nothing is lost and no address
hides. Custom emoji keep their names, markup stays markup.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from bot.text.emoji import replace_emoji_names

REPLACEMENT_CHARACTER = "\ufffd"

_REFERENCE = re.compile(r"<([^<>\n]+)>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITY_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def replace_unstorable_characters(text: str) -> str:
    """Return the text as it may be stored: surrogate pairs joined, lone surrogates and NUL replaced."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", REPLACEMENT_CHARACTER)


def input_to_plain_text(text: str) -> str:
    """Return the text typed into a modal's field, which isn't escaped but has emoji by name, as in messages."""
    return replace_unstorable_characters(replace_emoji_names(text))


def escape_mrkdwn(text: str) -> str:
    """Return the text escaped for a mrkdwn field."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mentioned_user_ids(text: str) -> tuple[str, ...]:
    """Return the ids of the people mentioned in Slack's form of a text, each once, in order."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def message_to_plain_text(text: str, names: Mapping[str, str], unknown: str = "@someone") -> str:
    """Return the typed text: unescaped once, with names for mentions and characters for emoji.

    `names` maps user ids to display names. Somebody missing from it is shown by the label that Slack sent,
    or as `unknown` without one, never by an id.
    """
    parts: list[str] = []
    at = 0
    for found in _REFERENCE.finditer(text):
        parts.append(_decode_typed_text(text[at : found.start()]))
        parts.append(_decode_reference(found.group(1), names, unknown))
        at = found.end()
    parts.append(_decode_typed_text(text[at:]))
    return replace_unstorable_characters("".join(parts))


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITY_CHARACTERS[found.group(1)], text)


def _decode_typed_text(text: str) -> str:
    """Return ordinary text. Emoji go first: everything that unescaping reveals was typed literally."""
    return _unescape(replace_emoji_names(text))


def _decode_reference(inside: str, names: Mapping[str, str], unknown: str) -> str:
    """Return the words for a reference in angle brackets."""
    target, _, label = inside.partition("|")
    label = _decode_typed_text(label)
    kind, rest = target[:1], target[1:]
    if kind == "@":
        return names.get(rest) or label or unknown
    if kind == "#":
        return "#" + (label or names.get(rest) or "channel").removeprefix("#")
    if kind == "!":
        return _decode_special(rest, label)
    if _ADDRESS.match(target):
        return _decode_link(_unescape(target), label)
    return f"<{_decode_typed_text(inside)}>"


def _decode_special(command: str, label: str) -> str:
    """Return the words for `<!here>`, `<!subteam^S1|@design>`, `<!date^…|fallback>` and similar references."""
    name, *details = command.split("^")
    if name == "date":
        return label or (_unescape(details[1]) if len(details) > 1 else "")
    if name == "subteam":
        return "@" + (label or "group").removeprefix("@")
    return "@" + (label or _unescape(name)).removeprefix("@")


def _decode_link(address: str, label: str) -> str:
    """Return the link as it was typed, or its label with the address after it."""
    bare = re.sub(r"^(?:mailto|tel):", "", address)
    if not label:
        return bare
    if _normalize_address(label) == _normalize_address(address):
        return label
    return f"{label} ({bare})"


def _normalize_address(address: str) -> str:
    """Return an address without Slack's additions to a typed one."""
    return unquote(_SCHEME.sub("", address, count=1)).rstrip("/").lower()


def ts_sort_key(ts: str) -> tuple[int, int]:
    """Return a Slack ts as numbers that sort by time."""
    seconds, _, rest = ts.partition(".")
    return int(seconds or 0), int((rest or "0").ljust(6, "0"))
