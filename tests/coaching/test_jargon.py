"""Corporate-speak is found in all its forms; plain words that look like it aren't."""

from __future__ import annotations

import pytest

from bot.coaching import JargonList
from bot.coaching.corporate import check_corporate_speak
from bot.coaching.jargon import detect_jargon, entry_alternatives, parse_jargon
from bot.text import count_words
from tests.coaching.sample_stories import ARABIC_STORY, ENGLISH_STORY, JARGON, MAYA_CONTEXT, STATEMENTS


def find_jargon(text: str) -> list[str]:
    return [hit.text for hit in detect_jargon(text, JARGON)]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("leverage", ["leverage"]),
        ("utilise / utilize", ["utilise", "utilize"]),
        ("best-in-class / best of breed", ["best-in-class", "best of breed"]),
        ("value-add / added value", ["value-add", "added value"]),
        ("seasoned / dedicated professional", ["seasoned professional", "dedicated professional"]),
        ("I am excited / thrilled / humbled to", ["I am excited to", "I am thrilled to", "I am humbled to"]),
        ("rockstar / ninja / guru / wizard", ["rockstar", "ninja", "guru", "wizard"]),
        ("top talent / talent (for people)", ["top talent", "talent"]),
        ("bandwidth (for people)", ["bandwidth"]),
        ("شركة رائدة / رائدة في مجالها", ["شركة رائدة", "رائدة في مجالها"]),
        ("يسرني أن أعلن / يشرفني", ["يسرني أن أعلن", "يشرفني"]),
    ],
)
def test_an_entry_has_all_its_spellings(term: str, expected: list[str]) -> None:
    assert [text for text, _ in entry_alternatives(term)] == expected


def test_a_remark_narrows_the_single_words_of_its_entry() -> None:
    assert entry_alternatives("top talent / talent (for people)") == (
        ("top talent", ""),
        ("talent", "for people"),
    )
    assert entry_alternatives("unlock / unleash (potential)") == (
        ("unlock", "potential"),
        ("unleash", "potential"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We leveraged synergies.", ["leveraged", "synergies"]),
        ("leveraging, leverages, LEVERAGE", ["leveraging", "leverages", "LEVERAGE"]),
        ("We circled back; she touched base.", ["circled back", "touched base"]),
        ("cutting-edge, cutting edge, bleeding‑edge", ["cutting-edge", "cutting edge", "bleeding‑edge"]),
        ("a stakeholder's view", ["stakeholder's"]),
        ("our end-to-end solutions", ["end-to-end solutions"]),
        ("We’re like a family, and I’m thrilled to share it.", ["We’re like a family", "I’m thrilled to"]),
        ("work hard, play hard and give 110%", ["work hard, play hard", "give 110"]),
        ("in today’s fast-changing world", ["in today’s fast-changing world"]),
        ("I champion kindness and championed it", ["champion", "championed"]),
        ("I have no bandwidth", ["bandwidth"]),
        ("unlock our full potential", ["unlock"]),
        ("the HR space", ["space"]),
        ("innovative solutions", ["innovative", "solutions"]),
        ("we hire talent", ["talent"]),
        ("a chess champion", []),
        ("network bandwidth", []),
        ("I unlock the door at six", []),
        ("landscape painting, outer space, an open space", []),
        ("a solution to the leak", []),
        ("she has a talent for baking", []),
        ("the lever, the alignmentless, a dynamo, we aligns", ["aligns"]),
        ("I reached for the salt and stood out", []),
        ("", []),
    ],
)
def test_english_terms_are_found_with_their_suffixes_and_in_their_sense(
    text: str, expected: list[str]
) -> None:
    assert find_jargon(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تمكين وبتمكين والتمكين للتمكين كتمكين", ["تمكين", "وبتمكين", "والتمكين", "للتمكين", "كتمكين"]),
        ("القيمة المضافة وقيمة مضافة", ["القيمة المضافة", "وقيمة مضافة"]),
        ("النقلة النوعية التي حدثت", ["النقلة النوعية"]),
        ("والارتقاء بالخدمة", ["والارتقاء بالخدمة"]),
        ("نعمل وفق أعلى المعايير", ["وفق أعلى المعايير"]),
        ("التحوّل الرقميّ", ["التحوّل الرقميّ"]),
        ("بيئة عمل محفّزة", ["بيئة عمل محفّزة"]),
        ("لديها خبرة واسعة", ["خبرة واسعة"]),
        ("تمكنت من الفوز", []),
        ("الارتقاء درجة", []),
        ("طريق البيت والخارطة", []),
        ("قيمة الطعام", []),
    ],
)
def test_arabic_terms_are_found_with_their_prefixes(text: str, expected: list[str]) -> None:
    assert find_jargon(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قمت بتطوير الخدمة", ["قمت بتطوير"]),
        ("ويقومون بتنظيم اللقاء", ["ويقومون بتنظيم"]),
        ("قام الفريق بإطلاق الموقع", ["قام الفريق بإطلاق"]),
        ("قمنا بالمراجعة", ["قمنا بالمراجعة"]),
        ("قمنا بعمل الخبز", ["قمنا بعمل"]),
        ("تم إطلاق التطبيق", ["تم إطلاق"]),
        ("وتمت مراجعة النص", ["وتمت مراجعة"]),
        ("سيتم اختيار الاسم", ["سيتم اختيار"]),
        ("تمّ تعييني هناك", ["تمّ تعييني"]),
        ("عملية التوظيف", ["عملية التوظيف"]),
        ("في عملية تطوير المنتج", ["عملية تطوير"]),
        ("بعملية التعلم", ["بعملية التعلم"]),
        ("قام من مكانه", []),
        ("قام به وحده", []),
        ("قامت بيننا صداقة", []),
        ("قام بدور الأب", []),
        ("قمت بعد الفجر", []),
        ("قام الطفل بنفسه", []),
        ("تم الأمر", []),
        ("لم يتم بعد", []),
        ("تم بنجاح", []),
        ("تم ذلك في يوم", []),
        ("ثم إطلاق النار", []),
        ("عملية جراحية", []),
        ("عملية سهلة", []),
        ("خبرة عملية وتطوير ذاتي", []),
        ("طريقة عملية تساعد الناس", []),
        ("خبرة عملية تعلمت منها", []),
    ],
)
def test_habits_of_office_arabic_are_found_and_their_lookalikes_are_not(
    text: str, expected: list[str]
) -> None:
    assert find_jargon(text) == expected


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_card_of_the_bank_has_a_hit(language: str) -> None:
    assert {
        card["id"]: find_jargon(card[language]) for card in STATEMENTS if find_jargon(card[language])
    } == {}


@pytest.mark.parametrize("story", [ENGLISH_STORY, ARABIC_STORY], ids=["en", "ar"])
def test_a_plain_story_has_no_hit(story: str) -> None:
    assert find_jargon(story) == []


def test_a_hit_has_the_plain_alternative() -> None:
    assert [hit.hint for hit in detect_jargon("leverage; تم إطلاق", JARGON)] == [
        "use",
        "الفعل مع صاحبه: أطلقنا",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("leverage " + "walk " * 59, True),
        ("leverage " + "walk " * 60, False),
        ("leverage synergy " + "walk " * 200, True),
        ("walk", False),
    ],
)
def test_a_note_is_given_from_two_hits_or_one_in_sixty_words(text: str, expected: bool) -> None:
    assert (check_corporate_speak(text, MAYA_CONTEXT) is not None) == expected, count_words(text)


def test_the_first_three_hits_are_shown_when_there_are_more() -> None:
    note = check_corporate_speak("leverage, synergy, robust, holistic", MAYA_CONTEXT)

    assert note is not None
    assert [hit.text for hit in note.findings] == ["leverage", "synergy", "robust"]
    assert note.args == {"term": "leverage", "instead": "use", "count": 4}


def test_an_empty_list_finds_nothing() -> None:
    assert detect_jargon("leverage, تم إطلاق", JargonList()) == ()
    assert parse_jargon({}) == JargonList()
