"""Tests of how typed text becomes what Slack stores."""

import pytest

from practice.typed_text import escape, name_emoji, rich_text_blocks, stored_text, unescape

PEOPLE = {"lina haddad": "U0LINA", "lina": "U0LINA", "سلمى الحربي": "U0SALMA"}
CHANNELS = {"general": "C0GENERAL"}


def type_text(text: str) -> str:
    """Return the text as a client sends it when typed."""
    return stored_text(text, lambda name: PEOPLE.get(name.casefold()), list(PEOPLE), CHANNELS.get)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("R&D <b> 2>1", "R&amp;D &lt;b&gt; 2&gt;1"),
        ("&amp;", "&amp;amp;"),
        ("coffee ☕ and 👍🏽", "coffee :coffee: and :+1::skin-tone-4:"),
        ("family 👩‍👩‍👧", "family :woman-woman-girl:"),
        ("❤ and ❤️", ":heart: and :heart:"),
        ("version 1#2 * © ™", "version 1#2 * © ™"),
        ("ask @Lina Haddad!", "ask <@U0LINA>!"),
        ("اسألوا @سلمى الحربي.", "اسألوا <@U0SALMA>."),
        ("@nobody and @lina2", "@nobody and @lina2"),
        ("in #general, not #nowhere", "in <#C0GENERAL|general>, not #nowhere"),
        ("@here @Channel", "<!here> <!channel>"),
        ("see https://example.org/a?b=1&c=2.", "see <https://example.org/a?b=1&amp;c=2>."),
        ("(https://example.org)", "(<https://example.org>)"),
        ("look at example.com/x", "look at <http://example.com/x|example.com/x>"),
        ("write to a.b@example.org", "write to <mailto:a.b@example.org|a.b@example.org>"),
        ("e.g. this.is not", "e.g. this.is not"),
        (":coffee: *bold* {{x}}", ":coffee: *bold* {{x}}"),
        ("", ""),
    ],
)
def test_client_sends_slacks_form_when_a_person_types(typed: str, expected: str) -> None:
    assert type_text(typed) == expected


def test_unescape_reverses_escape() -> None:
    for text in ("&lt;", "<a & b>", "&amp;lt;"):
        assert unescape(escape(text)) == text


def test_emoji_are_named_with_and_without_a_variation_selector() -> None:
    assert name_emoji("☀️☀") == ":sunny::sunny:"


def test_rich_text_has_an_element_for_each_text_person_and_link() -> None:
    block = rich_text_blocks(
        "hi <@U0LINA> :+1::skin-tone-3: <https://a.example|a &amp; b> <#C0GENERAL|general>"
    )[0]

    assert block["elements"][0]["elements"] == [
        {"type": "text", "text": "hi "},
        {"type": "user", "user_id": "U0LINA"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "+1", "skin_tone": 3},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://a.example", "text": "a & b"},
        {"type": "text", "text": " "},
        {"type": "channel", "channel_id": "C0GENERAL"},
    ]
