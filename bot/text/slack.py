"""Slack's text: from the escaped form it stores to what the person typed, and back.

A mention becomes the display name alone, as one would write it in a story. A link becomes what was typed; a
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


def sanitize_text(text: str) -> str:
    """The text as it may be stored: a pair of surrogates joined, a lone one and NUL replaced."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", REPLACEMENT_CHARACTER)


def input_to_plain_text(text: str) -> str:
    """What was typed into a field of a modal: not escaped, but with emoji by their names, as in messages."""
    return sanitize_text(replace_emoji_names(text))


def escape_mrkdwn(text: str) -> str:
    """The text escaped for a mrkdwn field."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mentioned_user_ids(text: str) -> tuple[str, ...]:
    """The ids of the people mentioned in Slack's form of a text, each once, in order."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def message_to_plain_text(text: str, names: Mapping[str, str], unknown: str = "@someone") -> str:
    """What the person typed: unescaped once, with names for mentions and characters for emoji.

    `names` maps user ids to display names. Somebody who is not in it is shown by the label Slack sent along,
    and without one as `unknown`, never by an id.
    """
    parts: list[str] = []
    at = 0
    for found in _REFERENCE.finditer(text):
        parts.append(_decode_typed_text(text[at : found.start()]))
        parts.append(_decode_reference(found.group(1), names, unknown))
        at = found.end()
    parts.append(_decode_typed_text(text[at:]))
    return sanitize_text("".join(parts))


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITY_CHARACTERS[found.group(1)], text)


def _decode_typed_text(text: str) -> str:
    """Ordinary text. Emoji first: what unescaping brings to light was typed as it stands."""
    return _unescape(replace_emoji_names(text))


def _decode_reference(inside: str, names: Mapping[str, str], unknown: str) -> str:
    """The words for what stood between angle brackets."""
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
    """The words for `<!here>`, `<!subteam^S1|@design>`, `<!date^…|fallback>` and their kind."""
    name, *details = command.split("^")
    if name == "date":
        return label or (_unescape(details[1]) if len(details) > 1 else "")
    if name == "subteam":
        return "@" + (label or "group").removeprefix("@")
    return "@" + (label or _unescape(name)).removeprefix("@")


def _decode_link(address: str, label: str) -> str:
    """The link as it was typed, or its words with the address behind them."""
    bare = re.sub(r"^(?:mailto|tel):", "", address)
    if not label:
        return bare
    if _normalize_address(label) == _normalize_address(address):
        return label
    return f"{label} ({bare})"


def _normalize_address(address: str) -> str:
    """An address without what Slack adds to one that was typed."""
    return unquote(_SCHEME.sub("", address, count=1)).rstrip("/").lower()


def ts_sort_key(ts: str) -> tuple[int, int]:
    """A Slack ts as numbers that compare as time does."""
    seconds, _, rest = ts.partition(".")
    return int(seconds or 0), int((rest or "0").ljust(6, "0"))
