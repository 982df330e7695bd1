"""Requests about the bot's messages are recognised in both languages, and only as the whole message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.commands import parse_command
from bot.conversation.preference_phrases import (
    PreferenceRequest,
    QuietUntilRequest,
    is_possible_answer,
    parse_preference,
)
from bot.i18n import LOCALES, Texts

SPELLINGS = {
    PreferenceRequest.FEWER: ["fewer", "Fewer.", "fewer messages", "أقل", "رسائل أقل"],
    PreferenceRequest.USUAL: ["as usual", "As usual!", "كالمعتاد", "العودة إلى المعتاد"],
    PreferenceRequest.LATER_TODAY: ["later", "later today", "لاحقاً", "لاحقا", "لاحقاً اليوم"],
    PreferenceRequest.TOMORROW: ["tomorrow", "Tomorrow", "غداً", "غدا", "بكرة"],
    PreferenceRequest.NEXT_WEEK: ["next week", "“next week”", "الأسبوع القادم", "الاسبوع المقبل"],
}


@pytest.mark.parametrize(
    ("wish", "text"), [(wish, text) for wish, spellings in SPELLINGS.items() for text in spellings]
)
def test_a_request_is_recognised_as_people_type_it(wish: PreferenceRequest, text: str) -> None:
    assert parse_preference(text) is wish
    assert parse_command(text) is None
    assert is_possible_answer(wish)


@pytest.mark.parametrize("locale", LOCALES)
def test_button_labels_can_be_typed(locale: str) -> None:
    texts = Texts("ar" if locale == "ar" else "en")

    typed = {
        wish: parse_preference(texts.label(f"invitation-{wish}"))
        for wish in PreferenceRequest
        if wish is not PreferenceRequest.USUAL
    }

    assert typed == {wish: wish for wish in typed}
    assert parse_preference(f"{texts.label('quiet-until')} 12") == QuietUntilRequest("12")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("quiet until 12 March", "12 march"),
        ("Pause until 2027-03-12.", "2027-03-12"),
        ("be quiet till Monday", "monday"),
        ("stay silent until 12 March 2027", "12 march 2027"),
        ("quiet until", ""),
        ("هدوء حتى 12 مارس", "12 مارس"),
        ("الهدوء حتى ١٢ مارس", "١٢ مارس"),
        ("استراحة إلى ١٢ مارس", "١٢ مارس"),
        ("إيقاف مؤقت لغاية 12/3", "12/3"),
    ],
)
def test_quiet_is_recognised_with_the_day_as_it_was_written(text: str, day: str) -> None:
    found = parse_preference(text)

    assert found == QuietUntilRequest(day)
    assert not is_possible_answer(QuietUntilRequest(day))


@pytest.mark.parametrize(
    "text", ["Quiet until the alarm rings", "Pause until you know what to say", "صمت حتى يرن المنبه"]
)
def test_what_may_be_a_sentence_of_a_story_may_be_an_answer(text: str) -> None:
    found = parse_preference(text)

    assert isinstance(found, QuietUntilRequest)
    assert is_possible_answer(found)


@pytest.mark.parametrize(
    "text",
    [
        *("", "pause", "استراحة", "quiet", "I do fewer meetings", "see you later", "Tomorrow I drive out."),
        *(
            "It was quiet until 12 March",
            "Later.\nThen I slept.",
            "next week we ship",
            "no fewer",
            "غداً أسافر",
        ),
        "Pause until the fifth alarm of the night has rung, and then go and look for yourself.",
    ],
)
def test_words_inside_a_sentence_are_an_answer(text: str) -> None:
    assert parse_preference(text) is None


@given(st.text())
def test_parsing_never_fails_on_any_text(text: str) -> None:
    found = parse_preference(text)

    assert found is None or found in set(PreferenceRequest) or isinstance(found, QuietUntilRequest)
    assert found is None or parse_command(text) is None
