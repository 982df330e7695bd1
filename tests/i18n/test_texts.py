"""The bot's texts: complete and consistent in both languages, in the promised tone and forms."""

from __future__ import annotations

import re

import pytest

from bot.coaching.jargon import detect_jargon
from bot.content import starter_jargon
from bot.i18n import LOCALES, Locale, TextError, Texts, choose_locale
from bot.text import arabic_share
from tests.i18n.fluent_sources import (
    find_source_problems,
    is_key_used,
    load_messages,
    placeholders,
    requested_keys,
    selector_variants,
    text_without_placeholders,
)

PLURALS = {"zero", "one", "two", "few", "many", "other"}
EVERY_KEY = sorted(load_messages("en"))
WHOLE, BEGINNINGS = requested_keys()
each_locale = pytest.mark.parametrize("locale", LOCALES)

_ADDRESSING = """اختر اختاري اكتب اكتبي اضغط اضغطي انقر انقري انسخ انسخي الصق الصقي ابدأ ابدئي اقرأ اقرئي احذف احذفي
    عدلي حاول حاولي شاركي تذكري راجع راجعي جرب جربي انتظر انتظري عودي تكتب تكتبين تختار تختارين تريد تريدين تستطيع
    تستطيعين تضغط تضغطين تحب تحبين تود تودين ترغب ترغبين تعمل تعملين ترى ترين تعرف تعرفين تنسخ تنسخين تحذفين
    تقول تقولين عزيزي عزيزتي متأكد متأكدة مستعد مستعدة"""
GENDERED = frozenset(_ADDRESSING.split())
"""Words that address a man or a woman: imperatives, second-person verbs, and adjectives about the reader."""


def test_both_languages_have_the_same_keys() -> None:
    assert set(load_messages("en")) == set(load_messages("ar"))


def test_every_key_that_the_code_requests_has_a_text() -> None:
    assert {key for key in WHOLE if key not in load_messages("en")} == set()
    assert {start for start in BEGINNINGS if not any(key.startswith(start) for key in EVERY_KEY)} == set()
    assert len(WHOLE) > 100


def test_every_text_is_used_somewhere() -> None:
    assert [key for key in EVERY_KEY if not is_key_used(key)] == []
    assert not is_key_used("choice-nobody")


@each_locale
def test_files_contain_only_messages_with_unique_keys(locale: Locale) -> None:
    assert find_source_problems(locale) == []


def test_placeholders_agree_between_the_languages() -> None:
    english, arabic = load_messages("en"), load_messages("ar")

    assert [key for key in EVERY_KEY if placeholders(english[key]) != placeholders(arabic[key])] == []


def test_selectors_agree_between_the_languages() -> None:
    """Plural selectors have their language's forms; all others have the same variants in both languages."""
    for key in EVERY_KEY:
        english, arabic = (dict(selector_variants(load_messages(locale)[key])) for locale in LOCALES)
        for name, forms in arabic.items():
            if set(forms) <= PLURALS and forms != ["other"]:
                assert set(forms) == PLURALS, key
                assert set(english.get(name, ["one", "other"])) <= {"0", "one", "other"}, key
            else:
                assert english[name] == forms, key
        assert set(english) <= set(arabic), key


@each_locale
def test_a_number_next_to_a_noun_selects_a_plural(locale: Locale) -> None:
    """A bare noun after `{ $n }` would be wrong for most numbers: `n` must be in a selector, or alone."""
    alone = {"choice-first", "edit-label-part"}
    counted = {
        key: m for key, m in load_messages(locale).items() if "n" in placeholders(m) and key not in alone
    }

    assert [key for key, message in counted.items() if "n" not in dict(selector_variants(message))] == []


@each_locale
def test_nobody_is_shouted_at(locale: Locale) -> None:
    assert [
        key for key, message in load_messages(locale).items() if "!" in text_without_placeholders(message)
    ] == []


@each_locale
def test_our_own_words_contain_no_corporate_speak(locale: Locale) -> None:
    jargon = starter_jargon()

    assert [
        key
        for key, message in load_messages(locale).items()
        if detect_jargon(text_without_placeholders(message), jargon)
    ] == []


def test_arabic_does_not_ask_whether_the_reader_is_a_man_or_a_woman() -> None:
    for key, message in load_messages("ar").items():
        plain = re.sub("[\u064b-\u065f\u0670\u0640]", "", text_without_placeholders(message))
        assert set(re.findall(r"[\u0620-\u064a]+", plain)) & GENDERED == set(), key


def test_arabic_texts_are_arabic() -> None:
    own_names = {"file-name", "export-name", "choice-en", "dry-file-name"}
    latin = [
        key
        for key, message in load_messages("ar").items()
        if arabic_share(text_without_placeholders(message)) == 0
    ]

    assert set(latin) == own_names


@each_locale
def test_labels_fit_on_their_buttons(locale: Locale) -> None:
    for key, message in load_messages(locale).items():
        if key.startswith(("choice-", "menu-", "home-go", "home-start")):
            assert len(Texts(locale).label(key, **dict.fromkeys(placeholders(message), 12345))) <= 75, key


@each_locale
@pytest.mark.parametrize("number", [*range(13), 99, 100, 102, 103, 111, 1000])
def test_counted_words_have_a_form_for_every_number(locale: Locale, number: int) -> None:
    for key in ("lines-so-far", "ask-draft", "choice-done-lines", "ask-lines"):
        assert Texts(locale).say(key, n=number)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "لا عبارات"),
        (1, "عبارة واحدة"),
        (2, "عبارتان"),
        (3, "3 عبارات"),
        (10, "10 عبارات"),
        (11, "11 عبارة"),
        (99, "99 عبارة"),
        (100, "100 عبارة"),
        (103, "103 عبارات"),
    ],
)
def test_arabic_counts_as_arabic_does(number: int, expected: str) -> None:
    assert Texts("ar").label("lines-so-far", n=number).startswith(expected)


# --- formatting -------------------------------------------------------------------------------------


@each_locale
def test_a_missing_text_is_an_error(locale: Locale) -> None:
    with pytest.raises(TextError, match="no-such-text"):
        Texts(locale).say("no-such-text")
    assert not Texts(locale).has("no-such-text")
    assert Texts(locale).has("help")


@each_locale
def test_a_missing_argument_is_an_error_and_not_a_gap(locale: Locale) -> None:
    with pytest.raises(TextError, match="ask-invitation"):
        Texts(locale).say("ask-invitation")


@each_locale
def test_arguments_are_isolated_in_prose_and_not_on_a_button(locale: Locale) -> None:
    texts = Texts(locale)

    assert "\u2068Maya\u2069" in texts.say("ask-invitation", name="Maya")
    assert "\u2068" not in texts.label("choice-first", n=1)


@each_locale
def test_arguments_are_never_read_as_a_pattern(locale: Locale) -> None:
    assert "{ $name } {{x}}" in Texts(locale).label("ask-invitation", name="{ $name } {{x}}")


@pytest.mark.parametrize(
    ("choice", "slack", "expected"),
    [
        (None, "ar-SA", "ar"),
        (None, "AR", "ar"),
        (None, "en-US", "en"),
        (None, "de-DE", "en"),
        (None, None, "en"),
        ("en", "ar-SA", "en"),
        ("ar", "en-US", "ar"),
        ("xx", "ar", "ar"),
    ],
)
def test_the_language_is_the_persons_choice_or_else_their_slacks(
    choice: str | None, slack: str | None, expected: str
) -> None:
    assert choose_locale(choice, slack) == expected
