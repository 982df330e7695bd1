"""Composition, case by case: the answers, and the story that they make."""

from __future__ import annotations

import pytest

from bot.conversation.compose import compose_story, first_line_candidates, story_text
from db.models.drafts import (
    ChosenAnswer,
    Draft,
    DraftStatus,
    DraftStep,
    PersonMessage,
    Question,
    WrittenAnswer,
)
from tests.conversation.draft_samples import (
    SKIPPED,
    detail_answer,
    draft_with,
    gap_answers,
    kept_card,
    own_line,
    reworded_card,
    written_answer,
)

# --- the opening is moved to the front, never copied ------------------------------------------------

OPENINGS = {
    "from the warm-up, and the rest of it follows": (
        draft_with(warm_up="I fix graphs. People come to me. I like it.", opening="People come to me."),
        "People come to me. I fix graphs. I like it.",
    ),
    "from the warm-up, of which nothing else is left": (
        draft_with(warm_up="I fix graphs.", turn="I got lost once.", opening="I fix graphs."),
        "I fix graphs.\n\nI got lost once.",
    ),
    "from the turn": (
        draft_with(
            warm_up="I fix graphs.", turn="I got lost. A bus driver helped me.", opening="I got lost."
        ),
        "I got lost. I fix graphs.\n\nA bus driver helped me.",
    ),
    "from the turn, all of which it was": (
        draft_with(
            warm_up="I fix graphs.", turn="I got lost.", ask_me="Ask me about buses.", opening="I got lost."
        ),
        "I got lost. I fix graphs.\n\nAsk me about buses.",
    ),
    "from the detail of a line": (
        draft_with(
            reworded_card("We laugh a lot."),
            warm_up="I fix graphs",
            opening="The lift fell.",
            answers=detail_answer("gl-1", "It was in May. The lift fell."),
        ),
        "The lift fell. I fix graphs.\n\nWe laugh a lot. It was in May.",
    ),
    "from a line of one's own": (
        draft_with(
            own_line("The coffee is bad. The people are not."),
            warm_up="I fix graphs",
            opening="The coffee is bad.",
        ),
        "The coffee is bad. I fix graphs.\n\nThe people are not.",
    ),
    "from life outside work": (
        draft_with(
            warm_up="I fix graphs",
            opening="I bake.",
            answers={"outside:pp-1": written_answer("I bake. Badly.")},
        ),
        "I bake. I fix graphs.\n\nBadly.",
    ),
    "from a sentence that occurs twice, and is taken once": (
        draft_with(warm_up="I stayed. Really.", turn="I stayed.", opening="I stayed."),
        "I stayed. Really.\n\nI stayed.",
    ),
    "without a final stop": (
        draft_with(warm_up="I fix graphs\nPeople come to me\nI like it", opening="People come to me"),
        "People come to me. I fix graphs\nI like it.",
    ),
    "in Arabic": (
        draft_with(
            language="ar", warm_up="أصلح الرسوم. يقصدني الزملاء.", turn="ضعت مرة؟", opening="يقصدني الزملاء."
        ),
        "يقصدني الزملاء. أصلح الرسوم.\n\nضعت مرة؟",
    ),
    "written anew": (
        draft_with(warm_up="I fix graphs", first_line="It began with a fridge"),
        "It began with a fridge. I fix graphs.",
    ),
    "written anew, with words that occur in an answer": (
        draft_with(warm_up="I fix graphs. I like it.", first_line="I like it."),
        "I like it. I fix graphs.",
    ),
    "chosen, and gone from its answer since": (
        draft_with(warm_up="I fix charts.", opening="I fix graphs."),
        "I fix charts.",
    ),
    "left as it is": (
        draft_with(warm_up="I fix graphs. I like it", answers={"first_line": SKIPPED}),
        "I fix graphs. I like it.",
    ),
}


@pytest.mark.parametrize("case", OPENINGS)
def test_the_opening_is_moved_to_the_front_when_it_comes(case: str) -> None:
    answers, story = OPENINGS[case]

    assert compose_story(answers) == story


# --- the order of the passages ----------------------------------------------------------------------

FULL_DRAFT = draft_with(
    kept_card("gl-1"),
    own_line("The coffee is bad", 1),
    warm_up="I keep graphs honest",
    turn="A fridge alarm got me hooked",
    ask_me="Ask me about sourdough",
    answers={
        **gap_answers("gl-1", skill="run a workshop.", who_or_what_helped="a bad week"),
        **detail_answer("gl-1", "The second one went well"),
        "balance:company": written_answer("We make sensors"),
        "outside:pp-2": written_answer("I bake for the neighbours"),
        "headline": written_answer("Sensors and bread"),
    },
)


def test_the_passages_are_in_order_when_everything_is_answered() -> None:
    assert compose_story(FULL_DRAFT) == (
        "I keep graphs honest.\n\n"
        "A fridge alarm got me hooked.\n\n"
        "A year ago I couldn't run a workshop. I can now, mostly thanks to a bad week. "
        "The second one went well. The coffee is bad. We make sensors.\n\n"
        "I bake for the neighbours.\n\n"
        "Ask me about sourdough."
    )


def test_lines_are_in_the_order_in_which_they_were_kept() -> None:
    lines = (
        own_line("Third came first.", 3),
        own_line("First came second.", 1),
        own_line("Second came last.", 2),
    )

    assert compose_story(draft_with(*lines)) == "Third came first. First came second. Second came last."


def test_an_arabic_story_is_composed_by_the_same_rules() -> None:
    answers = draft_with(
        kept_card("gl-1", "ar"),
        language="ar",
        warm_up="أحرس الرسوم البيانية",
        turn="شدّني جرس ثلاجة",
        ask_me="اسألوني عن الخبز",
        answers={
            **gap_answers("gl-1", skill="أدير ورشة عمل.", who_or_what_helped="أسبوع صعب"),
            **detail_answer("gl-1", "ونجحت الورشة الثانية"),
            "outside:pp-1": written_answer("أخبز للجيران"),
        },
    )

    assert compose_story(answers) == (
        "أحرس الرسوم البيانية.\n\n"
        "شدّني جرس ثلاجة.\n\n"
        "قبل عام لم أكن أعرف كيف أدير ورشة عمل، واليوم أعرف، والفضل الأكبر يعود إلى أسبوع صعب. "
        "ونجحت الورشة الثانية.\n\n"
        "أخبز للجيران.\n\n"
        "اسألوني عن الخبز."
    )


def test_the_story_is_empty_when_everything_was_skipped() -> None:
    skipped = dict.fromkeys(("warm_up", "turn", "lines", "outside:pp-1", "ask_me", "headline"), SKIPPED)

    assert compose_story(draft_with(answers=skipped)) == ""
    assert compose_story(Draft(id="d1")) == ""


@pytest.mark.parametrize("step", ["warm_up", "turn", "ask_me"])
def test_one_answer_alone_is_the_story_when_the_rest_was_skipped(step: str) -> None:
    assert compose_story(draft_with(answers={step: written_answer("Only this")})) == "Only this."


def test_the_newest_words_from_outside_work_count_when_two_prompts_were_answered() -> None:
    answers = draft_with(
        answers={"outside:pp-1": written_answer("I bake."), "outside:pp-2": written_answer("I swim.")}
    )

    assert compose_story(answers) == "I swim."


# --- messages, pasted text, edited text -------------------------------------------------------------


def test_several_messages_are_one_answer_on_separate_lines() -> None:
    answers = draft_with(answers={"warm_up": written_answer("I fix graphs", "and people, too.")})

    assert compose_story(answers) == "I fix graphs\nand people, too."


def test_a_deleted_message_is_out_of_the_story() -> None:
    parts = (
        PersonMessage("one", "I fix graphs.", ts="1"),
        PersonMessage("two", "I hate it.", ts="2", deleted=True),
    )

    assert compose_story(draft_with(answers={"warm_up": WrittenAnswer(parts)})) == "I fix graphs."
    assert compose_story(draft_with(answers={"warm_up": WrittenAnswer(parts[1:])})) == ""


PASTED = "First paragraph, as it was\n\nSecond – with no stop"


def test_a_pasted_text_comes_first_and_whole() -> None:
    answers = draft_with(
        own_line("The coffee is bad"),
        paste=PASTED,
        turn="not asked",
        answers={"warm_up": ChosenAnswer(("have_one",))},
    )

    assert compose_story(answers) == f"{PASTED}\n\nThe coffee is bad."


def test_a_pasted_text_is_left_out_when_the_author_went_back_to_write_a_new_one() -> None:
    assert compose_story(draft_with(paste=PASTED, warm_up="I fix graphs")) == "I fix graphs."


def test_the_edited_text_counts_regardless_of_the_answers() -> None:
    edited = Draft(id="d1", edited="Mine now", answers=FULL_DRAFT.answers, lines=FULL_DRAFT.lines)

    assert story_text(edited) == "Mine now"
    assert story_text(Draft(id="d1", edited="", answers=FULL_DRAFT.answers)) == ""
    assert compose_story(edited) == compose_story(FULL_DRAFT)


# --- first lines ------------------------------------------------------------------------------------


def test_first_lines_are_the_persons_own_sentences_and_no_card() -> None:
    offered = first_line_candidates(FULL_DRAFT)

    assert 1 < len(offered) <= 3
    assert all(sentence.rstrip(".") in compose_story(FULL_DRAFT) for sentence in offered)
    assert not any("A year ago" in sentence for sentence in offered)


def test_no_first_line_is_offered_when_there_is_but_one_sentence() -> None:
    assert first_line_candidates(draft_with(warm_up="I look after the graphs of our clinics.")) == ()
    assert first_line_candidates(draft_with(kept_card("gl-1"))) == ()


def test_the_headline_and_the_status_are_no_part_of_the_story() -> None:
    assert "Sensors and bread" not in compose_story(FULL_DRAFT)
    assert FULL_DRAFT.status is DraftStatus.OPEN
    assert FULL_DRAFT.written_text(Question(DraftStep.HEADLINE)) == "Sensors and bread"
