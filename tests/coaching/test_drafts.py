"""The checks of the draft: personal touch, hook, voice, sentences, reading ease, sameness and length."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coaching import CoachingCheck, CoachingContext, CoachingNote, check_headline_length
from bot.coaching.extent import check_text_and_headline_length
from bot.coaching.hook import check_hook
from bot.coaching.personal import check_personal_touch
from bot.coaching.rhythm import check_sentences_and_readability
from bot.coaching.sameness import check_sameness, containment, shingles
from bot.coaching.voice import check_voice
from tests.coaching.sample_stories import ARABIC_STORY, ENGLISH_STORY, MAYA_CONTEXT, SALMA_CONTEXT, STATEMENTS

EN, AR = MAYA_CONTEXT, SALMA_CONTEXT


def variant_of(note: CoachingNote | None) -> str | None:
    return note.variant if note else None


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        (ENGLISH_STORY, EN, None),
        (ARABIC_STORY, AR, None),
        (ENGLISH_STORY, replace(EN, outside_answer="My two kids and I build kites."), "faded"),
        (ARABIC_STORY, replace(AR, outside_answer="أصلح الدراجات القديمة لأطفال الحي."), "faded"),
        (ENGLISH_STORY, replace(EN, outside_answer=None), "skipped"),
        (ENGLISH_STORY, replace(EN, outside_answer="  …  "), "skipped"),
        (ENGLISH_STORY, replace(EN, outside_answer=None, outside_offered_again=True), None),
        (
            "One two three four five six seven.",
            replace(EN, outside_answer="one two three a b c d e f g"),
            None,
        ),
        (
            "One two three four five six seven.",
            replace(EN, outside_answer="one two x a b c d e f g"),
            "faded",
        ),
    ],
)
def test_something_personal_is_missed_when_little_is_left_of_the_answer(
    text: str, context: CoachingContext, expected: str | None
) -> None:
    assert variant_of(check_personal_touch(text, context)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENGLISH_STORY, None),
        (ARABIC_STORY, None),
        ("", None),
        ("I am " * 39 + "here.", None),
        ("I am " * 39 + "there.", "long"),
        ("\n" * 100 + "a" * 159 + ". More.", None),
        ("\n" * 100 + "a" * 160 + ". More.", "long"),
        ("أ" * 201, "long"),
        ("I am a Senior Product Engineer at Qamar Labs.", "stock"),
        ("I'm an engineer at heart.", "stock"),
        ("With over 10 years of practice, I cook.", "stock"),
        ("With more than 12+ years here, I cook.", "stock"),
        ("Results-driven and tall.", "stock"),
        ("أعمل كمهندسة في قمر.", "stock"),
        ("أعمل كـ مدير منتج.", "stock"),
        ("خبرة تزيد على عشر سنوات.", "stock"),
        ("لدي خبرة عملية تزيد عن عشر سنوات.", "stock"),
        ("I am a baker who fixes servers.", None),
        ("I am at home.", None),
        ("With you I learned to cook.", None),
        ("Results came late.", None),
        ("أعمل كل يوم مع الناس.", None),
        ("أعمل كثيراً وأضحك أكثر.", None),
        ("خبرة الطبخ تنفع في البرمجة.", None),
    ],
)
def test_the_opening_gets_a_note_when_it_is_cut_off_or_everybodys(text: str, expected: str | None) -> None:
    assert variant_of(check_hook(text, EN)) == expected


def test_the_note_on_the_opening_shows_what_a_stranger_sees() -> None:
    note = check_hook("word " * 100, EN)

    assert note is not None
    assert note.args["shown"] == ("word " * 52).strip()


FORTY = "They walk home. " * 13 + "Now."
SIXTY = "نمشي إلى البيت مساء. " * 15


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        (ENGLISH_STORY, EN, None),
        (ARABIC_STORY, AR, None),
        (FORTY, EN, "distant"),
        (FORTY.removesuffix(" Now."), EN, None),
        (FORTY + " It is mine.", EN, None),
        (FORTY + " I’ve said so.", EN, None),
        ("I walk. Maya walks.", EN, "named"),
        ("I walk. Maya's dog walks.", EN, "named"),
        ("I walk. My friend Maya walks.", EN, None),
        ("I walk. Mayan ruins call.", EN, None),
        (SIXTY + "سلمى هنا.", AR, "named"),
        (SIXTY + "سَلْمى هنا.", AR, "named"),
        ("سلمى هنا.", AR, None),
        (SIXTY + "سلمان هنا.", AR, None),
        (SIXTY, AR, None),
        (FORTY, replace(EN, own_first_names=("", " ")), "distant"),
    ],
)
def test_the_voice_gets_a_note_when_somebody_else_seems_to_speak(
    text: str, context: CoachingContext, expected: str | None
) -> None:
    assert variant_of(check_voice(text, context)) == expected


def sentence_with_length(words: int, word: str = "walk") -> str:
    return " ".join([word] * words) + ". "


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        (ENGLISH_STORY, EN, None),
        (ARABIC_STORY, AR, None),
        ("", EN, None),
        ("… !", EN, None),
        (sentence_with_length(35) + sentence_with_length(9), EN, None),
        (sentence_with_length(36) + sentence_with_length(2), EN, "long"),
        (sentence_with_length(22) * 2, EN, None),
        (sentence_with_length(22) + sentence_with_length(23), EN, "mean"),
        (sentence_with_length(40, "نمشي") + sentence_with_length(10, "نمشي"), AR, None),
        (sentence_with_length(41, "نمشي") + sentence_with_length(2, "نمشي"), AR, "long"),
        (sentence_with_length(25, "نمشي") * 2, AR, None),
        (sentence_with_length(25, "نمشي") + sentence_with_length(26, "نمشي"), AR, "mean"),
        (sentence_with_length(15, "organisations") * 4, EN, "dense"),
        (sentence_with_length(15, "organisations") * 3, EN, None),
        (sentence_with_length(15, "المؤسساتية") * 4, AR, "dense"),
        (sentence_with_length(15, "المؤسساتية") * 3, AR, None),
    ],
)
def test_the_rhythm_gets_a_note_when_sentences_run_out_of_breath(
    text: str, context: CoachingContext, expected: str | None
) -> None:
    note = check_sentences_and_readability(text, context)

    assert variant_of(note) == expected
    assert note is None or (note.check is CoachingCheck.READING) == (expected == "dense")


def test_a_breath_is_proposed_at_a_pause_near_the_middle_of_a_long_sentence() -> None:
    english = (
        "I came here by accident after a long detour through music and many small jobs in kitchens, and then one "
        "day a friend of my father asked me to look at a table that would not add up at all whatever he tried."
    )
    arabic = (
        "كنت أدرّس الرياضيات في مدرسة صغيرة قرب البحر منذ سنوات طويلة جداً وكان الطلاب يأتون كل صباح مبكرين، "
        "ثم طلب مني أحد الآباء أن أساعده في جدول صغير لمحله في آخر الشارع القديم قرب الميناء الذي لا ينام أبداً "
        "في الصيف ولا في الشتاء."
    )

    found = [check_sentences_and_readability(english, EN), check_sentences_and_readability(arabic, AR)]

    assert [note and note.args["after"] for note in found] == ["jobs in kitchens", "كل صباح مبكرين"]


PUBLISHED = "I make sure the lights stay on when somebody in Rome presses send. I like to sing in an old church choir."


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (ENGLISH_STORY, (), None),
        (ENGLISH_STORY, (PUBLISHED,), "opening"),
        ("When somebody presses send in Lima, I make sure the lights stay on.", (PUBLISHED,), "opening"),
        ("My own line. I like to sing in an old church choir.", (PUBLISHED,), "text"),
        ("My own line. I like to cook in an old stone kitchen, and then I sing alone.", (PUBLISHED,), None),
        (
            ARABIC_STORY,
            ("أجلس كل صباح أمام شاشة مليئة بالأسئلة، وأحب أن أجيب عن سؤال منها قبل القهوة.",),
            "opening",
        ),
        (
            "سطر من عندي. أزرع النعناع على الشرفة في كل ربيع.",
            ("قصة أخرى. أزرع النعناع على الشرفة في كل ربيع.",),
            "text",
        ),
        (ARABIC_STORY, ("قصة أخرى تماماً عن البحر والسفن والريح.",), None),
        ("", (PUBLISHED,), None),
        ("…", ("…",), None),
    ],
)
def test_sameness_is_noted_when_a_published_story_opens_alike_or_holds_much_of_the_text(
    text: str, published: tuple[str, ...], expected: str | None
) -> None:
    assert variant_of(check_sameness(text, replace(EN, published_stories=published))) == expected


@pytest.mark.parametrize("language", ["en", "ar"])
def test_cards_kept_by_two_people_are_no_sameness_when_the_rest_is_their_own(language: str) -> None:
    cards = [card[language] for card in STATEMENTS[:4]]
    one, other = ("\n".join((first, *cards)) for first in ("Mine begins here.", "Theirs starts over there."))
    context = replace(EN, published_stories=(other,), bank_lines=tuple(card[language] for card in STATEMENTS))

    assert check_sameness(one, context) is None
    assert containment(one, other) > 0.25


def test_a_quarter_of_the_runs_of_five_words_is_enough_for_a_copy() -> None:
    story = "a b c d e f g h."

    assert len(shingles(story)) == 4
    assert containment(story, "x. a b c d e. y.") == 0.25
    assert containment(story, "a b c d x e f g h") == 0.0


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "short"),
        (299, "short"),
        (300, None),
        (1_300, None),
        (1_301, "long"),
        (2_600, "long"),
        (2_601, "over"),
    ],
)
def test_the_length_of_an_about_text_gets_a_note_outside_its_bounds(size: int, expected: str | None) -> None:
    note = check_text_and_headline_length("ق" * size, AR)

    assert variant_of(note) == expected
    assert note is None or note.args["length"] == size


def test_the_larger_count_decides_when_a_text_is_full_of_emoji() -> None:
    note = check_text_and_headline_length("👋" * 1_301, EN)

    assert note is not None
    assert (note.variant, note.args["over"]) == ("over", 2)


def test_a_headline_gets_a_note_when_it_is_over_its_limit() -> None:
    assert check_headline_length("x" * 220) is None
    assert variant_of(check_headline_length("x" * 221)) == "headline"
    assert (
        variant_of(check_text_and_headline_length("x" * 500, replace(EN, headline="x" * 221))) == "headline"
    )
