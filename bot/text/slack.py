"""Slack's text: from the escaped form it stores to what the person typed, and back.

A mention becomes the display name alone, as one would write it in a story. A link becomes what was typed; a
link that was pasted under other words keeps both, `words (address)`, so that nothing is lost and no address
hides. Custom emoji keep their names, markup stays markup.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from bot.text.emoji import with_characters

REPLACEMENT = "\ufffd"

_TOKEN = re.compile(r"<([^<>\n]+)>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def at_the_door(text: str) -> str:
    """The text as it may be stored: a pair of surrogates joined, a lone one and NUL replaced."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", REPLACEMENT)


def from_field(text: str) -> str:
    """What was typed into a field of a modal: not escaped, but with emoji by their names, as in messages."""
    return at_the_door(with_characters(text))


def to_slack(text: str) -> str:
    """The text escaped for a mrkdwn field."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mentioned(text: str) -> tuple[str, ...]:
    """The ids of the people mentioned in Slack's form of a text, each once, in order."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def from_slack(text: str, names: Mapping[str, str], unknown: str = "@someone") -> str:
    """What the person typed: unescaped once, with names for mentions and characters for emoji.

    `names` maps user ids to display names. Somebody who is not in it is shown by the label Slack sent along,
    and without one as `unknown`, never by an id.
    """
    parts: list[str] = []
    at = 0
    for found in _TOKEN.finditer(text):
        parts.append(_typed(text[at : found.start()]))
        parts.append(_reference(found.group(1), names, unknown))
        at = found.end()
    parts.append(_typed(text[at:]))
    return at_the_door("".join(parts))


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: _CHARACTERS[found.group(1)], text)


def _typed(text: str) -> str:
    """Ordinary text. Emoji first: what unescaping brings to light was typed as it stands."""
    return _unescaped(with_characters(text))


def _reference(inside: str, names: Mapping[str, str], unknown: str) -> str:
    """The words for what stood between angle brackets."""
    target, _, label = inside.partition("|")
    label = _typed(label)
    kind, rest = target[:1], target[1:]
    if kind == "@":
        return names.get(rest) or label or unknown
    if kind == "#":
        return "#" + (label or names.get(rest) or "channel").removeprefix("#")
    if kind == "!":
        return _special(rest, label)
    if _ADDRESS.match(target):
        return _link(_unescaped(target), label)
    return f"<{_typed(inside)}>"


def _special(command: str, label: str) -> str:
    """The words for `<!here>`, `<!subteam^S1|@design>`, `<!date^…|fallback>` and their kind."""
    name, *details = command.split("^")
    if name == "date":
        return label or (_unescaped(details[1]) if len(details) > 1 else "")
    if name == "subteam":
        return "@" + (label or "group").removeprefix("@")
    return "@" + (label or _unescaped(name)).removeprefix("@")


def _link(address: str, label: str) -> str:
    """The link as it was typed, or its words with the address behind them."""
    bare = re.sub(r"^(?:mailto|tel):", "", address)
    if not label:
        return bare
    if _comparable(label) == _comparable(address):
        return label
    return f"{label} ({bare})"


def _comparable(address: str) -> str:
    """An address without what Slack adds to one that was typed."""
    return unquote(_SCHEME.sub("", address, count=1)).rstrip("/").lower()


def moment(ts: str) -> tuple[int, int]:
    """A Slack ts as numbers that compare as time does."""
    seconds, _, rest = ts.partition(".")
    return int(seconds or 0), int((rest or "0").ljust(6, "0"))
