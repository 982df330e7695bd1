"""Placeholders filled in and final stops added, case by case."""

from __future__ import annotations

import pytest

from bot.conversation.compose import compose_story, ensure_final_stop, fill_placeholders
from tests.conversation.draft_samples import draft_with, gap_answers, own_line, reworded_card, written_answer

# --- placeholders filled in place -------------------------------------------------------------------

FILLED = {
    "in the middle": ("I came as {{a}} and stayed.", {"a": "a temp"}, "I came as a temp and stayed."),
    "at the start": ("{{a}} taught me to ask.", {"a": "my first boss"}, "my first boss taught me to ask."),
    "at the end": ("People ring me and ask: {{a}}", {"a": "does it work?"}, "People ring me and ask: does it work?"),
    "two of them": ("From {{a}} to {{b}}.", {"a": "Lima", "b": "Bonn"}, "From Lima to Bonn."),
    "one of two, the other stays visible": ("From {{a}} to {{b}}.", {"b": "Bonn"}, "From {{a}} to Bonn."),
    "none, and it stays visible": ("From {{a}}.", {}, "From {{a}}."),
    "an answer's stop goes where the card goes on": ("As {{a}} I came.", {"a": "a temp."}, "As a temp I came."),
    "an answer's stop goes where the card has its own": ("I was {{a}}.", {"a": "a temp."}, "I was a temp."),
    "an answer's stop stays where the card has none": ("They ask: {{a}}", {"a": "Why."}, "They ask: Why."),
    "a question mark drops the card's stop": ("They ask {{a}}.", {"a": "why?"}, "They ask why?"),
    "an Arabic question mark drops it too": ("يسألون: {{a}}.", {"a": "لماذا؟"}, "يسألون: لماذا؟"),
    "so does an exclamation mark": ("They say {{a}}.", {"a": "wow!"}, "They say wow!"),
    "so does an ellipsis": ("It was {{a}}.", {"a": "well…"}, "It was well…"),
    "so do three dots, which stay": ("It was {{a}}. I left.", {"a": "well..."}, "It was well... I left."),
    "a question in the middle keeps its mark": ("I asked {{a}} and left.", {"a": "why?"}, "I asked why? and left."),
    "an answer of two sentences": ("I was {{a}}.", {"a": "new. It showed."}, "I was new. It showed."),
    "braces typed by the person": ("From {{a}} to {{b}}.", {"a": "{{b}}", "b": "Bonn"}, "From {{b}} to Bonn."),
    "its own name typed by the person": ("From {{a}}.", {"a": "{{a}} {{a}}"}, "From {{a}} {{a}}."),
    "signs that mean something elsewhere": ("It cost {{a}}.", {"a": r"\1 $& <b>"}, r"It cost \1 $& <b>."),
    "white space around the answer": ("I was {{a}}.", {"a": "  new \n"}, "I was new."),
    "blank words": ("I was {{a}}.", {"a": "  \n "}, "I was {{a}}."),
}  # fmt: skip


@pytest.mark.parametrize("case", FILLED)
def test_placeholders_are_filled_in_place(case: str) -> None:
    text, answers, expected = FILLED[case]
    kept = reworded_card(text)

    assert fill_placeholders(draft_with(kept, answers=gap_answers("gl-1", **answers)), kept) == expected


def test_several_messages_in_a_placeholder_stay_on_one_line() -> None:
    kept = reworded_card("From {{a}} to Bonn.")
    answers = draft_with(kept, answers={"fill:gl-1.a": written_answer("Lima", "by bus")})

    assert fill_placeholders(answers, kept) == "From Lima by bus to Bonn."


def test_braces_in_an_own_line_are_left_alone() -> None:
    assert (
        compose_story(draft_with(own_line("I love {{mustache}} templates")))
        == "I love {{mustache}} templates."
    )


# --- final stops ------------------------------------------------------------------------------------

STOPS = {
    "I fix graphs": "I fix graphs.",
    "  spaces around  ": "spaces around.",
    "I fix graphs.": "I fix graphs.",
    "Really?": "Really?",
    "حقاً؟": "حقاً؟",
    "Oh!": "Oh!",
    "Well…": "Well…",
    "Well...": "Well...",
    "هذا كل شيء؛": "هذا كل شيء؛",
    "She said “go”": "She said “go”.",
    "She said “go.”": "She said “go.”",
    "قالوا «نعم»": "قالوا «نعم».",
    "قالوا «نعم؟»": "قالوا «نعم؟»",
    "I bake (badly)": "I bake (badly).",
    "I bake (badly!)": "I bake (badly!)",
    "From {{here}}": "From {{here}}.",
    "We grew 40%": "We grew 40%.",
    "We saved 40 €": "We saved 40 €.",
    "Since 2019": "Since 2019.",
    "منذ ٢٠١٩": "منذ ٢٠١٩.",
    "شكراً لكل كتابٍ": "شكراً لكل كتابٍ.",
    "cafe\u0301": "cafe\u0301.",
    "from right to left\u200f": "from right to left\u200f.",
    "I bake 🍞": "I bake 🍞",
    "I bake ❤️": "I bake ❤️",
    "We are 👨\u200d👩\u200d👧": "We are 👨\u200d👩\u200d👧",
    "Also:": "Also:",
    "and then,": "and then,",
    "…": "…",
    "": "",
    "   ": "",
    "\u200f": "\u200f",
}


@pytest.mark.parametrize("text", STOPS)
def test_a_stop_is_added_only_where_one_is_missing(text: str) -> None:
    assert ensure_final_stop(text) == STOPS[text]
