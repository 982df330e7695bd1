"""Long and hostile words on every screen: nothing is cut or refused, and nothing takes effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.compose import story_text
from bot.conversation.draft_notes import notes_for_step
from bot.conversation.turns import AskAboutChange
from bot.i18n import LOCALES, Texts
from bot.text import join_parts, neutralize_bidi
from bot.views.blocks import split_message
from bot.views.stories import replies
from bot.views.stories.answered_questions import answered_question_message
from bot.views.stories.cards import change_line_modal, merge_lines_modal
from bot.views.stories.editor import edit_text_modal, split_for_editor
from bot.views.stories.notes import note_location_modal, own_words_percentage_modal
from bot.views.stories.questions import build_screen
from db.models.drafts import Draft, DraftStep, PersonMessage, Question, StoryLine, TextChange, WrittenAnswer
from tests.conversation.scripted_dialogue import CULTURE_CARDS, MATERIAL, ScriptedDialogue, dialogue_at
from tests.views.block_inspection import (
    is_within_message_limits,
    is_within_modal_limits,
    posted_question,
    preformatted_texts,
    visible_text,
)

TEXTS = [Texts(locale) for locale in LOCALES]
SENTENCE, ARABIC = "I look after the sensors in our clinics. ", "أعتني بأجهزة الاستشعار في العيادات. "
LONG = {
    "3,000 characters": (SENTENCE * 80)[:3000],
    "40,000 characters": (SENTENCE * 1000)[:40_000],
    "40,000 Arabic characters": (ARABIC * 1200)[:40_000],
    "40,000 ampersands": "&" * 40_000,
    "40,000 emoji": "😀" * 20_000 + "👨\u200d👩\u200d👧" * 4_000,
    "one endless word": "x" * 40_000,
    "a thousand lines": "line\n" * 1000,
    "two hundred addresses": " ".join(f"name{n}@example.com" for n in range(200)),
    "commands and tags": "<!channel> <@U0LINA> &lt;b&gt; *bold* `code` :coffee: {{x}} </script> '; DROP TABLE a; --",
    "overrides": "right \u202eto left\u202c and \u2067open isolate, \u202bembedding",
}
CARD = CULTURE_CARDS[0]
each_long_text = pytest.mark.parametrize("words", LONG.values(), ids=LONG.keys())


def draft_answered_at(step: DraftStep) -> Callable[[str], Draft]:
    """Return a draft back at a question that has been answered with these words."""

    def answered_with(words: str) -> Draft:
        draft = dialogue_at(step).draft
        return replace(
            draft.with_answer(draft.at, WrittenAnswer((PersonMessage(words, words, "D1", "9.9"),))),
            at=draft.at,
        )

    return answered_with


EVERYWHERE = (DraftStep.WARM_UP, DraftStep.OUTSIDE, DraftStep.HEADLINE)


def draft_with_everything(words: str, step: DraftStep) -> Draft:
    """Return a draft at this step with these words as the warm-up, the headline, and the answer about life."""
    draft = dialogue_at(step).draft
    sentence = WrittenAnswer((PersonMessage(words, words, "D1", "9.9"),))
    given = {key: sentence if key.startswith(EVERYWHERE) else answer for key, answer in draft.answers.items()}
    return replace(draft.without_answer(Question(DraftStep.FIRST_LINE)), answers=given)


@each_long_text
@pytest.mark.parametrize("step", [s for s in DraftStep if s is not DraftStep.PASTE])
def test_no_screen_is_refused_whatever_was_written_before_it(words: str, step: DraftStep) -> None:
    draft = draft_with_everything(words, step)

    for texts in TEXTS:
        message = posted_question(draft, texts)
        assert is_within_message_limits(message)
        assert is_within_message_limits(
            answered_question_message(draft, Question(DraftStep.WARM_UP), MATERIAL, texts)
        )


@each_long_text
@pytest.mark.parametrize(
    "step",
    [
        DraftStep.WARM_UP,
        DraftStep.TURN,
        DraftStep.FILL,
        DraftStep.YOURS,
        DraftStep.BALANCE,
        DraftStep.OUTSIDE,
        DraftStep.ASK_ME,
        DraftStep.HEADLINE,
    ],
)
def test_the_answer_so_far_is_shown_whole(words: str, step: DraftStep) -> None:
    blocks = [
        b
        for part in split_message(posted_question(draft_answered_at(step)(words), TEXTS[0]))
        for b in part.blocks
    ]

    assert without_whitespace(neutralize_bidi(words)) in without_whitespace(
        visible_text(blocks, "plain_text")
    )


def test_each_part_of_a_split_question_is_read_aloud_and_the_last_one_repeats_the_question() -> None:
    for texts in TEXTS:
        parts = split_message(
            posted_question(draft_answered_at(DraftStep.WARM_UP)(LONG["40,000 characters"]), texts)
        )
        asked = build_screen(
            draft_answered_at(DraftStep.WARM_UP)(""), Question(DraftStep.WARM_UP), MATERIAL, texts
        ).prompt

        assert len(parts) > 1
        assert parts[-1].text.startswith(asked)
        assert texts.label("choice-go_on") in parts[-1].text
        assert all(part.text for part in parts)


@each_long_text
def test_the_draft_is_shown_whole(words: str) -> None:
    draft = draft_with_everything(words, DraftStep.DRAFT)
    blocks = [b for part in split_message(posted_question(draft, TEXTS[0])) for b in part.blocks]

    assert without_whitespace(neutralize_bidi(story_text(draft))) in without_whitespace(
        visible_text(blocks, "plain_text")
    )


@each_long_text
def test_words_of_the_persons_never_come_to_life(words: str) -> None:
    for step in (
        DraftStep.WARM_UP,
        DraftStep.DRAFT,
        DraftStep.LAST_LOOK,
        DraftStep.TAKE,
        DraftStep.OTHER_LANGUAGE,
    ):
        message = posted_question(draft_with_everything(words, step), TEXTS[0])
        for living in (visible_text(message.blocks, "mrkdwn"), message.text):
            assert "<!channel>" not in living
            assert "<@U0LINA>" not in living
            assert "\u202e" not in living


@each_long_text
def test_the_choices_can_be_heard_even_where_slack_cuts_the_text(words: str) -> None:
    texts = TEXTS[0]
    heard = posted_question(draft_with_everything(words, DraftStep.DRAFT), texts).text[:4000]

    assert all(texts.label(f"choice-{name}") in heard for name in ("fine-draft", "edit", "share"))
    assert "Every word can change" in heard


@each_long_text
def test_strays_and_comparisons_are_shown_whole(words: str) -> None:
    stray = replace(
        dialogue_at(DraftStep.TURN).draft,
        unplaced=(PersonMessage(words, words), PersonMessage("and more", "and more")),
    )
    change = TextChange("turn", words, f"{words} new")
    turn = AskAboutChange(
        replace(dialogue_at(DraftStep.DRAFT).draft, edited="All new.", changes=(change,)), change
    )
    blocks = [b for part in split_message(posted_question(stray, TEXTS[1])) for b in part.blocks]
    compared = [
        b
        for part in split_message(replies.changed_words_choice_message(turn, MATERIAL, TEXTS[1]))
        for b in part.blocks
    ]

    assert without_whitespace(neutralize_bidi(words)) in without_whitespace(
        visible_text(blocks, "plain_text")
    )
    assert (
        without_whitespace(visible_text(compared, "plain_text")).count(
            without_whitespace(neutralize_bidi(words))
        )
        >= 2
    )
    assert is_within_message_limits(posted_question(stray, TEXTS[1]))
    assert is_within_message_limits(replies.changed_words_choice_message(turn, MATERIAL, TEXTS[1]))


@each_long_text
def test_lines_of_any_length_fit_on_a_page_and_in_their_modals(words: str) -> None:
    dialogue = dialogue_at(DraftStep.LINES).opens_the_lines().keeps(CARD).rewords(CARD, words)
    for n in range(12):
        dialogue.adds(f"{words} {n}")

    for texts in TEXTS:
        assert is_within_message_limits(posted_question(dialogue.draft, texts))
        assert is_within_modal_limits(change_line_modal(dialogue.draft, CARD, MATERIAL, texts))
        assert is_within_modal_limits(merge_lines_modal(dialogue.draft, MATERIAL, texts))
        assert is_within_modal_limits(own_words_percentage_modal(dialogue.draft, MATERIAL, texts))


@each_long_text
def test_the_place_of_a_note_fits_into_its_modal(words: str) -> None:
    dialogue = ScriptedDialogue(draft_with_everything(f"We leverage synergies {words}", DraftStep.DRAFT))

    for note in notes_for_step(dialogue.draft, DraftStep.DRAFT, MATERIAL):
        assert all(
            is_within_modal_limits(note_location_modal(dialogue.draft, note, MATERIAL, texts))
            for texts in TEXTS
        )


def test_a_hundred_kept_lines_fit_into_the_modals() -> None:
    lines = tuple(StoryLine(f"own-{n}", f"Line number {n}.") for n in range(120))
    draft = replace(dialogue_at(DraftStep.LINES).opens_the_lines().draft, lines=lines)

    assert is_within_modal_limits(merge_lines_modal(draft, MATERIAL, TEXTS[0]))
    assert is_within_message_limits(posted_question(draft, TEXTS[0]))


# --- the editor -------------------------------------------------------------------------------------


@each_long_text
def test_the_editor_takes_any_text_and_gives_it_back(words: str) -> None:
    draft = replace(dialogue_at(DraftStep.DRAFT).draft, edited=words)
    view = edit_text_modal(draft, MATERIAL, TEXTS[0])

    assert is_within_modal_limits(view)
    fields = [block["element"].get("initial_value", "") for block in view["blocks"]]
    assert join_parts(fields, split_for_editor(words).separators) == words
    assert all(len(field) <= 2800 for field in fields)


@settings(max_examples=60, deadline=None)
@given(st.text(), st.sampled_from([SENTENCE, ARABIC, "\n\n", "x", "😀", " \n "]), st.integers(0, 1500))
def test_the_pieces_of_the_editor_are_the_text_again(words: str, filling: str, times: int) -> None:
    text = words + filling * times + words

    pieces = split_for_editor(text)

    assert join_parts(pieces.parts, pieces.separators) == text
    assert len(pieces.separators) == len(pieces.parts) - 1


def test_the_headline_is_offered_to_be_copied_however_long_it_is() -> None:
    draft = draft_with_everything("My headline", DraftStep.TAKE)

    assert preformatted_texts(posted_question(draft, TEXTS[0]).blocks)[1] == "My headline"
    assert is_within_message_limits(
        posted_question(draft_with_everything("h" * 40_000, DraftStep.TAKE), TEXTS[0])
    )


def without_whitespace(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())
