"""Processing of typed text as in Slack's client: escapes, emoji names, links to people and addresses."""

import json
import re
from collections.abc import Callable
from functools import cache
from importlib import resources

from practice.payloads import Json

_URL = r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]}'\"،؛؟»]"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_TOP_LEVEL_DOMAINS = "com|org|net|io|ai|dev|co|de|sa|ae|uk"
_BARE_DOMAIN = (
    rf"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:{_TOP_LEVEL_DOMAINS})(?:/[^\s<>|]*[^\s<>|.,;:!?)])?(?![\w@])"
)
_BROADCAST = r"@(?:here|channel|everyone)\b"
_CHANNEL = r"#[\w-]+"
# Text in angle brackets or in code stays as it is.
_UNLINKED = re.compile(
    rf"<[^<>]*>|`[^`]*`|({_URL})|((?<!\w){_BROADCAST})|((?<![\w&]){_CHANNEL})", re.IGNORECASE
)
_STORED_REFERENCE = re.compile(r"<([^<>]+)>|:([a-z0-9_+'-]+)(?:::skin-tone-(\d))?:")


def escape(text: str) -> str:
    """Escape the three characters that Slack escapes, in Slack's order."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@cache
def _emoji_names() -> tuple[dict[str, str], re.Pattern[str]]:
    data = json.loads((resources.files("practice") / "emoji.json").read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for name, characters in data["names"].items():
        names.setdefault(characters, f":{name}:")
    for name, tones in data["tones"].items():
        for tone, characters in tones.items():
            names.setdefault(characters, f":{name}::skin-tone-{tone}:")
    for characters, name in list(names.items()):
        bare = characters.replace("\ufe0f", "")
        # A digit, a hash or a letter-like sign without its variation selector is text, not emoji.
        if len(bare) > 1 or ord(bare) > 0x2190:
            names.setdefault(bare, name)
    longest_first = sorted(names, key=len, reverse=True)
    return names, re.compile("|".join(map(re.escape, longest_first)))


def name_emoji(text: str) -> str:
    """Replace emoji characters with :names:, as Slack stores them."""
    if text.isascii():
        return text
    names, pattern = _emoji_names()
    return pattern.sub(lambda found: names[found.group()], text)


def stored_text(
    text: str,
    find_person: Callable[[str], str | None],
    names: list[str],
    find_channel: Callable[[str], str | None],
) -> str:
    """Return the text that a client sends when this is typed; `names` are those that can follow an @."""
    people = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    person = rf"@(?:{people})(?!\w)" if people else r"(?!)"
    pattern = re.compile(
        f"({_URL})|({_EMAIL})|({_BARE_DOMAIN})|({_BROADCAST})|({person})|({_CHANNEL})", re.IGNORECASE
    )
    parts: list[str] = []
    end = 0
    for found in pattern.finditer(text):
        parts.append(_escape_with_emoji(text[end : found.start()]))
        parts.append(_link(found, find_person, find_channel))
        end = found.end()
    parts.append(_escape_with_emoji(text[end:]))
    return "".join(parts)


def linkify_mrkdwn(text: str, find_channel: Callable[[str], str | None]) -> str:
    """Return mrkdwn as Slack parses it unless it's verbatim, with addresses, channels and @here as links."""

    def linkify(found: re.Match[str]) -> str:
        address, broadcast, channel = found.groups()
        if address:
            return f"<{address}>"
        if broadcast:
            return f"<!{broadcast[1:].lower()}>"
        target = find_channel(channel[1:]) if channel else None
        return f"<#{target}|{channel[1:]}>" if target else found.group()

    return _UNLINKED.sub(linkify, text)


def _escape_with_emoji(text: str) -> str:
    return escape(name_emoji(text))


def _link(
    found: re.Match[str], find_person: Callable[[str], str | None], find_channel: Callable[[str], str | None]
) -> str:
    address, mail, bare, broadcast, person, channel = found.groups()
    whole = found.group()
    if address:
        return f"<{escape(whole)}>"
    if mail:
        return f"<mailto:{whole}|{whole}>"
    if bare:
        return f"<http://{escape(whole)}|{escape(whole)}>"
    if broadcast:
        return f"<!{whole[1:].lower()}>"
    if person:
        user = find_person(whole[1:])
        return f"<@{user}>" if user else _escape_with_emoji(whole)
    target = find_channel(whole[1:]) if channel else None
    return f"<#{target}|{whole[1:]}>" if target else _escape_with_emoji(whole)


def rich_text_blocks(stored: str) -> list[Json]:
    """Return the rich_text block that Slack adds to the text of a person's message."""
    parts: list[Json] = []
    end = 0
    for found in _STORED_REFERENCE.finditer(stored):
        _add_text_element(parts, stored[end : found.start()])
        parts.append(_rich_text_element(found))
        end = found.end()
    _add_text_element(parts, stored[end:])
    section = {"type": "rich_text_section", "elements": parts}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}] if parts else []


def _add_text_element(parts: list[Json], text: str) -> None:
    if text:
        parts.append({"type": "text", "text": unescape(text)})


def _rich_text_element(found: re.Match[str]) -> Json:
    inner, name, tone = found.groups()
    if name:
        emoji: Json = {"type": "emoji", "name": name}
        return {**emoji, "skin_tone": int(tone)} if tone else emoji
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    link: Json = {"type": "link", "url": unescape(target)}
    return {**link, "text": unescape(label)} if label else link
