"""Sentences end where readers hear them end, in both languages, and nothing between them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import split_sentences

PROSE = st.text("aAbI. .!?؟…؛,\n\"”)'1ابت\u064e 👩🏽\u200d", max_size=120) | st.text(max_size=120)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("One line without a stop", ["One line without a stop"]),
        ("We grew 3.5 times. It hurt!", ["We grew 3.5 times.", "It hurt!"]),
        ("I met Dr. Haddad, e.g. on Mondays. Good.", ["I met Dr. Haddad, e.g. on Mondays.", "Good."]),
        ("In the U.S. Army. In the U.S. I live.", ["In the U.S. Army.", "In the U.S.", "I live."]),
        (
            "We do design, etc. and more. Cats, dogs, etc. We do.",
            ["We do design, etc. and more.", "Cats, dogs, etc.", "We do."],
        ),
        ("Wow... maybe. Wow... Maybe.", ["Wow... maybe.", "Wow...", "Maybe."]),
        ("Well… so it is… Then no", ["Well… so it is…", "Then no"]),
        ('She said "Go." Then I went.', ['She said "Go."', "Then I went."]),
        ("“Why?” she asked. Nobody knew.", ["“Why?” she asked.", "Nobody knew."]),
        ("See https://a.example/x.html?y=1. Or node.js", ["See https://a.example/x.html?y=1.", "Or node.js"]),
        ("i start small. we all do", ["i start small.", "we all do"]),
        ("1. First\n2. Second thing. Third", ["1. First", "2. Second thing.", "Third"]),
        ("J. R. Smith came. So did I. Then we left.", ["J. R. Smith came.", "So did I.", "Then we left."]),
        ("What?! Really?? Yes.", ["What?!", "Really??", "Yes."]),
        ("No. 5 is alive. No. Never.", ["No. 5 is alive.", "No.", "Never."]),
        ("كيف بدأت؟ بدأت من الصفر! ثم تعلمت.", ["كيف بدأت؟", "بدأت من الصفر!", "ثم تعلمت."]),
        ("تعبت كثيراً؛ ثم نمت… واستيقظت", ["تعبت كثيراً؛", "ثم نمت…", "واستيقظت"]),
        ("انتهى اليوم.بدأ الليل؟نعم", ["انتهى اليوم.", "بدأ الليل؟", "نعم"]),
        ("سألت د. منى عن ٣.٥ لتر.", ["سألت د. منى عن ٣.٥ لتر."]),
        ("قالت: «لماذا؟» ثم ضحكت.", ["قالت: «لماذا؟»", "ثم ضحكت."]),
        ("أعمل على APIs و Node.js منذ عام. أحبها.", ["أعمل على APIs و Node.js منذ عام.", "أحبها."]),
        ("Title\n\nBody one. Body two.", ["Title", "Body one.", "Body two."]),
    ],
)
def test_sentences_end_where_readers_hear_them_end(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(text)] == expected


@given(PROSE)
def test_only_white_space_is_between_sentences(text: str) -> None:
    at = 0
    for sentence in split_sentences(text):
        assert text[at : sentence.start].strip() == ""
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text == sentence.text.strip() != ""
        at = sentence.end
    assert text[at:].strip() == ""


def test_a_long_line_is_split_like_a_short_one_when_abbreviations_are_far_inside() -> None:
    filler = "A word here and there. " * 50

    found = split_sentences(filler + "I met Dr. Haddad. Then I left.")

    assert [sentence.text for sentence in found[-2:]] == ["I met Dr. Haddad.", "Then I left."]
