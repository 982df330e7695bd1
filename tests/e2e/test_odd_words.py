"""Odd text: every message is kept verbatim, shown harmlessly, and exported exactly."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_exports import copyable_text, download_text, unescaped_text
from tests.e2e.story_steps import OUTSIDE, TURN, WARM_UP, begin_story, reach_finished_story

ODD_TEXTS = {
    "a call to everybody": ("Ping <!channel> and <!here> now", "Ping @channel and @here now"),
    "a mention": ("I learned it from <@U0IVAN>", "I learned it from Ivan Petrov"),
    "a mention of nobody known": ("I learned it from <@U0NOBODY>", "I learned it from @someone"),
    "an entity typed": ("I write &amp;lt; in tests", "I write &lt; in tests"),
    "markup": ("*bold* _it_ ~no~ `code` &gt; quote", "*bold* _it_ ~no~ `code` > quote"),
    "HTML": ("&lt;b&gt;x&lt;/b&gt;&lt;script&gt;alert(1)", "<b>x</b><script>alert(1)"),
    "braces": ("I like {{what}} and {{ }} and {$name}", "I like {{what}} and {{ }} and {$name}"),
    "a NUL": ("Before\0after", "Before\ufffdafter"),
    "a lone surrogate": ("Before\ud83dafter", "Before\ufffdafter"),
    "a right-to-left override": ("I say \u202eabc to all", "I say \u202eabc to all"),
    "joined emoji": (
        "My family \U0001f468\u200d\U0001f469\u200d\U0001f467 runs",
        "My family \U0001f468\u200d\U0001f469\u200d\U0001f467 runs",
    ),
    "an emoji's name": ("It runs on :coffee: and :qamar_moon:", "It runs on ☕ and :qamar_moon:"),
    "SQL": ("Robert'); DROP TABLE drafts;--", "Robert'); DROP TABLE drafts;--"),
    "a formula": ("=HYPERLINK(&quot;x&quot;)", "=HYPERLINK(&quot;x&quot;)"),
    phrase("found-link"): (
        "See <https://qamar.example/a?b=1&amp;c=2>",
        "See https://qamar.example/a?b=1&c=2",
    ),
    "a tilde, the bot's own bar and gap": ("a~b|c~~d", "a~b|c~~d"),
    "one character": ("x", "x"),
}


@pytest.mark.parametrize("case", ODD_TEXTS)
async def test_odd_words_are_kept_and_taken_along_exactly_when_answered(
    app: AppUnderTest, maya: SlackUser, case: str
) -> None:
    # Given somebody at the first question in words
    raw, kept = ODD_TEXTS[case]
    await begin_story(maya)
    # When what they say is odd
    await maya.says(raw, raw=True)
    await maya.sees(phrase("ask-turn"))
    # Then it is the answer, word for word
    assert await stored_data.answer_text(app, maya, "warm_up") == kept
    # And when they come back to it, it is shown, and pings nobody
    await maya.clicks(phrase("choice-back"))
    again = await maya.sees(phrase("answer-so-far"))
    assert "<!" not in str(again["blocks"])
    await maya.clicks(phrase("choice-go_on"))
    await maya.sees(phrase("ask-turn"), after=again)


@pytest.mark.parametrize("case", ["markup", "HTML", "braces", "joined emoji", "a right-to-left override"])
async def test_story_to_copy_is_exactly_what_was_written_when_its_words_are_odd(
    app: AppUnderTest, maya: SlackUser, case: str
) -> None:
    # Given a finished story that begins with odd words
    _, typed = ODD_TEXTS[case]
    end = await reach_finished_story(maya, f"{typed}.")
    # When its author goes to the text to copy
    block, alone = copyable_text(end), (await maya.messages())[-2]
    await maya.clicks(phrase("choice-file"))
    file = await maya.sees(phrase("file-name"))
    # Then the block, the separate message and the file contain exactly the story
    story = f"{typed}.\n\n{TURN}\n\n{OUTSIDE}"
    assert block == story
    assert unescaped_text(alone["text"]) == story
    assert await download_text(app, file) == story


async def test_question_is_shown_again_when_the_answer_is_blank(app: AppUnderTest, maya: SlackUser) -> None:
    # Given somebody at a question in words
    await begin_story(maya)
    for nothing in ("", "   ", "\n\n", "\u2003\u00a0"):
        # When what arrives has no words in it
        said = await maya.says(nothing, raw=True)
        # Then the question is shown again, without a scolding, and nothing is taken for an answer
        await maya.sees(phrase("remark-empty"), after=said)
    assert await stored_data.answer_text(app, maya, "warm_up") == ""
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"))


@pytest.mark.wide
async def test_forty_thousand_characters_are_kept_whole_when_said_as_one_message(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given an answer of the maximum length that Slack allows
    sentences = [f"This is sentence number {n} of a very long life." for n in range(1000)]
    long = " ".join(sentences)[:39_990].rsplit(".", 1)[0] + "."
    # When the whole conversation is held with it
    await reach_finished_story(maya, long)
    # Then every letter is kept, and the story comes as a file, exactly
    assert await stored_data.answer_text(app, maya, "warm_up") == long
    await maya.clicks(phrase("choice-file"))
    message = await maya.sees(phrase("file-name"))
    assert (await download_text(app, message)).startswith(long)
