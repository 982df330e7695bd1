"""Details that may not be meant for strangers are asked about; ordinary sentences aren't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coaching import (
    CoachingCheck,
    CoachingContext,
    CoachingStage,
    FindingKind,
    detect_risks,
    notes_for_stage,
)
from tests.coaching.sample_stories import ARABIC_STORY, ENGLISH_STORY, MAYA_CONTEXT, SALMA_CONTEXT, STATEMENTS

LISTED = replace(
    MAYA_CONTEXT, customers=("Aramco", "Blue Heron Clinics", "مستشفى النخيل"), code_names=("Falcon", "الصقر")
)


def found_kinds(text: str, context: CoachingContext = MAYA_CONTEXT) -> list[tuple[str, str]]:
    return [(hit.kind.value, hit.text) for hit in detect_risks(text, context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to maya@qamar.example, please.", [("email", "maya@qamar.example")]),
        ("(maya.o+x@mail.qamar.example)", [("email", "maya.o+x@mail.qamar.example")]),
        ("راسلوني على <salma@qamar.example>", [("email", "salma@qamar.example")]),
        ("Call +966 50 123 4567 today", [("phone", "+966 50 123 4567")]),
        ("Call 030 12345678", [("phone", "030 12345678")]),
        ("See https://qamar.example/x?y=1.", [("link", "https://qamar.example/x?y=1")]),
        (
            "See www.qamar.example and qamar.com/team",
            [("link", "www.qamar.example"), ("link", "qamar.com/team")],
        ),
        ("I live at SW1A 1AA.", [("postcode", "SW1A 1AA")]),
        ("Near NY 10001 and K1A 0B1", [("postcode", "NY 10001"), ("postcode", "K1A 0B1")]),
        ("PO Box 1234", [("postcode", "PO Box 1234")]),
        ("ص.ب 12345", [("postcode", "ص.ب 12345")]),
        ("From 2012-2014 I taught at 10:30:45.", []),
        ("I run Node.js v2.0, e.g. on @home servers", []),
        ("I wrote 1,300 words for 41 people @ 9", []),
    ],
)
def test_ways_to_reach_somebody_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found_kinds(text) == expected


def test_a_number_in_arabic_digits_is_a_telephone_number_where_the_writer_lives() -> None:
    assert found_kinds("اتصلوا بي ٠٥٠١٢٣٤٥٦٧ مساءً", SALMA_CONTEXT) == [("phone", "٠٥٠١٢٣٤٥٦٧")]
    assert found_kinds("اتصلوا بي ٠٥٠١٢٣٤٥٦٧ مساءً", replace(SALMA_CONTEXT, region=None)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our revenue grew 40% to $3.5 million.", ["40%", "$3.5 million"]),
        ("We lost 5 percent of users", ["5 percent"]),
        ("ARR of 2 million", ["2 million"]),
        ("زادت إيراداتنا ٢٠٪ هذا العام", ["٢٠٪"]),
        ("بلغت الأرباح 3 ملايين دولار", ["3 ملايين دولار"]),
        ("حصتنا 15 بالمئة من السوق", ["15 بالمئة"]),
        ("نمو العملاء بنسبة 12%", ["12%"]),
        ("It is 40% cooler up here.", []),
        ("I gave $20 to a busker.", []),
        ("We have 900 users", []),
        ("40% is what I slept; then came a long walk home and our revenue", []),
        ("أنفقت 30 ريالاً على القهوة", []),
    ],
)
def test_sums_and_percentages_are_found_near_words_of_business(text: str, expected: list[str]) -> None:
    assert found_kinds(text) == [("figure", figure) for figure in expected]


def test_six_words_are_near_and_seven_are_not() -> None:
    assert found_kinds("40% a b c d e revenue") == [("figure", "40%")]
    assert found_kinds("40% a b c d e f revenue") == []
    assert found_kinds("revenue a b c d e 40%") == [("figure", "40%")]
    assert found_kinds("revenue a b c d e f 40%") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I helped Aramco.", [("customer", "Aramco")]),
        (
            "I helped Aramko, Blue Heron Clinic and blue heron clinics",
            [("customer", "Blue Heron Clinic"), ("customer", "blue heron clinics")],
        ),
        (
            "ساعدت مستشفى النخيل ولمستشفى النخيل",
            [("customer", "مستشفى النخيل"), ("customer", "ولمستشفى النخيل")],
        ),
        ("We call it Falcon.", [("code_name", "Falcon")]),
        ("نسمّيه بالصقر", [("code_name", "بالصقر")]),
        ("A blue heron stood there. The falconer left. I fixed it for Siemens.", []),
    ],
)
def test_names_of_the_lists_are_found_also_when_nearly_right(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found_kinds(text, LISTED) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("our customer Siemens", ["Siemens"]),
        ("I fixed it for Siemens Energy.", ["Siemens Energy"]),
        ("a client called Blue Heron", ["Blue Heron"]),
        ("عميلنا Siemens سعيد", ["Siemens"]),
        ("I lead Customer Success for Europe.", []),
        ("for Monday, for May, for I, for IT, for Arabic readers, for Berlin, for Saudi Arabia", []),
        ("for Qamar Labs and for Maya's dog", []),
        ("I work for people. For years. What for? Nobody knows.", []),
        ("customers. They like it. The client We", []),
        ("for Christmas and for Python, for LinkedIn", []),
    ],
)
def test_capitals_behind_customer_or_for_are_asked_about_when_there_is_no_list(
    text: str, expected: list[str]
) -> None:
    assert [
        hit.text for hit in detect_risks(text, MAYA_CONTEXT) if hit.kind is FindingKind.CUSTOMER
    ] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lina Haddad hired me.", ["Lina Haddad"]),
        ("I asked Lina’s team and Omar.", ["Lina Haddad", "Omar Nasser"]),
        ("Will Smith said so. Will it rain?", ["Will Smith"]),
        ("تعلمت من علي حسن، وعلي أن أشكره", ["علي حسن"]),
        ("سألت ريم ثم وريم الزهراني", ["ريم الزهراني", "ريم الزهراني"]),
        ("Linas and lina and Nasser", []),
    ],
)
def test_colleagues_are_found_by_unmistakable_names(text: str, expected: list[str]) -> None:
    assert [
        hit.hint for hit in detect_risks(text, MAYA_CONTEXT) if hit.kind is FindingKind.COLLEAGUE
    ] == expected


def test_a_first_name_that_two_people_have_is_asked_about_without_a_guess() -> None:
    context = replace(MAYA_CONTEXT, colleagues=("Lina Haddad", "Lina Berg"))

    assert [hit.hint for hit in detect_risks("Lina helped.", context)] == ["Lina"]


def test_the_own_first_name_is_no_colleague() -> None:
    assert found_kinds("Maya is me.", replace(MAYA_CONTEXT, colleagues=("Maya Berg",))) == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("We will launch the app in March.", True),
        ("Our Series B closes soon, and we're going to tell.", True),
        ("They plan to acquire a bakery next month.", True),
        ("We'll go public in 2031.", True),
        ("سنطلق التطبيق في مارس المقبل.", True),
        ("نخطط للاستحواذ على شركة صغيرة في الربع الثالث.", True),
        ("سوف يتم إدراج الشركة قريباً.", True),
        ("We launched in March 2021.", False),
        ("I will walk to Rome in March.", False),
        ("We will launch it when it is good.", False),
        ("أطلقنا التطبيق في مارس 2021.", False),
        ("سأزرع النعناع في مارس المقبل.", False),
    ],
)
def test_unannounced_events_are_found_in_the_future_only(text: str, is_found: bool) -> None:
    assert found_kinds(text) == ([("date", text)] if is_found else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My salary doubled.", [("own_pay", "My salary")]),
        ("I earn $90,000, which is fine.", [("own_pay", "I earn $90,000")]),
        ("I was paid 30 euros", [("own_pay", "I was paid 30 euros")]),
        ("راتبي لا يكفي", [("own_pay", "راتبي")]),
        ("I earned a degree and make 5 cakes a week.", []),
        ("وأجري مقابلات كل يوم", []),
        ("Her salary was low.", [("their_pay", "Her salary")]),
        ("He was paid late.", [("their_pay", "He was paid")]),
        ("عرفت راتبه بالصدفة", [("their_pay", "راتبه")]),
        ("It paid off. She earned our trust. They pay their bills and my pay off", []),
        ("I met a nervous candidate.", [("candidate", "a nervous candidate")]),
        ("جاءت مرشحة لوظيفة مصممة", [("candidate", "مرشحة لوظيفة")]),
        ("The release candidate broke; candidates ask me things.", []),
        ("Her illness changed us.", [("health", "Her illness")]),
        ("My colleague was diagnosed in May.", [("health", "My colleague was diagnosed")]),
        ("مرضها طال", [("health", "مرضها")]),
        ("I was sick for a year. My depression taught me.", []),
        ("مرضت عاماً كاملاً", []),
    ],
)
def test_pay_candidates_and_health_are_distinguished_by_their_subject(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found_kinds(text) == expected


@pytest.mark.parametrize(
    ("story", "context"), [(ENGLISH_STORY, MAYA_CONTEXT), (ARABIC_STORY, SALMA_CONTEXT)], ids=["en", "ar"]
)
def test_a_plain_story_has_no_hit(story: str, context: CoachingContext) -> None:
    assert detect_risks(story, context) == ()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_card_of_the_bank_has_a_hit(language: str) -> None:
    assert [
        found_kinds(card[language]) for card in STATEMENTS if detect_risks(card[language], MAYA_CONTEXT)
    ] == []


def test_the_last_look_asks_about_the_public_the_others_and_the_own_pay_each_in_its_own_words() -> None:
    found = notes_for_stage(
        "My salary is 3. Lina knows a@b.example and her illness.", MAYA_CONTEXT, CoachingStage.LAST_LOOK
    )

    assert [(note.check, note.message_key) for note in found] == [
        (CoachingCheck.RISK, "note-risk-public"),
        (CoachingCheck.RISK, "note-risk-others"),
        (CoachingCheck.RISK, "note-risk-pay"),
    ]
    assert [hit.kind for note in found for hit in note.findings] == [
        FindingKind.EMAIL,
        FindingKind.COLLEAGUE,
        FindingKind.HEALTH,
        FindingKind.OWN_PAY,
    ]


def test_risk_and_pay_are_silent_together() -> None:
    context = replace(MAYA_CONTEXT, silenced_checks=frozenset({CoachingCheck.RISK}))

    assert notes_for_stage("My salary, a@b.example", context, CoachingStage.LAST_LOOK) == ()
