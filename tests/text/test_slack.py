"""Slack's stored text becomes the typed text, and goes back without harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import (
    escape_mrkdwn,
    input_to_plain_text,
    mentioned_user_ids,
    message_to_plain_text,
    replace_unstorable_characters,
)

NAMES = {"U0MAYA": "Maya Okafor", "U0SALMA": "سلمى الحربي"}
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)
_PARTS = (
    """< > | & &amp; &lt; @U0MAYA !here !date^1^ #C1 http://a.b :wave: :: : :skin-tone-3: {{ a ١ 👩🏽‍💻"""
)
HOSTILE = st.lists(
    st.sampled_from([*_PARTS.split(), "\0", "\ud800", "\udc00", "\u202e", " ", "\n"]), max_size=30
).map("".join)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("1 &lt; 2 &gt; 0", "1 < 2 > 0"),
        ("&quot;quoted&quot; &nbsp;", "&quot;quoted&quot; &nbsp;"),
        ("*bold* _slanted_ ~gone~ `code`", "*bold* _slanted_ ~gone~ `code`"),
        ("thanks <@U0MAYA>!", "thanks Maya Okafor!"),
        ("شكراً <@U0SALMA>", "شكراً سلمى الحربي"),
        ("thanks <@U0GONE|robin>", "thanks robin"),
        ("thanks <@U0GONE>", "thanks @someone"),
        ("see <#C0MONDAY|monday-stories>", "see #monday-stories"),
        ("see <#C0SECRET|>", "see #channel"),
        ("<!here> and <!channel> and <!everyone>", "@here and @channel and @everyone"),
        ("<!subteam^S1|@design> and <!subteam^S2>", "@design and @group"),
        ("due <!date^1392734382^{date_short}|18 Feb>", "due 18 Feb"),
        ("<http://example.com|example.com>", "example.com"),
        ("<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2"),
        ("<https://Example.com/|https://Example.com/>", "https://Example.com/"),
        ("<http://example.com/%D9%82%D8%B5%D8%A9|example.com/قصة>", "example.com/قصة"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<tel:+966501234567|+966501234567>", "+966501234567"),
        ("read <https://example.com/report|our report>", "read our report (https://example.com/report)"),
        ("write to <mailto:a@b.example|me>", "write to me (a@b.example)"),
        ("&lt;@U0MAYA&gt; as typed", "<@U0MAYA> as typed"),
        ("<|> and <> and <", "<|> and <> and <"),
        ("NUL \0 here", "NUL \ufffd here"),
        ("half \ud83d here", "half \ufffd here"),
        ("", ""),
    ],
)
def test_the_text_is_what_was_typed_for_what_slack_stores(stored: str, typed: str) -> None:
    assert message_to_plain_text(stored, NAMES) == typed


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        (":coffee: first", "☕ first"),
        ("Hi:wave:Maya", "Hi👋Maya"),
        ("شكراً:tada:", "شكراً🎉"),
        (":+1: :thumbsup:", "👍 👍"),
        (":wave::skin-tone-4:", "👋🏽"),
        (":handshake::skin-tone-2-5:", "🫱🏻\u200d🫲🏾"),
        (":handshake::skin-tone-2::skin-tone-5:", "🫱🏻\u200d🫲🏾"),
        (":female-technologist::skin-tone-3:", "👩🏼\u200d💻"),
        (":heart_on_fire:", "❤️\u200d🔥"),
        (":flag-sa::flag-de:", "🇸🇦🇩🇪"),
        (":tada::tada:", "🎉🎉"),
        (":coffee::skin-tone-3:", "☕🏼"),
        (":skin-tone-3:", "🏼"),
        ("a score of 100:100:", "a score of 100💯"),
        ("Note::wave:", "Note:👋"),
        (":partyparrot: stays", ":partyparrot: stays"),
        (":partyparrot::tada:", ":partyparrot:🎉"),
        ("at 10:30:45 sharp", "at 10:30:45 sharp"),
        ("at 10:100:45", "at 10:100:45"),
        ("a:b:c and x::key::y", "a:b:c and x::key::y"),
        ("<https://example.com/:coffee:/x>", "https://example.com/:coffee:/x"),
        ("typed &amp;:coffee:", "typed &☕"),
    ],
)
def test_emoji_names_become_characters_where_slack_knows_them(stored: str, seen: str) -> None:
    assert message_to_plain_text(stored, {}) == seen


def test_every_mentioned_person_is_listed_once_when_names_are_looked_up() -> None:
    assert mentioned_user_ids("<@U2> <@U1|x> <@U2> <@W9> <#C1|c> &lt;@U3&gt;") == ("U2", "U1", "W9")


def test_the_caller_words_the_unknown_person_when_the_story_is_arabic() -> None:
    assert message_to_plain_text("شكراً <@U9>", {}, "أحد الزملاء") == "شكراً أحد الزملاء"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters=":\0"), max_size=200))
def test_the_text_comes_back_unchanged_after_it_was_escaped(text: str) -> None:
    assert message_to_plain_text(escape_mrkdwn(text), {}) == text


@given(ANYTHING | HOSTILE)
def test_no_text_breaks_the_reading_and_none_keeps_nul_or_half_a_character(text: str) -> None:
    typed = message_to_plain_text(text, NAMES)

    assert "\0" not in typed
    typed.encode("utf-8")


@given(ANYTHING | HOSTILE)
def test_the_text_at_the_door_is_settled_after_one_pass(text: str) -> None:
    once = replace_unstorable_characters(text)

    assert replace_unstorable_characters(once) == once
    assert "\0" not in once
    once.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_the_text_at_the_door_is_untouched_when_nothing_is_wrong_with_it(text: str) -> None:
    assert replace_unstorable_characters(text) == text


@given(ANYTHING)
def test_nothing_can_call_anybody_after_escaping(text: str) -> None:
    escaped = escape_mrkdwn(text)

    assert "<" not in escaped
    assert mentioned_user_ids(escaped) == ()


def test_halves_of_one_character_are_joined_at_the_door() -> None:
    assert replace_unstorable_characters("\ud83d\ude00") == "😀"


def test_emoji_names_become_characters_and_nothing_is_unescaped_in_a_field_of_a_modal() -> None:
    assert input_to_plain_text("It runs on :coffee: &amp; :qamar_moon: at 10:30:00") == (
        "It runs on ☕ &amp; :qamar_moon: at 10:30:00"
    )
