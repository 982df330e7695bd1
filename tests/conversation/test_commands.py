"""The commands are recognised in both languages as people type them, and only as the whole message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.commands import Command, parse_command
from bot.i18n import Texts

SPELLINGS = {
    Command.BACK: ["back", "go back", "رجوع", "عودة"],
    Command.SKIP: ["skip", "skip it", "skip this", "تخطٍّ", "تخط", "تخطي", "تجاوز"],
    Command.PAUSE: ["pause", "استراحة", "إيقاف مؤقت", "ايقاف مؤقت"],
    Command.STOP: ["stop", "توقف", "إيقاف", "ايقاف", "قف"],
    Command.DELETE: ["delete", "حذف", "مسح"],
    Command.HELP: ["help", "مساعدة", "مساعده"],
    Command.LANGUAGE: ["language", "اللغة", "لغة", "لغه"],
}
ALL_SPELLINGS = [(command, spelling) for command, spellings in SPELLINGS.items() for spelling in spellings]
DRESSINGS = [
    "{}",
    "  {} ",
    "{}.",
    "{}!",
    "{}!!!",
    "{}?",
    "{}؟",
    "{}…",
    "«{}»",
    "“{}”",
    '"{}"',
    "'{}'",
    "*{}*",
    "_{}_",
    "`{}`",
    "({})",
    "\n{}\n",
    "/{}",
    "\u200f{}\u200f",
    "\u2068{}\u2069",
]


@pytest.mark.parametrize(("command", "spelling"), ALL_SPELLINGS)
@pytest.mark.parametrize("dressing", DRESSINGS)
def test_a_command_is_recognised_with_any_marks_around_it(
    command: Command, spelling: str, dressing: str
) -> None:
    assert parse_command(dressing.format(spelling)) is command


@pytest.mark.parametrize(("command", "spelling"), ALL_SPELLINGS)
def test_a_command_is_recognised_in_any_letter_case(command: Command, spelling: str) -> None:
    assert parse_command(spelling.upper()) is command
    assert parse_command(spelling.title()) is command


@pytest.mark.parametrize(
    ("command", "spelling"),
    [
        (Command.BACK, "الرجوع"),
        (Command.BACK, "العودة"),
        (Command.SKIP, "التخطي"),
        (Command.SKIP, "التجاوز"),
        (Command.PAUSE, "الاستراحة"),
        (Command.PAUSE, "الإيقاف المؤقت"),
        (Command.STOP, "التوقف"),
        (Command.STOP, "الإيقاف"),
        (Command.DELETE, "الحذف"),
        (Command.DELETE, "المسح"),
        (Command.HELP, "المساعدة"),
        (Command.LANGUAGE, "اللغة"),
    ],
)
def test_a_command_is_recognised_with_the_arabic_article(command: Command, spelling: str) -> None:
    assert parse_command(spelling) is command


@pytest.mark.parametrize(
    ("command", "spelling"),
    [
        (Command.STOP, "تَوَقُّف"),
        (Command.DELETE, "حَذْف"),
        (Command.SKIP, "تَخَطٍّ"),
        (Command.BACK, "رجـــوع"),
        (Command.HELP, "مُساعَدة"),
        (Command.LANGUAGE, "ٱللغة"),
    ],
)
def test_a_command_is_recognised_with_vowels_and_stretched_letters(command: Command, spelling: str) -> None:
    assert parse_command(spelling) is command


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_label_that_can_be_pressed_can_be_typed(locale: str) -> None:
    texts = Texts("ar" if locale == "ar" else "en")
    near = {Command.BACK, Command.SKIP, Command.PAUSE}

    for command in Command:
        label = texts.label(f"choice-{command}" if command in near else f"menu-{command}")
        assert parse_command(label) is command


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "   ",
        "...",
        "/",
        "I stop when the light is red",
        "stop it",
        "please stop",
        "Stop. Then I went back.",
        "back to the roots",
        "I help people",
        "help me help you",
        "deleted",
        "non-stop",
        "stopping",
        "skip skip",
        "pause button",
        "languages I speak: three",
        "توقفت عن العمل ثم عدت",
        "لا توقف",
        "حذف الملفات عملي",
        "مساعدة الناس",
        "لغة الأرقام",
        "الله",
        "رجوع رجوع",
        "stop " * 20,
    ],
)
def test_words_inside_a_sentence_are_an_answer(sentence: str) -> None:
    assert parse_command(sentence) is None


@given(st.text())
def test_parsing_never_fails_on_any_text(text: str) -> None:
    assert parse_command(text) in {None, *Command}


@given(
    st.sampled_from(ALL_SPELLINGS),
    st.text(st.characters(categories=["L"], min_codepoint=97, max_codepoint=122), min_size=1),
)
def test_a_command_next_to_another_word_is_an_answer(case: tuple[Command, str], other: str) -> None:
    _, spelling = case
    apart = f"{spelling} {other}"

    assert parse_command(apart) is None or apart in {"skip it", "skip this"}
